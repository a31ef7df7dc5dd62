"""One's own recovery codes: made anew, and shown once to be printed or written down."""

from cryptography.fernet import InvalidToken, MultiFernet
from flask import Blueprint, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consult.errors import Invalid
from consult.policy import Action
from consult.sign_in import factors
from consult.sign_in.recovery import codes
from consult.sign_in.views_frame import count_own, present_user, proof, shown_lately
from consult.sign_in.views_session import vault
from consult.web import context, sign_in_log
from consult.web.guard import access

blueprint = Blueprint("recovery", __name__)

NEW = "codes"


@blueprint.get("/tai-khoan/ma-du-phong/")
@access(Action.SIGN_IN_NEEDED)
def show() -> ResponseReturnValue:
    """How many codes are left; right after they were made, once, the codes themselves."""
    return _page({}, _once())


@blueprint.post("/tai-khoan/ma-du-phong/")
@access(Action.SIGN_IN_NEEDED, alone="one's own codes, in the place of all earlier ones")
def make() -> ResponseReturnValue:
    """Ten new ones, which go to the page of the codes in the browser's own cookie, encrypted: no file of the site ever
    holds them. What is wrong comes back as 422."""
    user = present_user()
    count_own("recovery_codes", user.id)
    try:
        made = codes.make(context.session(), user.id, proof(), vault(), context.arrived_at())
    except Invalid as invalid:
        sign_in_log.tell("recovery_codes_not_made", user.id, reasons=" ".join(invalid.errors.values()))
        return _page(invalid.errors, []), 422
    sign_in_log.tell("recovery_codes_made", user.id)
    cookie[NEW] = _sealer().encrypt(f"{current_user.sign_in_id} {' '.join(made)}".encode()).decode()
    return redirect(url_for("recovery.show"), 303)


def _once() -> list[str]:
    """The codes that were just made in this very sign-in; with that they are gone."""
    try:
        owner, *made = _sealer().decrypt(cookie.pop(NEW, "").encode(), ttl=600).decode().split()
    except InvalidToken:
        return []
    return made if owner == str(current_user.sign_in_id) else []


def _sealer() -> MultiFernet:
    return context.secrets().sealer("recovery-codes")


def _page(errors: dict[str, str], made: list[str]) -> str:
    session, user = context.session(), present_user()
    return render_template(
        "sign_in/recovery/codes.html",
        actor=context.actor(),
        user=user,
        factors=factors.of(session, user),
        recent=shown_lately(),
        made_at=codes.made_at(session, user.id),
        codes=made,
        errors=errors,
    )
