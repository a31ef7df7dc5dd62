"""Changing the data of a letter that was sent, or what its critique says: a version beside the old one."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.people.organisations import letter_place, numbers_letters
from consult.policy import Action
from consult.submissions.models import Submission
from consult.web import context
from consult.web.guard import access
from consult.workspace import amending, forms, sent_letters
from consult.workspace.content import DraftContent
from consult.workspace.shown_remark import LETTER
from consult.workspace.views_frame import field_label, page

blueprint = Blueprint("amending", __name__)
ADDRESS = "/to-chuc/<slug>/da-gui/<int:number>/sua/"


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The letter as it stands, to be changed; or why it may not be."""
    submission = _found(consultation, number)
    why_not = amending.why_not(context.session(), consultation, submission, context.actor(), context.arrived_at())
    return _page(consultation, submission, refusal=why_not or "")


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=LETTER)
def amend(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Keeps the new version; the old one stays beside it."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    submission, typed = _found(consultation, number), forms.content(request.form)
    alike = amending.same_letter(session, consultation, submission, typed, now)
    if alike is not None and request.form.get("same_letter") != str(alike.number):
        return _page(consultation, submission, 409, typed, alike=alike)
    try:
        made = amending.amend(session, consultation, submission, typed, actor, now)
    except Invalid as invalid:
        return _page(consultation, _found(consultation, number), 422, typed, invalid.errors)
    except Refused as refused:
        return _page(consultation, _found(consultation, number), 409, typed, refusal=refused.reason)
    flash("workspace.letter_amended" if made else "workspace.letter_as_before")
    return redirect(url_for("workspace.sending.sent", slug=consultation.slug, number=number), 303)


def _found(consultation: Consultation, number: int) -> Submission:
    return sent_letters.find(context.session(), consultation, number, context.actor())


def _page(
    consultation: Consultation, submission: Submission, status: int = 200, typed: DraftContent | None = None,
    errors: dict[str, str] | None = None, refusal: str = "", alike: Submission | None = None,
) -> ResponseReturnValue:  # fmt: skip
    session, body = context.session(), submission.organisation
    if typed is None:
        typed = amending.content_of(session, submission)
    return page(
        "amend",
        status,
        consultation=consultation,
        submission=submission,
        organisation=body,
        content=typed,
        errors=errors or {},
        labels={name: field_label(name) for name in errors or {}},
        refusal=refusal,
        alike=alike,
        numbered=body is None or numbers_letters(body.kind, body.level),
        letter_place=submission.letter_place or (letter_place(body) if body else ""),
    )
