"""The way to publication with all that is shown before it, and the public acts after it: extend, stop, submit."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import forms
from consult.consultations.desk.shown_facts import EXTENSION, PUBLICATION, STATE
from consult.consultations.desk.views_frame import page, to, typed, with_refusal
from consult.consultations.invitations import service as invitations
from consult.consultations.matter import outages, overview, public_numbers, queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents, publication, publication_digest, readiness
from consult.consultations.preparation import service as preparation
from consult.consultations.revisions import next_revision
from consult.errors import Invalid, Refused
from consult.policy import Action, posting_body
from consult.web import context, shown
from consult.web.guard import access

blueprint = Blueprint("publishing", __name__)


@blueprint.get("/xu-ly/<slug>/chuan-bi/")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def steps(consultation: Consultation) -> ResponseReturnValue:
    """The steps of preparation, what is missing, and what should be looked at."""
    return _steps(consultation)


@blueprint.get("/xu-ly/<slug>/chuan-bi/xem-truoc/")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def preview(consultation: Consultation) -> ResponseReturnValue:
    """Everything that publication would make public, before it does."""
    return _preview(consultation)


@blueprint.post("/xu-ly/<slug>/chuan-bi/cong-bo/")
@access(Action.USE_DESK, of=queries.by_slug, acts_on=PUBLICATION)
def publish(consultation: Consultation) -> ResponseReturnValue:
    """Makes public what was shown. Pressed once more, it leads to what is public by then."""
    if consultation.published_at is not None:
        return to("publishing.manage", consultation)
    seen = shown.sent("publication/matter", "all")
    try:
        publication.publish(context.session(), consultation, context.actor(), context.arrived_at(), seen)
    except Invalid as invalid:
        return _steps(consultation, invalid.errors)
    except Refused as refused:
        if refused.reason == "already_published":
            return to("publishing.manage", consultation)
        return _preview(consultation, refused)
    flash("preparation.published")
    return to("publishing.manage", consultation)


@blueprint.get("/xu-ly/<slug>/dot/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def manage(consultation: Consultation) -> ResponseReturnValue:
    """A published matter as the desk sees it: days, bodies asked, and what may be done."""
    session = context.session()
    posts = posting_body(consultation) in overview.desk_bodies(context.actor())
    return page(
        "manage",
        consultation=consultation,
        periods=preparation.periods_of(session, consultation.id),
        extensions=publication.extensions_of(session, consultation.id),
        asked=len(invitations.invitations_of(session, consultation.id)),
        warnings=readiness.warnings(session, consultation),
        owed=outages.owed(session, consultation, context.arrived_at()),
        hidden=next_revision.hidden_of(session, consultation.id) if posts else [],
    )


@blueprint.get("/xu-ly/<slug>/gia-han/")
@access(Action.EXTEND_MATTER, of=queries.by_slug)
def extension(consultation: Consultation) -> ResponseReturnValue:
    """The form for a later end."""
    return _extension(consultation, {})


@blueprint.post("/xu-ly/<slug>/gia-han/")
@access(Action.EXTEND_MATTER, of=queries.by_slug, acts_on=EXTENSION)
def extend(consultation: Consultation) -> ResponseReturnValue:
    """Shows what a later end does, and on the second press lets the period end later."""
    if request.form.get("do") == "edit":
        return _extension(consultation, typed())
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        new = forms.extension(request.form)
        if "checked" in request.form and publication.ends_on(session, consultation, *new[:2]):
            return to("publishing.manage", consultation)
        period = publication.check_extension(session, consultation, *new, now)
        if "checked" not in request.form:
            return page(
                "publication/extend_check", consultation=consultation, period=period, new_last_day=new[1], form=typed()
            )
        publication.extend(session, consultation, *new, actor, now, request.form["checked"])
    except Invalid as invalid:
        return _extension(consultation, typed(), invalid.errors)
    return to("publishing.manage", consultation)


@blueprint.get("/xu-ly/<slug>/dung/")
@access(Action.WITHDRAW_MATTER, of=queries.by_slug)
def withdrawal(consultation: Consultation) -> ResponseReturnValue:
    """The form that stops a matter."""
    return page("publication/withdraw", consultation=consultation, form={})


@blueprint.post("/xu-ly/<slug>/dung/")
@access(Action.WITHDRAW_MATTER, of=queries.by_slug, acts_on=STATE)
def withdraw(consultation: Consultation) -> ResponseReturnValue:
    """Shows what stopping does, and on the second press stops it."""
    if request.form.get("do") == "edit":
        return page("publication/withdraw", consultation=consultation, form=typed())
    try:
        reason = forms.reason(request.form)
        if "checked" not in request.form:
            publication.check_reason(reason)
            received = public_numbers.given(context.session(), consultation.id, "comment")
            return page("publication/withdraw_check", consultation=consultation, form=typed(), received=received)
        publication.withdraw(context.session(), consultation, reason, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return page("publication/withdraw", invalid.errors, consultation=consultation, form=typed())
    return to("publishing.manage", consultation)


@blueprint.get("/xu-ly/<slug>/trinh/")
@access(Action.SUBMIT_MATTER, of=queries.by_slug)
def submission(consultation: Consultation) -> ResponseReturnValue:
    """The form for the day of submission to the issuing authority."""
    return page("publication/submit", consultation=consultation, form={})


@blueprint.post("/xu-ly/<slug>/trinh/")
@access(Action.SUBMIT_MATTER, of=queries.by_slug, acts_on=STATE)
def submit(consultation: Consultation) -> ResponseReturnValue:
    """Records that day."""
    try:
        day = forms.submitted_on(request.form)
        publication.record_submission(context.session(), consultation, day, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return page("publication/submit", invalid.errors, consultation=consultation, form=typed())
    return to("publishing.manage", consultation)


def _steps(consultation: Consultation, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    session = context.session()
    now = context.arrived_at()
    return page(
        "steps",
        errors,
        consultation=consultation,
        documents=queries.documents_of(session, consultation.id),
        revisions=documents.newest_revisions(session, consultation.id),
        periods=preparation.periods_of(session, consultation.id),
        asked=len(invitations.invitations_of(session, consultation.id)),
        problems=readiness.problems(session, consultation, now),
        warnings=readiness.warnings(session, consultation),
    )


def _preview(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    now = context.arrived_at()
    pairs = publication_digest.hidden(session, consultation.id)
    answer = page(
        "preview",
        consultation=consultation,
        filed=publication_digest.filed(session, pairs),
        other_heading=publication_digest.other_heading(consultation, pairs),
        periods=preparation.periods_of(session, consultation.id),
        invited=invitations.invitations_of(session, consultation.id),
        problems=readiness.problems(session, consultation, now),
        warnings=readiness.warnings(session, consultation),
        refusal=refusal,
    )
    return with_refusal(answer, refusal)


def _extension(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    rows = preparation.periods_of(context.session(), consultation.id)
    return page(
        "publication/extend",
        errors,
        consultation=consultation,
        periods=[row for row in rows if row.closes_at],
        form=form,
    )
