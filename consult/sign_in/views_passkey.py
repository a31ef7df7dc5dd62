"""Signing in with a passkey: after the password instead of a code, or alone where the device knows its holder."""

from flask import Blueprint, current_app, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from consult.errors import Invalid, NotFound
from consult.people.models import User
from consult.sign_in import challenges
from consult.sign_in.known_devices import Entry
from consult.sign_in.models import Passkey
from consult.sign_in.passkeys import ceremonies, relying_party
from consult.sign_in.passkeys import service as passkeys
from consult.sign_in.passkeys.service import Answer
from consult.sign_in.views import PER_ADDRESS, check_form, code_page, half_way_user, page
from consult.sign_in.views_frame import count_second_factor
from consult.sign_in.views_session import enter, led_on
from consult.sign_in.words import Way
from consult.web import context, limits, sign_in_log
from consult.web.guard import public

blueprint = Blueprint("passkey_sign_in", __name__)

ASKED = "passkey"


@blueprint.post("/dang-nhap/khoa/hoi/")
@public(alone="a word for one browser")
def ask() -> ResponseReturnValue:
    """What the browser is asked to show (JSON); the word that it answers is kept in its own cookie."""
    party, word = relying_party.of(current_app.config), challenges.word()
    try:
        check_form()
        user = half_way_user()
    except Invalid as invalid:
        return invalid.errors, 422
    if party is None:
        raise NotFound
    cookie[ASKED] = [word, int(context.arrived_at().timestamp())]
    return ceremonies.request(party, word, _keys_of(user) if user else [])


@blueprint.post("/dang-nhap/khoa/")
@public(alone="a new sign-in")
def check() -> ResponseReturnValue:
    """Signs in with what the browser showed; what is wrong comes back as 422."""
    user = None
    try:
        user = half_way_user()
        check_form()
        used = _used(user)
    except Invalid as invalid:
        return (code_page(user, invalid.errors) if user is not None else page(invalid.errors)), 422
    way = Way.PASSKEY if user is None else Way.SECOND_PASSKEY
    sign_in_log.tell("passkey_right", used.user.id, way=way.value)
    return enter(used.user, used.proven, *led_on(), Entry(way, used.name))


def _used(user: User | None) -> passkeys.Used:
    """Raises Invalid for what is not right, Refused after too many tries."""
    told = user.id if user else None
    sign_in_log.counted("sign_in_address", limits.line(), PER_ADDRESS, told)
    if user is not None:
        count_second_factor(user.id)
    party, now = relying_party.of(current_app.config), context.arrived_at()
    word, issued = cookie.pop(ASKED, ["", 0])
    try:
        if party is None or not challenges.is_fresh(issued, now):
            raise Invalid({"passkey": "passkey_failed"})
        return passkeys.use(context.session(), Answer(request.form.get("passkey", ""), word), party, now, user)
    except Invalid:
        sign_in_log.tell("passkey_failed", told)
        raise


def _keys_of(user: User) -> list[str]:
    return list(context.session().scalars(select(Passkey.credential_id).where(Passkey.user_id == user.id)))
