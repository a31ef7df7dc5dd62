"""Reading a draft once more, sending it, and what was sent with what became of each comment."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.people import letter_roles
from consult.people.heirs import with_predecessors
from consult.people.organisations import letter_place, numbers_letters
from consult.policy import Action
from consult.submissions import views_on_paper
from consult.submissions.letters import place_of
from consult.submissions.models import Submission
from consult.submissions.sender import letter_amendment
from consult.submissions.views_frame import site_codes
from consult.submissions.words import SubmissionKind
from consult.web import context, tickets
from consult.web.guard import access
from consult.workspace import (
    amending,
    answers_seen,
    draft_scans,
    drafts,
    forms,
    sending,
    sent_letters,
    submission_input,
)
from consult.workspace import content as organisation_content
from consult.workspace import overview as workspace
from consult.workspace.cosigning import cosigners, naming
from consult.workspace.models import OrganisationDraft
from consult.workspace.papers import draft_papers
from consult.workspace.reviewing import notes, review
from consult.workspace.shown import TO_SEND
from consult.workspace.shown_remark import ANSWERS
from consult.workspace.versions import kept
from consult.workspace.views_frame import page, places_of

blueprint = Blueprint("sending", __name__)


@blueprint.get("/to-chuc/<slug>/ban-soan/<uuid:draft_id>/kiem-tra/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def check(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Everything once more, with what is still missing and who may send it."""
    draft = drafts.find(context.session(), consultation, draft_id, context.actor())
    if draft.submission_id is not None:
        number = context.session().get_one(Submission, (consultation.id, draft.submission_id)).number
        return redirect(url_for("workspace.sending.sent", slug=consultation.slug, number=number), 303)
    return _checking(consultation, draft)


@blueprint.post("/to-chuc/<slug>/ban-soan/<uuid:draft_id>/gui/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=TO_SEND)
def send(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Sends what the sender has read; the receipt is the very answer, and pressing again gives it again."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    draft = drafts.find(session, consultation, draft_id, actor)
    codes, version = site_codes(), forms.version(request.form)
    alike = sending.same_letter(session, consultation, draft, now)
    if alike is not None and request.form.get("same_letter") != str(alike.number):
        return _checking(consultation, draft, 409)
    try:
        receipt = sending.send(session, consultation, draft_id, version, actor, now, context.signer(), codes)
    except Invalid as invalid:
        return _checking(consultation, draft, 422, errors=invalid.errors)
    except Refused as refused:
        return _checking(consultation, draft, 409, refusal=refused.reason)
    submission = sent_letters.find(session, consultation, receipt.submission_number, actor)
    status_url, ticket = url_for("status.show", code=receipt.code), tickets.issue("status", now)
    mark = views_on_paper.mark(consultation.id)
    return _letter(
        "receipt", consultation, submission, receipt=receipt, status_url=status_url, ticket=ticket, mark=mark
    )


@blueprint.get("/to-chuc/<slug>/da-gui/<int:number>/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def sent(consultation: Consultation, number: int) -> ResponseReturnValue:
    """A letter that was sent, with the way of each comment."""
    submission = sent_letters.read(context.session(), consultation, number, context.actor())
    return _letter("sent", consultation, submission)


@blueprint.post("/to-chuc/<slug>/da-gui/<int:number>/da-xem/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=ANSWERS)
def looked(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Somebody of the body has looked at the answers; where all were looked at, nothing changes."""
    session, actor = context.session(), context.actor()
    submission = sent_letters.find(session, consultation, number, actor)
    if sent_letters.unseen_of(session, submission):
        answers_seen.looked(session, consultation, submission, actor, context.arrived_at())
    return redirect(url_for("workspace.sending.sent", slug=consultation.slug, number=number), 303)


@blueprint.get("/to-chuc/<slug>/da-gui/<int:number>/ban-in/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def printed(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The same to be printed and filed."""
    submission = sent_letters.read(context.session(), consultation, number, context.actor())
    return _letter("printed", consultation, submission)


def _letter(name: str, consultation: Consultation, submission: Submission, **values: Any) -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    own = sent_letters.own(submission, actor)
    return page(
        name,
        consultation=consultation,
        submission=submission,
        letter_place=place_of(submission),
        own=own,
        unseen=sent_letters.unseen_of(session, submission) if own else [],
        beside=kept.beside_letter(session, submission) if own else [],
        may_amend=own and not amending.why_not(session, consultation, submission, actor, context.arrived_at()),
        earlier=[(one, amending.from_letter(one.letter)) for one in letter_amendment.versions_of(session, submission)],
        comments=sent_letters.comments_of(session, submission),
        critique=sent_letters.critique_of(session, submission),
        scans=(scans := sent_letters.scans_of(session, submission)),
        signatures=draft_scans.signatures_of(session, scans),
        **values,
    )


def _reviewing(draft: OrganisationDraft) -> dict[str, Any]:
    """What its reviewer says, and the remarks on it."""
    session = context.session()
    return {
        "notes": notes.notes_of(session, draft),
        "notes_typed": {},
        **review.told(session, draft, context.arrived_at()),
        "to_review": review.waiting_for(session, draft, context.actor()) is not None,
    }


def _checking(
    consultation: Consultation,
    draft: OrganisationDraft,
    status: int = 200,
    errors: dict[str, str] | None = None,
    refusal: str = "",
) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    content = organisation_content.read(draft.content)
    missing, lacking = _missing(consultation, draft) if errors is None else (errors, "")
    body = workspace.organisation_of(session, draft)
    before = with_predecessors(session, body.id, clock.local_day(now))
    return page(
        "check",
        status,
        consultation=consultation,
        draft=draft,
        content=content,
        errors=missing,
        refusal=refusal or lacking,
        why_not=sending.why_not_send(session, consultation, draft, context.actor(), now),
        **places_of(consultation, content),
        apart=submission_input.answered_apart(content) if draft.kind is SubmissionKind.CRITIQUE else [],
        scans=(scans := draft_scans.attachments_of(session, draft)),
        signatures=draft_scans.signatures_of(session, scans),
        writers=workspace.writers_of(session, draft),
        **_signing(consultation, draft),
        **_reviewing(draft),
        waiting=kept.waiting(session, draft),
        papers=draft_papers.named(consultation, draft.kind, content.form),
        organisation=body,
        already=sent_letters.of_matter(session, body.id, consultation, before),
        letter_place="" if numbers_letters(body.kind, body.level) else letter_place(body) or body.name,
    )


def _signing(consultation: Consultation, draft: OrganisationDraft) -> dict[str, Any]:
    """Who may send the letter, the bodies that are asked to sign it too, and those that may be; and one of the same
    number and day that is in already."""
    session, now = context.session(), context.arrived_at()
    others = naming.candidates(session, consultation, draft, now)
    return {
        "alike": sending.same_letter(session, consultation, draft, now),
        "senders": letter_roles.senders(session, draft.organisation_id, now),
        "cosigners": cosigners.named(session, draft),
        "lapsed": cosigners.lapsed(session, draft),
        "to_name": [(one.id, one.name) for one in others],
    }


def _missing(consultation: Consultation, draft: OrganisationDraft) -> tuple[dict[str, str], str]:
    """What is missing or wrong, by field, and the reason why it could not be taken as it stands."""
    try:
        sending.check(context.session(), consultation, draft, context.arrived_at())
    except Invalid as invalid:
        return invalid.errors, ""
    except Refused as refused:
        return {}, refused.reason
    return {}, ""
