"""Writing a draft: every button keeps what was typed first, so that nothing is lost whatever comes after."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for

from consult.consultations import finding
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.files import scans
from consult.policy import Action
from consult.submissions import (  # fmt: skip
    anchors,
    clauses,
    forms_organisation,
    organisation_content,
    organisation_drafts,
    organisation_fields,
    organisation_scans,
    organisation_sending,
    quoting,
    workspace,
)
from consult.submissions.inputs import AttachmentInput
from consult.submissions.models import OrganisationDraft
from consult.submissions.organisation_content import DraftContent
from consult.submissions.views_organisation_pages import clauses_of, field_label, page
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("drafting", __name__)
ADDRESS = "/to-chuc/<slug>/ban-soan/<uuid:draft_id>/"


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def edit(consultation: Consultation, draft_id: UUID) -> Any:
    """The draft as it was last kept."""
    draft = _found(consultation, draft_id)
    if draft.submission_id is not None:
        return _on("sending.check", consultation, draft_id)
    return editing(consultation, draft, organisation_content.read(draft.content))


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def step(consultation: Consultation, draft_id: UUID) -> Any:
    """Keeps what was typed, then does what the button says."""
    draft, typed = _found(consultation, draft_id), forms_organisation.content(request.form)
    name, about = forms_organisation.step(request.form)
    try:
        typed = _reshaped(consultation, typed, name, about)
        _keep(consultation, draft_id, typed)
        return _STEPS.get(name, _saved)(consultation, draft_id, typed, about)
    except Invalid as invalid:
        return editing(consultation, draft, typed, 422, errors=invalid.errors)
    except Refused as refused:
        return editing(consultation, draft, typed, 409, refusal=refused.reason)


@blueprint.get(ADDRESS + "chon/")
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def narrow(consultation: Consultation, draft_id: UUID) -> Any:
    """The parts of an article, to comment on exactly one of them."""
    draft, chosen = _found(consultation, draft_id), request.args.get("tai", "")
    found = clauses.parts(context.session(), consultation, chosen)
    named = [(anchor, f"{anchors.label(path, say)}: {words}") for anchor, path, words in found]
    content = organisation_content.read(draft.content)
    return page("narrow", consultation=consultation, draft=draft, parts=named, content=content)


@blueprint.post(ADDRESS + "chon/")
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def pick(consultation: Consultation, draft_id: UUID) -> Any:
    """One more comment, about the part that was chosen."""
    content = organisation_content.read(_found(consultation, draft_id).content)
    content = content.with_comment(_place(consultation, request.form.get("tai", "")))
    _keep(consultation, draft_id, content)
    return _to_comment(consultation, draft_id, len(content.comments) - 1)


@blueprint.get(ADDRESS + "bo/")
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def ask_discard(consultation: Consultation, draft_id: UUID) -> Any:
    """Asks once more before a draft is put away."""
    return page("discard", consultation=consultation, draft=_found(consultation, draft_id))


@blueprint.post(ADDRESS + "bo/")
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def discard(consultation: Consultation, draft_id: UUID) -> Any:
    """Puts it away."""
    draft = _found(consultation, draft_id)
    organisation_id = draft.organisation_id
    organisation_drafts.discard(context.session(), consultation, draft_id, context.actor(), context.arrived_at())
    flash("workspace.discarded")
    return redirect(url_for("workspace.home", organisation_id=organisation_id), 303)


@blueprint.get(ADDRESS + "tep/<uuid:attachment_id>/")
@access(Action.USE_WORKSPACE, of=finding.by_slug)
def scan(consultation: Consultation, draft_id: UUID, attachment_id: UUID) -> Any:
    """A scan on the draft, as a download that no browser opens in the site's name."""
    draft = _found(consultation, draft_id)
    found = organisation_scans.attachment_of(context.session(), draft, attachment_id)
    answer = Response(context.files().get(found.file_hash), mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.file_name)
    return answer


