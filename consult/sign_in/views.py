"""Signing in and out: password, second factor, and back to where one was."""

from collections.abc import Callable

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from consult.errors import Invalid
from consult.people.models import User
from consult.policy import Action
from consult.sign_in import factors, forms, service, sessions
from consult.sign_in.known_devices import Entry
from consult.sign_in.passkeys import relying_party
from consult.sign_in.recovery import codes
from consult.sign_in.views_frame import count_second_factor, known_providers
from consult.sign_in.views_session import enter, home_of, vault
from consult.sign_in.words import Way
from consult.web import context, kept_form, limits, sign_in_log, tickets
from consult.web.guard import access, public

blueprint = Blueprint("sign_in", __name__)

SCOPE = "sign_in"
PER_ACCOUNT_AND_ADDRESS = "10 per 15 minutes"
PER_ACCOUNT = "50 per hour"
PER_ADDRESS = "200 per 15 minutes"
FIELDS = ("mail", "password")
"""What is typed on the sign-in page; what else went wrong is told at the first of them."""


@blueprint.get("/dang-nhap/")
@public(asks=("next",))
def sign_in() -> ResponseReturnValue:
    """The form for mail and password; `next` is where to go from it."""
    return page()


@blueprint.get("/lam-viec/")
@access(Action.SIGN_IN_NEEDED)
def work() -> ResponseReturnValue:
    """Leads on to a person's work: public pages, which know nobody, lead here; who is not signed in is asked first."""
    return redirect(request.script_root + home_of(current_user), 303)


@blueprint.post("/dang-nhap/")
@public(alone="a new sign-in")
def check() -> ResponseReturnValue:
    """Signs in, or asks for the code of the second factor; what is wrong comes back as 422."""
    try:
        check_form()
        user = _by_password(*forms.credentials())
    except Invalid as invalid:
        return page(invalid.errors), 422
    if factors.has_second(context.session(), user):
        return code_page(user)
    return entered(user, sessions.fingerprint(user), Entry(Way.PASSWORD))


@blueprint.post("/dang-nhap/ma-xac-thuc/")
@public(alone="one's own sign-in")
def check_code() -> ResponseReturnValue:
    """Signs in with that code; who took too long begins anew."""
    return _with_second(_use_code, Way.CODE)


@blueprint.post("/dang-nhap/ma-du-phong/")
@public(alone="one's own sign-in")
def check_recovery_code() -> ResponseReturnValue:
    """Signs in with a recovery code instead, which is used up by that."""
    return _with_second(_use_recovery_code, Way.RECOVERY_CODE)


@blueprint.post("/dang-xuat/")
@access(Action.SIGN_IN_NEEDED, alone="one's own sign-in")
def sign_out() -> ResponseReturnValue:
    """Ends this sign-in, and only this."""
    sessions.revoke(context.session(), current_user.actor.user_id, current_user.sign_in_id, context.arrived_at())
    sign_in_log.tell("signed_out", current_user.actor.user_id)
    through = sessions.provider_of(context.session(), current_user.sign_in_id)
    logout_user()
    cookie.clear()
    if through in known_providers():
        return redirect(url_for("provider_sign_in.signed_out", provider=through), 303)
    return redirect(url_for("sign_in.sign_in"), 303)


def _by_password(mail: str, password: str) -> User:
    """The person with these. Raises Invalid for anybody else, Refused after too many tries."""
    account = service.by_mail(context.session(), mail)
    told = {"account": account.id} if account else {"unknown": sign_in_log.unknown(service.mail_key(mail))}
    address, key = limits.line(), service.mail_key(mail)
    sign_in_log.counted("sign_in_address", address, PER_ADDRESS, **told)
    sign_in_log.counted("sign_in_account_here", f"{key} {address}", PER_ACCOUNT_AND_ADDRESS, **told)
    sign_in_log.counted("sign_in_account", key, PER_ACCOUNT, **told)
    user = service.by_password(context.session(), mail, password)
    if user is None:
        sign_in_log.tell("sign_in_failed", **told)
        raise Invalid({"mail": "wrong_sign_in"})
    sign_in_log.tell("password_right", **told)
    return user


