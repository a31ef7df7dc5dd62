"""Signing in through a provider: there, back, and in; and out of it too."""

from dataclasses import astuple, fields

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consult.errors import Invalid, NotFound, Refused
from consult.people.models import User
from consult.sign_in import challenges, factors, forms, sessions
from consult.sign_in.known_devices import Entry
from consult.sign_in.providers import exchange, settings, tokens
from consult.sign_in.providers import service as links
from consult.sign_in.providers.discovery import Directory
from consult.sign_in.providers.exchange import Leaving
from consult.sign_in.providers.settings import Provider
from consult.sign_in.providers.views import BINDING
from consult.sign_in.providers.wire import Unreachable
from consult.sign_in.views import PER_ADDRESS, SCOPE, check_form, code_page, page
from consult.sign_in.views_frame import done, known_providers
from consult.sign_in.views_session import enter
from consult.sign_in.words import Way
from consult.web import context, limits, sign_in_log, tickets
from consult.web.guard import public

blueprint = Blueprint("provider_sign_in", __name__)

AWAY = "provider"
DIRECTORY = Directory()


@blueprint.get("/dang-nhap/qua/<provider>/")
@public(asks=("next",))
def go(provider: str) -> ResponseReturnValue:
    """To the provider's own page, with words that only this browser has."""
    known, now = _known(provider), int(context.arrived_at().timestamp())
    sign_in_log.counted("sign_in_address", limits.line(), PER_ADDRESS)
    wanted, language = forms.local_address(request.args.get("next", "")), context.language()
    leaving = exchange.leave(known, now, _binding(provider), wanted, language)
    try:
        metadata = DIRECTORY.metadata(known)
    except Unreachable as failed:
        return _unreachable(known, failed)
    cookie[AWAY] = list(astuple(leaving))
    return redirect(exchange.address(known, metadata, leaving, _back(known)), 302)


@blueprint.get("/dang-nhap/tu/<provider>/")
@public(asks=("code", "state", "iss", "error"))
def back(provider: str) -> ResponseReturnValue:
    """The page that the provider sends the browser to. Opening it does nothing yet: a page that is only opened changes
    nothing on this site, and what other sites lead to signs nobody in."""
    known, given, left = _known(provider), request.args, _left()
    if left is not None and (left.language, context.language()) == ("en", "vi"):
        return redirect(f"{request.script_root}/en{request.full_path}", 302)
    if not given.get("code") or given.get("error"):
        sign_in_log.tell("provider_refused", provider=provider, reason=given.get("error", "")[:40])
        raise Refused("provider_refused")
    shown = {name: given.get(name, "") for name in ("code", "state", "iss")}
    ticket = tickets.issue(SCOPE, context.arrived_at())
    return render_template("sign_in/providers/back.html", provider=known, ticket=ticket, **shown)


@blueprint.post("/dang-nhap/tu/<provider>/")
@public(alone="a new sign-in, or one's own link")
def check(provider: str) -> ResponseReturnValue:
    """Asks the provider who it is, and signs them in, or binds the account that is signed in."""
    known = _known(provider)
    try:
        check_form()
        leaving = _returned(known)
        subject = _subject(known, leaving)
    except Unreachable as failed:
        return _unreachable(known, failed)
    except Invalid as invalid:
        return page(invalid.errors), 422
    except Refused as refused:
        sign_in_log.tell("provider_failed", provider=provider, reason=refused.reason)
        raise
    return _bound(known, subject, leaving) if leaving.binding else _entered(known, subject, leaving)


@blueprint.get("/dang-nhap/da-ra/<provider>/")
@public()
def signed_out(provider: str) -> ResponseReturnValue:
    """After signing out here: one is still signed in at the provider, and may end that too."""
    return render_template("sign_in/providers/out.html", provider=_known(provider))


@blueprint.get("/dang-nhap/qua/<provider>/ra/")
@public()
def leave(provider: str) -> ResponseReturnValue:
    """To where the provider ends its own sign-in; back to ours where it has no such page."""
    known, here = _known(provider), current_app.config["SITE_URL"] + url_for("sign_in.sign_in")
    try:
        end = exchange.sign_out_address(known, DIRECTORY.metadata(known), here)
    except Unreachable as failed:
        return _unreachable(known, failed)
    return redirect(end or here, 302)


