"""Passkeys: one's own, listed, added and removed."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.sign_in import challenges, factors, service, sessions
from consult.sign_in.passkeys import ceremonies, relying_party
from consult.sign_in.passkeys import service as passkeys
from consult.sign_in.passkeys.relying_party import RelyingParty
from consult.sign_in.passkeys.service import Answer
from consult.sign_in.views_frame import count_own, done, of_removing, present_user, proof, shown_lately
from consult.sign_in.views_session import vault
from consult.web import context, sign_in_log
from consult.web.guard import access

blueprint = Blueprint("passkeys", __name__)


@dataclass(frozen=True)
class Begun:
    """A key that is being added: its name, the word that the browser answers, and the account as it was when its owner
    showed the password."""

    name: str
    word: str
    proven: str


@blueprint.get("/tai-khoan/khoa/")
@access(Action.SIGN_IN_NEEDED)
def show() -> ResponseReturnValue:
    """One's own keys, and how one more is added."""
    return _page({})


@blueprint.post("/tai-khoan/khoa/")
@access(Action.SIGN_IN_NEEDED, alone="one's own new key, which is not kept yet")
def begin() -> ResponseReturnValue:
    """The page on which the browser makes the key, for who shows the password; what is wrong comes back as 422."""
    session, user, party = context.session(), present_user(), party_or_nothing()
    count_own("passkey_add", user.id)
    try:
        name = passkeys.check_name(session, user.id, request.form.get("name", ""))
        service.prove(session, user.id, proof(), vault(), context.arrived_at())
    except Invalid as invalid:
        sign_in_log.tell("passkey_not_added", user.id, reasons=" ".join(invalid.errors.values()))
        return _page(invalid.errors), 422
    have = [one.credential_id for one in passkeys.of_person(session, user.id)]
    begun = Begun(name, challenges.word(), sessions.fingerprint(user))
    options = ceremonies.creation(party, (user.id, user.mail, user.name), begun.word, have)
    shown = {"name": name, "options": options, "begun": _sealed(begun)}
    return render_template("sign_in/passkeys/make.html", actor=context.actor(), **shown)


@blueprint.post("/tai-khoan/khoa/them/")
@access(Action.SIGN_IN_NEEDED, alone="one's own new key: the form carries what its browser answered")
def add() -> ResponseReturnValue:
    """Keeps the key that the browser made."""
    user, begun, now = present_user(), _opened(request.form.get("begun", "")), context.arrived_at()
    answer = Answer(request.form.get("passkey", ""), begun.word)
    kept = current_user.sign_in_id
    try:
        passkeys.add(context.session(), user.id, begun.name, answer, party_or_nothing(), kept, begun.proven, now)
    except Invalid as invalid:
        sign_in_log.tell("passkey_not_added", user.id, reasons=" ".join(invalid.errors.values()))
        return _page({"name": next(iter(invalid.errors.values()))}), 422
    sign_in_log.tell("passkey_added", user.id)
    return done("account.passkey_added", "passkeys.show")


@blueprint.post("/tai-khoan/khoa/bo/")
@access(Action.SIGN_IN_NEEDED, alone="one's own key, which can only go, told by typing the password")
def remove() -> ResponseReturnValue:
    """Forgets one of one's own keys; what is wrong comes back as 422."""
    user, required, now = present_user(), current_app.config["REQUIRE_TOTP"], context.arrived_at()
    count_own("passkey_remove", user.id)
    shown, kept = proof("remove_present", "remove_code"), current_user.sign_in_id
    try:
        passkeys.remove(context.session(), user.id, _chosen(), shown, required, kept, vault(), now)
    except Invalid as invalid:
        sign_in_log.tell("passkey_not_removed", user.id, reasons=" ".join(invalid.errors.values()))
        return _page(of_removing(invalid.errors)), 422
    sign_in_log.tell("passkey_removed", user.id)
    return done("account.passkey_removed", "passkeys.show")


def party_or_nothing() -> RelyingParty:
    """As whom this site speaks to passkeys. Raises NotFound where it has none."""
    party = relying_party.of(current_app.config)
    if party is None:
        raise NotFound
    return party


def _chosen() -> UUID:
    try:
        return UUID(request.form.get("key", ""))
    except ValueError as bad:
        raise Invalid({"key": "required"}) from bad


def _sealed(begun: Begun) -> str:
    """What the form of a key that is being added carries: good for this sign-in and some minutes."""
    issued = int(context.arrived_at().timestamp())
    return _serializer().dumps([current_user.sign_in_id.hex, issued, begun.name, begun.word, begun.proven])


def _opened(sealed: str) -> Begun:
    """Raises Refused("challenge_over") for what is not of this sign-in, or too old."""
    try:
        sign_in, issued, *begun = _serializer().loads(sealed)
    except (BadSignature, ValueError, TypeError) as bad:
        raise Refused("challenge_over") from bad
    if sign_in != current_user.sign_in_id.hex or not challenges.is_fresh(issued, context.arrived_at()):
        raise Refused("challenge_over")
    return Begun(*begun)


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("passkey")


def _page(errors: dict[str, str]) -> str:
    session, user = context.session(), present_user()
    keys = passkeys.of_person(session, user.id)
    return render_template(
        "sign_in/passkeys/keys.html",
        actor=context.actor(),
        keys=keys,
        choices=[(one.id, one.name) for one in keys],
        factors=factors.of(session, user),
        recent=shown_lately(),
        possible=relying_party.of(current_app.config) is not None,
        form=request.form,
        errors=errors,
    )
