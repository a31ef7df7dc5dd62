"""What each button of a draft does, once what was typed is kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.files import letter_scans
from consult.submissions import anchors
from consult.submissions.form import quotes
from consult.submissions.inputs import AttachmentInput
from consult.web import context
from consult.workspace import clauses, draft_scans, forms, sending
from consult.workspace.content import DraftContent
from consult.workspace.points import Point
from consult.workspace.reviewing import notes, review
from consult.workspace.versions import saving
from consult.workspace.versions.saving import Saved


def keep(consultation: Consultation, draft_id: UUID, typed: DraftContent) -> Saved:
    """Stores the text and the internal remarks, and then a scan that was chosen, unless the draft takes nothing any
    more. Raises Refused and Invalid."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    saved = saving.save(session, consultation, draft_id, typed, forms.version(request.form), actor, now)
    notes.add(session, consultation, draft_id, forms.notes(request.form), actor, now)
    file = request.files.get("scan")
    if file is not None and file.filename and saved.why_not:
        flash("workspace.scan_left", "warning")
    elif file is not None and file.filename:
        checked = letter_scans.checked(file.read(), file.filename)
        kept = AttachmentInput(
            context.files().put(checked.data), checked.name, checked.media_type, len(checked.data), "scan"
        )
        draft_scans.attach(session, consultation, draft_id, kept, actor, now, letter_scans.signatures(checked))
    return saved


def reshaped(consultation: Consultation, typed: DraftContent, name: str, about: str) -> DraftContent:
    """With one comment more or fewer, or about what its clause is in the newest draft, when the button asks for it."""
    if name == "add":
        return typed.with_points(Point(place(consultation, request.form.get("tai", ""))))
    if name in MOVES:
        return typed.moved(about, MOVES[name])
    if name in ("move", "move_all"):
        moving = [one.key for one in typed.comments if f"den-{one.key}" in request.form and about in ("", one.key)]
        return typed.about({one: place(consultation, request.form[f"den-{one}"]) for one in moving})
    return typed.without_point(about) if name == "remove" else typed


def place(consultation: Consultation, chosen: str) -> str:
    """The place chosen as it is stored, with its revision; raises Invalid when there is none such."""
    try:
        return quotes.quoted(context.session(), consultation, anchors.parse(chosen), text=False).written
    except NotFound as unknown:
        raise Invalid({"tai": "unknown_place"}) from unknown


def saved(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    """Only kept: the same page again."""
    flash("workspace.saved")
    return on("drafting.edit", consultation, draft_id)


def _added(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    """The form with the point opened that was added, wherever those of others put it."""
    return to_comment(consultation, draft_id, typed.comments[-1].key)


def _moved(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    return to_comment(consultation, draft_id, about)


def to_comment(consultation: Consultation, draft_id: UUID, key: str) -> ResponseReturnValue:
    """The form with the point of this name opened."""
    return on("drafting.edit", consultation, draft_id, _anchor=f"y-kien-{key}", mo=key)


def _narrowed(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    chosen = request.form.get("tai", "")
    try:
        clauses.parts(context.session(), consultation, chosen)
    except NotFound as unknown:
        raise Invalid({"tai": "without_clauses"}) from unknown
    return on("drafting.narrow", consultation, draft_id, tai=chosen)


def _detached(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    scan_id = forms.key(about)
    if scan_id is None:
        raise NotFound
    draft_scans.detach(context.session(), consultation, draft_id, scan_id, context.actor(), context.arrived_at())
    return on("drafting.edit", consultation, draft_id, _anchor="field-scan")


def _handed_over(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    sending.hand_over(context.session(), consultation, draft_id, context.actor(), context.arrived_at())
    flash("workspace.handed_over")
    return on("sending.check", consultation, draft_id)


def _note_done(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    note_id = forms.key(about)
    if note_id is None:
        raise NotFound
    notes.done(context.session(), consultation, draft_id, note_id, context.actor(), context.arrived_at())
    return on("drafting.edit", consultation, draft_id, _anchor=f"ghi-chu-{note_id}")


def _review_asked(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    review.ask(context.session(), consultation, draft_id, context.actor(), context.arrived_at())
    flash("workspace.review_asked")
    return on("sending.check", consultation, draft_id)


def _checked(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    return on("sending.check", consultation, draft_id)


def _discarding(consultation: Consultation, draft_id: UUID, typed: DraftContent, about: str) -> ResponseReturnValue:
    return on("drafting.ask_discard", consultation, draft_id)


MOVES = {"up": -1, "down": 1}
STEPS: dict[str, Callable[[Consultation, UUID, DraftContent, str], ResponseReturnValue]] = {
    "add": _added,
    "remove": saved,
    "up": _moved,
    "down": _moved,
    "move": _moved,
    "move_all": saved,
    "narrow": _narrowed,
    "detach": _detached,
    "note_done": _note_done,
    "ask_review": _review_asked,
    "hand_over": _handed_over,
    "check": _checked,
    "discard": _discarding,
}


def on(endpoint: str, consultation: Consultation, draft_id: UUID, **values: Any) -> ResponseReturnValue:
    """The way on to another page of the same draft."""
    return redirect(url_for(f"workspace.{endpoint}", slug=consultation.slug, draft_id=draft_id, **values), 303)