def _use_code(user: User) -> str:
    """Spends the code that was typed, and returns the fingerprint of the account that was proven by it. Raises Invalid
    for a wrong one, Refused after too many tries."""
    count_second_factor(user.id)
    typed, proven = request.form.get("totp", ""), sessions.fingerprint(user)
    try:
        proven = service.use_code(context.session(), user.id, typed, vault(), context.arrived_at(), proven)
    except Invalid:
        sign_in_log.tell("second_factor_failed", user.id)
        raise
    sign_in_log.tell("second_factor_right", user.id)
    return proven


def _use_recovery_code(user: User) -> str:
    """The same with a recovery code."""
    count_second_factor(user.id)
    typed, proven = request.form.get("recovery", ""), sessions.fingerprint(user)
    try:
        proven = codes.use(context.session(), user.id, typed, context.arrived_at(), proven)
    except Invalid:
        sign_in_log.tell("recovery_code_failed", user.id)
        raise
    sign_in_log.tell("recovery_code_right", user.id)
    return proven


def _with_second(use: Callable[[User], str], way: Way) -> ResponseReturnValue:
    """Signs in who gave their password before and now what `use` takes; what is wrong comes back as 422."""
    user = None
    try:
        user = half_way_user()
        check_form()
        if user is None:
            raise Invalid({"mail": "sign_in_again"})
        proven = use(user)
    except Invalid as invalid:
        return (code_page(user, invalid.errors) if user is not None else page(invalid.errors)), 422
    return entered(user, proven, Entry(way))


def entered(user: User, proven: str, entry: Entry) -> ResponseReturnValue:
    """Signed in, and back to where they wanted to, with what was typed before."""
    return enter(user, proven, _next(), request.form.get("carried", ""), entry)


def half_way_user() -> User | None:
    """Who gave their password before; None where the form says nothing of that. Raises Invalid when it is too long
    ago, or was changed since."""
    token = request.form.get("half_way", "")
    user = forms.half_way_user(context.session(), token, context.arrived_at())
    if token and user is None:
        raise Invalid({"mail": "sign_in_again"})
    return user


def page(errors: dict[str, str] | None = None) -> str:
    """The sign-in page, with what was typed but the password. Nothing that was typed elsewhere could travel to a
    provider and back: meanwhile none is offered."""
    demo_people, kept = current_app.extensions.get("consult.demo_people", lambda: []), _kept()
    return render_template(
        "sign_in/sign_in.html",
        **kept,
        mail=request.form.get("mail", ""),
        errors={name if name in FIELDS else "mail": code for name, code in (errors or {}).items()},
        lost=None,
        passkeys=relying_party.of(current_app.config) is not None,
        providers=() if kept["carried"] else known_providers().values(),
        people=demo_people(),
    )


def code_page(user: User, errors: dict[str, str] | None = None, next_address: str = "") -> str:
    """The page that asks for the second factor: a code, a passkey or a recovery code, whichever there is;
    `next_address` is where to go from it, when the form does not say."""
    # Who typed a wrong one has no more time by that.
    half_way = (errors and request.form.get("half_way")) or forms.half_way(user, context.arrived_at())
    own = factors.of(context.session(), user)
    passkeys = own.passkeys > 0 and relying_party.of(current_app.config) is not None
    shown = {"half_way": half_way, "own": own, "passkeys": passkeys, "errors": errors or {}}
    kept = _kept()
    return render_template("sign_in/code.html", **{**kept, "next": kept["next"] or next_address}, **shown)


def _kept() -> dict[str, str]:
    """What travels through the pages of signing in."""
    kept = request.form.get("carried", "")
    ticket = tickets.issue(SCOPE, context.arrived_at())
    return {"next": _next(), "carried": kept if kept_form.unseal(kept) else "", "ticket": ticket}


def _next() -> str:
    return forms.local_address(request.values.get("next", ""))


def check_form() -> None:
    """Raises Refused for what another site sent, and Invalid for a page that was open for too long."""
    tickets.check_origin()
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
    except tickets.TicketExpired as expired:
        raise Invalid({"mail": "page_expired"}) from expired