def _known(key: str) -> Provider:
    known = known_providers().get(key)
    if known is None:
        raise NotFound
    return known


def _binding(key: str) -> str:
    """The sign-in of who showed the password to be bound to this provider; empty for nobody. It holds until they are,
    or for some minutes: who does not get there, or goes back, need not show it again."""
    named, sign_in, at = cookie.get(BINDING) or ("", "", 0)
    holds = named == key and challenges.is_fresh(at, context.arrived_at())
    return sign_in if holds and current_user.is_authenticated and current_user.sign_in_id.hex == sign_in else ""


def _back(known: Provider) -> str:
    """Where the provider sends browsers: one address for each provider, so that none can answer for another."""
    return f"{current_app.config['SITE_URL']}/dang-nhap/tu/{known.key}/"


def _returned(known: Provider) -> Leaving:
    """How this browser left for the provider. Raises Refused("challenge_over") when it did not, too long ago, for
    another one, or came back with this before."""
    leaving = _left()
    cookie.pop(AWAY, None)
    now, state = context.arrived_at(), request.form.get("state", "")
    if leaving is None or leaving.provider != known.key or not challenges.is_fresh(leaving.at, now):
        raise Refused("challenge_over")
    links.come_back(context.session(), leaving.state, now)
    if state != leaving.state:
        raise Refused("challenge_over")
    return leaving


def _left() -> Leaving | None:
    """How this browser left last, and has not come back from."""
    kept = cookie.get(AWAY)
    return Leaving(*kept) if isinstance(kept, list) and len(kept) == len(fields(Leaving)) else None


def _subject(known: Provider, leaving: Leaving) -> str:
    """Whom the provider names. No transaction is open while it is asked."""
    metadata = DIRECTORY.metadata(known)
    exchange.check_issuer(known, metadata, request.form.get("iss", ""))
    answer = exchange.tokens(known, metadata, leaving, request.form.get("given_code", ""), _back(known))
    return tokens.subject_of(known, DIRECTORY, answer, leaving.nonce, context.arrived_at())


def _entered(known: Provider, subject: str, leaving: Leaving) -> ResponseReturnValue:
    """Signed in; who has a second factor shows it, unless the provider's word stands for both."""
    try:
        user = links.use(context.session(), known, subject, context.arrived_at())
    except Refused as refused:
        sign_in_log.tell("provider_failed", provider=known.key, reason=refused.reason)
        raise
    sign_in_log.tell("provider_right", user.id, provider=known.key)
    if not known.both_factors and factors.has_second(context.session(), user):
        return code_page(user, next_address=leaving.next)
    return _enter(user, known, leaving)


def _enter(user: User, known: Provider, leaving: Leaving) -> ResponseReturnValue:
    way = Way.PROVIDER_OF_BOTH if known.both_factors else Way.PROVIDER
    return enter(user, sessions.fingerprint(user), leaving.next, entry=Entry(way, known.key))


def _bound(known: Provider, subject: str, leaving: Leaving) -> ResponseReturnValue:
    """Bound to the account of that very sign-in in which the password was shown."""
    if not current_user.is_authenticated or current_user.sign_in_id.hex != leaving.binding:
        raise Refused("challenge_over")
    cookie.pop(BINDING, None)
    user_id, kept = current_user.actor.user_id, current_user.sign_in_id
    links.bind(context.session(), user_id, known, subject, kept, context.arrived_at())
    sign_in_log.tell("provider_bound", user_id, provider=known.key)
    return done("account.provider_bound", "providers.show")


def _unreachable(known: Provider, failed: Unreachable) -> ResponseReturnValue:
    """The sign-in page, which says so: the password still opens it."""
    current_app.logger.warning("provider %s: %s", known.key, failed)
    return page({"provider": "provider_unreachable"}), 503


def register(app: Flask) -> None:
    """Gives `app` the providers that its settings name, and the way through them. Raises Misconfigured."""
    production = app.config["ENVIRONMENT"] == "production"
    app.extensions["consult.providers"] = settings.read(app.config["IDENTITY_PROVIDERS"], production)
    app.register_blueprint(blueprint)