def editing(
    consultation: Consultation,
    draft: OrganisationDraft,
    typed: DraftContent,
    status: int = 200,
    errors: dict[str, str] | None = None,
    refusal: str = "",
) -> Any:
    """The form with what was typed. When somebody else changed the draft meanwhile, theirs stands beside it."""
    session = context.session()
    theirs = organisation_content.read(draft.content)
    return page(
        "edit",
        status,
        consultation=consultation,
        draft=draft,
        content=typed,
        errors=errors or {},
        labels={name: field_label(name) for name in errors or {}},
        refusal=refusal,
        theirs=organisation_fields.differing(typed, theirs) if refusal == "draft_changed" else [],
        opened=forms_organisation.number(request.args.get("mo", "")),
        places=clauses_of(consultation, typed),
        choices=quoting.choices(session, consultation),
        scans=organisation_scans.attachments_of(session, draft),
        writers=workspace.writers_of(session, draft),
        organisation=workspace.organisation_of(session, draft),
        invitation=workspace.invitation_of(session, consultation, draft.organisation_id),
    )


def _found(consultation: Consultation, draft_id: UUID) -> OrganisationDraft:
    return organisation_drafts.find(context.session(), consultation, draft_id, context.actor())


def _keep(consultation: Consultation, draft_id: UUID, typed: DraftContent) -> None:
    """Stores the text, and then a scan that was chosen. Raises Refused and Invalid."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    organisation_drafts.save(
        session, consultation, draft_id, typed, forms_organisation.version(request.form), actor, now
    )
    file = request.files.get("scan")
    if file is not None and file.filename:
        checked = scans.checked(file.read(), file.filename)
        kept = AttachmentInput(
            context.files().put(checked.data), checked.name, checked.media_type, len(checked.data), "scan"
        )
        organisation_scans.attach(session, consultation, draft_id, kept, actor, now)


def _reshaped(consultation: Consultation, typed: DraftContent, name: str, about: str) -> DraftContent:
    """With one comment more or fewer, when the button asks for it."""
    if name == "add":
        return typed.with_comment(_place(consultation, request.form.get("tai", "")))
    return typed.without_comment(int(about)) if name == "remove" and forms_organisation.digits(about) else typed


def _place(consultation: Consultation, chosen: str) -> str:
    """The place chosen as it is stored, with its revision; raises Invalid when there is none such."""
    try:
        return quoting.quoted(context.session(), consultation, anchors.parse(chosen), text=False).written
    except NotFound as unknown:
        raise Invalid({"tai": "unknown_place"}) from unknown


def _saved(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    flash("workspace.saved")
    return _on("drafting.edit", consultation, draft_id)


def _added(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    return _to_comment(consultation, draft_id, len(typed.comments) - 1)


def _to_comment(consultation: Consultation, draft_id: UUID, index: int) -> Any:
    return _on("drafting.edit", consultation, draft_id, _anchor=f"y-kien-{index + 1}", mo=index + 1)


def _narrowed(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    chosen = request.form.get("tai", "")
    try:
        clauses.parts(context.session(), consultation, chosen)
    except NotFound as unknown:
        raise Invalid({"tai": "without_clauses"}) from unknown
    return _on("drafting.narrow", consultation, draft_id, tai=chosen)


def _detached(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    scan_id = forms_organisation.key(about)
    if scan_id is None:
        raise NotFound
    organisation_scans.detach(context.session(), consultation, draft_id, scan_id, context.actor(), context.arrived_at())
    return _on("drafting.edit", consultation, draft_id, _anchor="field-scan")


def _handed_over(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    organisation_sending.hand_over(context.session(), consultation, draft_id, context.actor(), context.arrived_at())
    flash("workspace.handed_over")
    return _on("sending.check", consultation, draft_id)


def _checked(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    return _on("sending.check", consultation, draft_id)


def _discarding(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> Any:
    return _on("drafting.ask_discard", consultation, draft_id)


_STEPS: dict[str, Callable[[Consultation, UUID, DraftContent, str], Any]] = {
    "add": _added,
    "remove": _saved,
    "narrow": _narrowed,
    "detach": _detached,
    "hand_over": _handed_over,
    "check": _checked,
    "discard": _discarding,
}


def _on(endpoint: str, consultation: Consultation, draft_id: UUID, **values: Any) -> Any:
    return redirect(url_for(f"workspace.{endpoint}", slug=consultation.slug, draft_id=draft_id, **values), 303)
