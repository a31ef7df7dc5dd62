"""Naming the bodies that are to sign a letter too, and what such a body reads and says."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.people.organisations import letter_place, numbers_letters
from consult.policy import Action
from consult.submissions.models import Submission
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access
from consult.workspace import content as organisation_content
from consult.workspace import draft_scans, forms
from consult.workspace import overview as workspace
from consult.workspace.cosigning import confirming, cosigners, naming
from consult.workspace.cosigning.shown import COSIGNED
from consult.workspace.shown import DRAFT
from consult.workspace.views_frame import page, places_of

blueprint = Blueprint("cosigning", __name__)
ADDRESS = "/to-chuc/<slug>/cung-ky/<uuid:cosigner_id>/"
ANSWERS = {"confirm": True, "decline": False}


@blueprint.post("/to-chuc/<slug>/ban-soan/<uuid:draft_id>/cung-ky/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=DRAFT)
def name(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Names one more body, or takes one off."""
    where = (context.session(), consultation, draft_id)
    what, about = forms.step(request.form)
    if what == "off":
        naming.take_off(*where, forms.key(about), context.actor(), context.arrived_at())
        flash("workspace.cosigner_off")
    else:
        chosen = about or request.form.get("organisation", "")
        naming.name(*where, forms.key(chosen), context.actor(), context.arrived_at())
        flash("workspace.cosigner_asked")
    address = url_for("workspace.sending.check", slug=consultation.slug, draft_id=draft_id, _anchor="cung-ky")
    return redirect(address, 303)


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def show(consultation: Consultation, cosigner_id: UUID) -> ResponseReturnValue:
    """The letter of another body as it is, to be confirmed; once it is sent, where it is read."""
    cosigner, draft = confirming.find(context.session(), consultation, cosigner_id, context.actor())
    if draft.submission_id is not None and cosigner.agreed:
        sent = context.session().get_one(Submission, (consultation.id, draft.submission_id))
        return redirect(url_for("workspace.sending.sent", slug=consultation.slug, number=sent.number), 303)
    return _page(consultation, cosigner_id)


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=COSIGNED)
def answer(consultation: Consultation, cosigner_id: UUID) -> ResponseReturnValue:
    """Confirms the text that was read, or declines."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    agreed, reason = ANSWERS.get(request.form.get("do", ""), False), request.form.get("reason", "")
    try:
        confirming.answer(session, consultation, cosigner_id, agreed, reason, actor, now)
    except Invalid as invalid:
        return _page(consultation, cosigner_id, 422, errors=invalid.errors)
    except Refused as refused:
        return _page(consultation, cosigner_id, 409, reason, refusal=refused.reason)
    flash("workspace.cosign_confirmed" if agreed else "workspace.cosign_declined")
    return redirect(url_for("workspace.cosigning.show", slug=consultation.slug, cosigner_id=cosigner_id), 303)


@blueprint.get(ADDRESS + "tep/<uuid:attachment_id>/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def scan(consultation: Consultation, cosigner_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """A scan on the letter that is not sent yet, as a download."""
    _cosigner, draft = confirming.find(context.session(), consultation, cosigner_id, context.actor())
    if draft.submission_id is not None:
        raise NotFound
    found = draft_scans.attachment_of(context.session(), draft, attachment_id)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


def _page(
    consultation: Consultation, cosigner_id: UUID, status: int = 200, typed: str = "",
    errors: dict[str, str] | None = None, refusal: str = "",
) -> ResponseReturnValue:  # fmt: skip
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    cosigner, draft = confirming.find(session, consultation, cosigner_id, actor)
    content, body = organisation_content.read(draft.content), workspace.organisation_of(session, draft)
    return page(
        "cosigning/read",
        status,
        consultation=consultation,
        cosigner=cosigner,
        draft=draft,
        content=content,
        organisation=body,
        letter_place="" if numbers_letters(body.kind, body.level) else letter_place(body) or body.name,
        confirmed=bool(cosigner.agreed) and cosigner not in cosigners.lapsed(session, draft),
        **places_of(consultation, content),
        scans=draft_scans.attachments_of(session, draft),
        typed=typed,
        errors=errors or {},
        refusal=refusal,
        why_not=confirming.why_not(consultation, cosigner, draft, actor, now),
    )
