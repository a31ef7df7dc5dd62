"""Signing in and out: password, second factor, and back to where one was."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from consult.errors import Invalid
from consult.people.models import User
from consult.policy import Action
from consult.sign_in import forms, service, sessions
from consult.sign_in.views_session import enter, vault
from consult.web import context, kept_form, limits, sign_in_log, tickets
from consult.web.guard import access, public

blueprint = Blueprint("sign_in", __name__)

SCOPE = "sign_in"
PER_ACCOUNT_AND_ADDRESS = "10 per 15 minutes"
PER_ACCOUNT = "50 per hour"
PER_ADDRESS = "200 per 15 minutes"
PER_CODE = "10 per 15 minutes"


@blueprint.get("/dang-nhap/")
@public(asks=("next",))
def sign_in() -> ResponseReturnValue:
    """The form for mail and password; `next` is where to go from it."""
    return page()


@blueprint.post("/dang-nhap/")
@public(alone="a new sign-in")
def check() -> ResponseReturnValue:
    """Signs in, or asks for the code of the second factor; what is wrong comes back as 422."""
    try:
        _check_form()
        user = _by_password(*forms.credentials())
    except Invalid as invalid:
        return page(invalid.errors), 422
    if user.totp_secret is not None:
        return code_page(forms.half_way(user, context.arrived_at()))
    return enter(user, sessions.fingerprint(user), _next(), request.form.get("carried", ""))


@blueprint.post("/dang-nhap/ma-xac-thuc/")
@public(alone="one's own sign-in")
def check_code() -> ResponseReturnValue:
    """Signs in with that code; who took too long begins anew."""
    half_way = request.form.get("half_way", "")
    try:
        _check_form()
        user = forms.half_way_user(context.session(), half_way, context.arrived_at())
        if user is None:
            return page({"mail": "sign_in_again"}), 422
        proven = _use_code(user)
    except Invalid as invalid:
        return code_page(half_way, invalid.errors), 422
    return enter(user, proven, _next(), request.form.get("carried", ""))


@blueprint.post("/dang-xuat/")
@access(Action.SIGN_IN_NEEDED, alone="one's own sign-in")
def sign_out() -> ResponseReturnValue:
    """Ends this sign-in, and only this."""
    sessions.revoke(context.session(), current_user.actor.user_id, current_user.sign_in_id, context.arrived_at())
    sign_in_log.tell("signed_out", current_user.actor.user_id)
    logout_user()
    cookie.clear()
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
    sign_in_log.counted("second_factor", str(user.id), PER_CODE, user.id)
    typed, proven = request.form.get("totp", ""), sessions.fingerprint(user)
    try:
        proven = service.use_code(context.session(), user.id, typed, vault(), context.arrived_at(), proven)
    except Invalid:
        sign_in_log.tell("second_factor_failed", user.id)
        raise
    sign_in_log.tell("second_factor_right", user.id)
    return proven


def page(errors: dict[str, str] | None = None) -> str:
    """The sign-in page, with what was typed but the password."""
    demo_people = current_app.extensions.get("consult.demo_people", lambda: [])
    return render_template(
        "sign_in/sign_in.html",
        **_kept(),
        mail=request.form.get("mail", ""),
        errors=errors or {},
        lost=None,
        people=demo_people(),
    )


def code_page(half_way: str, errors: dict[str, str] | None = None) -> str:
    """The page that asks for the second factor."""
    return render_template("sign_in/code.html", **_kept(), half_way=half_way, errors=errors or {})


def _kept() -> dict[str, str]:
    """What travels through the pages of signing in."""
    kept = request.form.get("carried", "")
    ticket = tickets.issue(SCOPE, context.arrived_at())
    return {"next": _next(), "carried": kept if kept_form.unseal(kept) else "", "ticket": ticket}


def _next() -> str:
    return forms.local_address(request.values.get("next", ""))


def _check_form() -> None:
    tickets.check_origin()
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
    except tickets.TicketExpired as expired:
        raise Invalid({"mail": "page_expired"}) from expired
