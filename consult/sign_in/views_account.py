"""One's own account: password, second factor, and the devices one is signed in on."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from consult.errors import Invalid
from consult.policy import Action
from consult.sign_in import changes, devices, factors, second_factor, service, sessions
from consult.sign_in.passkeys import relying_party
from consult.sign_in.views_frame import count_own, done, known_providers, present_user, proof, shown_lately
from consult.sign_in.views_session import site_names, vault
from consult.web import context, parked_answers, sign_in_log
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("account", __name__)


@blueprint.get("/tai-khoan/")
@access(Action.SIGN_IN_NEEDED)
def show() -> ResponseReturnValue:
    """One's own account: where one is signed in, password and second factor."""
    return _account_page({})


@blueprint.post("/tai-khoan/mat-khau/")
@access(Action.SIGN_IN_NEEDED, alone="one's own password, told by typing the present one")
def change_password() -> ResponseReturnValue:
    """Another password, which ends every other sign-in; what is wrong comes back as 422."""
    user, typed = present_user(), request.form
    count_own("change_password", user.id)
    given = (typed.get("present", ""), typed.get("password", ""), typed.get("again", ""))
    kept, now = current_user.sign_in_id, context.arrived_at()
    try:
        service.change_password(context.session(), user.id, *given, kept, now, site_names())
    except Invalid as invalid:
        sign_in_log.tell("password_not_changed", user.id, reasons=" ".join(invalid.errors.values()))
        return _account_page(invalid.errors), 422
    sign_in_log.tell("password_changed", user.id)
    return done("account.password_changed")


@blueprint.get("/tai-khoan/ma-xac-thuc/")
@access(Action.SIGN_IN_NEEDED)
def second_factor_form() -> ResponseReturnValue:
    """A new secret for the authenticator, as a picture and in letters; nothing is kept before its code comes."""
    return _enrolment_page(second_factor.new_secret(), {})


@blueprint.post("/tai-khoan/ma-xac-thuc/")
@access(Action.SIGN_IN_NEEDED, alone="one's own second factor: the form carries the secret that it shows")
def enrol() -> ResponseReturnValue:
    """Keeps it as the second factor, for who proves the present one; what is wrong comes back as 422."""
    user, sealed, code = present_user(), request.form.get("sealed", ""), request.form.get("totp", "")
    kept, now = current_user.sign_in_id, context.arrived_at()
    count_own("enrol", user.id)
    try:
        service.enrol(context.session(), user.id, proof(), sealed, code, kept, vault(), now)
    except Invalid as invalid:
        sign_in_log.tell("second_factor_not_changed", user.id, reasons=" ".join(invalid.errors.values()))
        return _enrolment_page(vault().open(user.id, sealed) or second_factor.new_secret(), invalid.errors), 422
    sign_in_log.tell("second_factor_changed", user.id)
    return done("account.second_factor_on")


@blueprint.post("/tai-khoan/phien/<uuid:sign_in_id>/cham-dut/")
@access(Action.SIGN_IN_NEEDED, alone="one's own sign-in, which can only end")
def revoke(sign_in_id: UUID) -> ResponseReturnValue:
    """Ends one of one's own sign-ins elsewhere."""
    sessions.revoke(context.session(), present_user().id, sign_in_id, context.arrived_at())
    sign_in_log.tell("session_revoked", present_user().id, session=sign_in_id)
    return done("account.session_ended")


@blueprint.post("/tai-khoan/phien/cham-dut-tat-ca/")
@access(Action.SIGN_IN_NEEDED, alone="one's own sign-ins, which can only end")
def revoke_all() -> ResponseReturnValue:
    """Ends all of them, this one too."""
    user = present_user()
    sessions.revoke_all(context.session(), user.id, context.arrived_at())
    sign_in_log.tell("sessions_revoked", user.id)
    logout_user()
    cookie.clear()
    return redirect(url_for("sign_in.sign_in"), 303)


def _account_page(errors: dict[str, str]) -> str:
    user = present_user()
    return render_template(
        "sign_in/account.html",
        actor=context.actor(),
        user=user,
        memberships=[held for held in user.memberships if held.in_force(context.arrived_at())],
        sign_ins=sessions.latest(context.session(), user.id, context.arrived_at()),
        changes=changes.latest(context.session(), user.id),
        now=context.arrived_at(),
        present_id=current_user.sign_in_id,
        second_factor_missing=current_user.second_factor_missing,
        factors=factors.of(context.session(), user),
        passkeys_possible=relying_party.of(current_app.config) is not None,
        providers={one.key: one.name(context.language()) for one in known_providers().values()},
        idle_minutes=current_app.config["IDLE_MINUTES"],
        most_hours=int(sessions.LASTS.total_seconds()) // 3600,
        device_in_words=_device_in_words,
        errors=errors,
    )


def _device_in_words(agent: str) -> str:
    browser, system = devices.named(agent)
    return say("device.on", browser=browser, system=system) if browser and system else browser or system or agent


def _enrolment_page(secret: str, errors: dict[str, str]) -> str:
    parked_answers.hold_back()
    user = present_user()
    issuer = current_app.config["SITE_NAME"] or "Consult"
    enrolment = second_factor.enrolment(vault(), user.id, user.mail, issuer, secret)
    missing = current_user.second_factor_missing
    return render_template(
        "sign_in/second_factor.html",
        actor=context.actor(),
        user=user,
        enrolment=enrolment,
        missing=missing,
        factors=factors.of(context.session(), user),
        recent=shown_lately(),
        errors=errors,
    )
