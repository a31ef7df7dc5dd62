"""The way to publication, and the public acts after it: extend, stop, submit."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations import adding, finding, forms, inviting, preparing, publishing, readiness
from consult.consultations.views_frame import page, to, typed
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("publishing", __name__)


@blueprint.get("/xu-ly/<slug>/chuan-bi/")
@access(Action.EDIT_MATTER, of=finding.by_slug)
def steps(consultation: Any) -> ResponseReturnValue:
    """The steps of preparation, what is missing, and what should be looked at."""
    return _steps(consultation)


@blueprint.post("/xu-ly/<slug>/chuan-bi/cong-bo/")
@access(Action.PUBLISH_MATTER, of=finding.by_slug)
def publish(consultation: Any) -> ResponseReturnValue:
    """Makes it public."""
    try:
        publishing.publish(context.session(), consultation, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _steps(consultation, invalid.errors)
    return to("publishing.manage", consultation)


@blueprint.get("/xu-ly/<slug>/dot/")
@access(Action.SEE_COMMENTS, of=finding.by_slug)
def manage(consultation: Any) -> ResponseReturnValue:
    """A published matter as the desk sees it: days, bodies asked, and what may be done."""
    session = context.session()
    return page(
        "manage",
        consultation=consultation,
        periods=preparing.periods_of(session, consultation.id),
        extensions=publishing.extensions_of(session, consultation.id),
        asked=len(inviting.invitations_of(session, consultation.id)),
        warnings=readiness.warnings(session, consultation),
    )


@blueprint.get("/xu-ly/<slug>/gia-han/")
@access(Action.EXTEND_MATTER, of=finding.by_slug)
def extension(consultation: Any) -> ResponseReturnValue:
    """The form for a later end."""
    return _extension(consultation, {})


@blueprint.post("/xu-ly/<slug>/gia-han/")
@access(Action.EXTEND_MATTER, of=finding.by_slug)
def extend(consultation: Any) -> ResponseReturnValue:
    """Lets a period end later."""
    try:
        period_id, day, reason = forms.extension(request.form)
        publishing.extend(
            context.session(), consultation, period_id, day, reason, context.actor(), context.arrived_at()
        )
    except Invalid as invalid:
        return _extension(consultation, typed(), invalid.errors)
    return to("publishing.manage", consultation)


@blueprint.get("/xu-ly/<slug>/dung/")
@access(Action.WITHDRAW_MATTER, of=finding.by_slug)
def withdrawal(consultation: Any) -> ResponseReturnValue:
    """The form that stops a matter."""
    return page("withdraw", consultation=consultation, form={})


@blueprint.post("/xu-ly/<slug>/dung/")
@access(Action.WITHDRAW_MATTER, of=finding.by_slug)
def withdraw(consultation: Any) -> ResponseReturnValue:
    """Stops it."""
    try:
        reason = forms.reason(request.form)
        publishing.withdraw(context.session(), consultation, reason, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return page("withdraw", invalid.errors, consultation=consultation, form=typed())
    return to("publishing.manage", consultation)


@blueprint.get("/xu-ly/<slug>/trinh/")
@access(Action.SUBMIT_MATTER, of=finding.by_slug)
def submission(consultation: Any) -> ResponseReturnValue:
    """The form for the day of submission to the issuing authority."""
    return page("submit", consultation=consultation, form={})


@blueprint.post("/xu-ly/<slug>/trinh/")
@access(Action.SUBMIT_MATTER, of=finding.by_slug)
def submit(consultation: Any) -> ResponseReturnValue:
    """Records that day."""
    try:
        day = forms.submitted_on(request.form)
        publishing.record_submission(context.session(), consultation, day, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return page("submit", invalid.errors, consultation=consultation, form=typed())
    return to("publishing.manage", consultation)


def _steps(consultation: Any, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    session = context.session()
    now = context.arrived_at()
    return page(
        "steps",
        errors,
        consultation=consultation,
        documents=finding.documents_of(session, consultation.id),
        revisions=adding.newest_revisions(session, consultation.id),
        periods=preparing.periods_of(session, consultation.id),
        asked=len(inviting.invitations_of(session, consultation.id)),
        problems=readiness.problems(session, consultation, now),
        warnings=readiness.warnings(session, consultation),
    )


def _extension(consultation: Any, form: dict[str, str], errors: dict[str, str] | None = None) -> ResponseReturnValue:
    rows = preparing.periods_of(context.session(), consultation.id)
    return page("extend", errors, consultation=consultation, periods=[row for row in rows if row.closes_at], form=form)
