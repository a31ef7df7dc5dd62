"""Who is signed in, for Flask-Login: the cookie carries a token; the database knows whose it is and if it lasts."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import Flask, Request, Response, after_this_request, current_app, redirect, render_template, request
from flask import session as cookie
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, login_user
from itsdangerous import BadSignature

from consult.keys.ring import Purpose
from consult.people.models import User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy import Actor
from consult.sign_in import challenges, forms, sessions
from consult.sign_in.actors import actor_of
from consult.sign_in.known_devices import Entry
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import seats_allowed
from consult.web import context, sign_in_log
from consult.web import kept_form as carried

HOMES = (("/xu-ly/", DESK_ROLES), ("/to-chuc/", ORGANISATION_ROLES), ("/quan-tri/", {Role.ADMINISTRATOR}))


DEVICE = "consult-device"
DEVICE_LASTS = timedelta(days=400)
"""As long as browsers keep any cookie."""

USED = "used"
USED_EVERY = timedelta(minutes=5)
"""How exactly the cookie of a sign-in tells when it was last used; each time costs a new cookie."""


class Cookies(SecureCookieSessionInterface):
    """Flask's sessions; where no cookie came, nothing is made ready to read one. How long a sign-in lasts stands in the
    database: the cookie's own age, which a clock that is put back makes negative, is not asked for."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request, a new one when it has none that we signed."""
        kept = request.cookies.get(self.get_cookie_name(app))
        serializer = self.get_signing_serializer(app) if kept else None
        if kept is None or serializer is None:
            return self.session_class()
        try:
            return self.session_class(serializer.loads(kept))
        except BadSignature:
            return self.session_class()


class Person(UserMixin):
    """The signed-in person of a request: plain values that outlive every transaction of it."""

    def __init__(self, token: str, sign_in_id: UUID, actor: Actor, second_factor_missing: bool) -> None:
        self.token = token
        self.sign_in_id = sign_in_id
        self.actor = actor
        self.second_factor_missing = second_factor_missing

    def get_id(self) -> str:
        """What Flask-Login keeps in the session: the token of this sign-in."""
        return self.token


def load(token: str) -> Person | None:
    """The person whose sign-in has this token and was used lately, with the seats of this moment."""
    kept = sessions.find(context.session(), token, context.arrived_at())
    if kept is None or not _used(kept):
        return None
    whole = actor_of(context.session(), kept, context.arrived_at())
    required = current_app.config["REQUIRE_TOTP"]
    actor = seats_allowed(whole, kept.has_second_factor, required)
    return Person(token, kept.sign_in_id, actor, actor is not whole and bool(whole.seats))


def _used(kept: sessions.SignedIn) -> bool:
    """Whether a sign-in was used lately; if so it is used now."""
    now, used = context.arrived_at(), float(cookie.get(USED, 0))
    if not sessions.used_lately(kept, used, now, timedelta(minutes=current_app.config["IDLE_MINUTES"])):
        return False
    if not sessions.used_lately(kept, used, now, USED_EVERY):
        cookie[USED] = int(now.timestamp())
    return True


def vault() -> SecretBox:
    """The keeper of second-factor secrets."""
    return SecretBox([key.secret for key in context.keys().of(Purpose.SECOND_FACTOR)])


def site_names() -> tuple[str, ...]:
    """What everybody knows of this site and tries first as a password."""
    return current_app.config["SITE_NAME"], current_app.config["SITE_OWNER"], current_app.config["SITE_URL"]


def enter(
    user: User, proven: str, next_address: str = "", kept_form: str = "", entry: Entry | None = None
) -> ResponseReturnValue:
    """Signs `user` in on this device and leads on: back to what was typed, to `next_address`, or to their work.

    `proven` is the account's fingerprint when they showed who they are, as `entry` says. Raises
    Refused("sign_in_changed").
    """
    entry = replace(entry or Entry(), device_mark=_device_mark())
    token = sessions.begin(context.session(), user.id, request.user_agent.string, context.arrived_at(), proven, entry)
    sign_in_log.tell("signed_in", user.id, way=entry.way)
    cookie.clear()
    person = load(token)
    login_user(person)
    form = carried.unseal(kept_form)
    if form is not None:
        return render_template(
            "sign_in/send_again.html", form=form, who=user.name, typed_by=_other(form.typed_in, user)
        )
    if person is not None and person.second_factor_missing:
        return redirect(f"{request.script_root}/tai-khoan/ma-xac-thuc/", 303)
    return redirect(next_address or request.script_root + home_of(person), 303)


def led_on() -> tuple[str, str]:
    """Where the form of a sign-in leads on: an address of this site, and what was typed before it, sealed."""
    return forms.local_address(request.form.get("next", "")), request.form.get("carried", "")


def _device_mark() -> str:
    """The hash of the word by which this browser is known again; it gets one where it has none."""
    careful = current_app.config["SESSION_COOKIE_SECURE"]
    name = f"__Host-{DEVICE}" if careful else DEVICE
    kept = request.cookies.get(name, "")
    word = kept if 30 <= len(kept) <= 60 else challenges.word()

    @after_this_request
    def keep(answer: Response) -> Response:
        answer.set_cookie(name, word, max_age=DEVICE_LASTS, path="/", secure=careful, httponly=True, samesite="Lax")
        return answer

    return sessions.hash_of(word)


def _other(typed_in: str, user: User) -> str:
    """The name of whose sign-in something was typed in, when that is another person than `user`."""
    typist = sessions.person_of(context.session(), typed_in)
    return typist.name if typist is not None and typist.id != user.id else ""


def home_of(person: Person | None) -> str:
    """Where a person's work is."""
    for address, roles in HOMES:
        if person is not None and person.actor.holds(*roles):
            return address
    return "/tai-khoan/"


def register(app: Flask) -> None:
    """Tells Flask-Login how to find people.

    Its `init_app` is not used: that would make every page, public ones too, read the session.
    """
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(load)
    app.login_manager = manager  # type: ignore[attr-defined]
    app.session_interface = Cookies()
