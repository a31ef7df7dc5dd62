"""The versions of a draft: reading one, bringing it back, and putting together what two people wrote in one field."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.people.models import User
from consult.policy import Action
from consult.submissions.models import Submission
from consult.text import stored
from consult.web import context
from consult.web.guard import access
from consult.workspace import amending, drafts, fields, forms
from consult.workspace import content as organisation_content
from consult.workspace.models import DraftVersion, OrganisationDraft
from consult.workspace.shown import DRAFT, WRITTEN
from consult.workspace.versions import further, kept, saving
from consult.workspace.versions.merging import Conflict
from consult.workspace.versions.wording import Words, may_rewrite
from consult.workspace.views_frame import clauses_of, page

blueprint = Blueprint("versions", __name__)
ADDRESS = "/to-chuc/<slug>/ban-soan/<uuid:draft_id>/cac-ban/"
ONE = f"{ADDRESS}<int:number>/"
CHOICES = ("theirs", "mine", "own")


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def listed(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Every version that was saved of a draft, with what it changed."""
    draft = _found(consultation, draft_id)
    versions = kept.listed(context.session(), draft)
    contents = [organisation_content.read(draft.content), *(kept.read(one.version) for one in versions)]
    empty = organisation_content.DraftContent(comments=())
    changes = {
        one.version.number: fields.differing(kept.read(one.before) if one.before else empty, kept.read(one.version))
        for one in versions
    }
    words = Words(consultation, contents)
    return page(
        "versions/versions", consultation=consultation, draft=draft, versions=versions, changes=changes, words=words
    )


@blueprint.get(ONE)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def one(consultation: Consultation, draft_id: UUID, number: int) -> ResponseReturnValue:
    """One version, whole."""
    session, draft = context.session(), _found(consultation, draft_id)
    version = kept.find(session, draft, number)
    content = kept.read(version)
    return page(
        "versions/version",
        consultation=consultation,
        draft=draft,
        version=version,
        by=session.get_one(User, version.by_id).name,
        content=content,
        places=clauses_of(consultation, content),
        **_of_letter(consultation, draft),
    )


def _of_letter(consultation: Consultation, draft: OrganisationDraft) -> dict[str, Any]:
    """The letter that the draft became, and whether it may be amended and a further one prepared."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    if draft.submission_id is None:
        return {"letter": None}
    letter = session.get_one(Submission, (consultation.id, draft.submission_id))
    return {
        "letter": letter,
        "why_not_amend": amending.why_not(session, consultation, letter, actor, now),
        "why_not_further": drafts.why_not_start(session, consultation, draft.organisation_id, draft.kind, actor, now),
    }


@blueprint.post(f"{ONE}van-ban-moi/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, alone="a new draft")
def begin_further(consultation: Consultation, draft_id: UUID, number: int) -> ResponseReturnValue:
    """A further letter that begins with what a version says beyond the one that was sent."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    made = further.begin(session, consultation, draft_id, number, actor, now)
    flash("workspace.further_begun")
    return redirect(_of("workspace.drafting.edit", consultation, made.id), 303)


@blueprint.post(f"{ONE}lay-lai/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=DRAFT)
def bring_back(consultation: Consultation, draft_id: UUID, number: int) -> ResponseReturnValue:
    """Makes an earlier version the newest."""
    saving.bring_back(context.session(), consultation, draft_id, number, context.actor(), context.arrived_at())
    flash("workspace.brought_back")
    return redirect(_of("workspace.drafting.edit", consultation, draft_id), 303)


@blueprint.get(f"{ONE}ghep/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def choose(consultation: Consultation, draft_id: UUID, number: int) -> ResponseReturnValue:
    """The fields that two people changed, with both texts and the one before; what is chosen already goes on."""
    draft = _found(consultation, draft_id)
    version = kept.find(context.session(), draft, number)
    if not version.waits or version.settled_at is not None or draft.submission_id is not None:
        return redirect(_of("workspace.versions.listed", consultation, draft_id), 303)
    return _choosing(consultation, draft, version, draft.version)


@blueprint.post(f"{ONE}ghep/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=WRITTEN)
def settle(consultation: Consultation, draft_id: UUID, number: int) -> ResponseReturnValue:
    """Puts them together as was chosen. Where somebody has saved one of these fields meanwhile, it is asked anew."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    draft = _found(consultation, draft_id)
    if request.form.get("do") == "leave":
        saving.leave(session, consultation, draft_id, number, actor, now)
        flash("workspace.left_aside")
        endpoint = "workspace.versions.listed" if draft.submission_id else "workspace.drafting.edit"
        return redirect(_of(endpoint, consultation, draft_id), 303)
    version, seen = kept.find(session, draft, number), forms.version(request.form)
    conflicts = kept.together(session, draft, version, seen).conflicts
    chosen, errors = _chosen(conflicts)
    if errors:
        return _choosing(consultation, draft, version, seen, 422, errors=errors)
    try:
        saved = saving.settle(session, consultation, draft_id, number, seen, chosen, actor, now)
    except Refused as refused:
        return _choosing(consultation, draft, version, seen, 409, refusal=refused.reason)
    return after(consultation, saved)


def after(consultation: Consultation, saved: saving.Saved) -> ResponseReturnValue:
    """The way on once a draft is saved: to what is still to be chosen, to what could only be kept beside it, or back to
    writing."""
    if saved.waiting is not None and saved.why_not:
        flash(f"reason.{saved.why_not}", "warning")
        flash("workspace.kept_beside")
        address = _of("workspace.versions.one", consultation, saved.draft.id, number=saved.waiting.number)
        return redirect(address, 303)
    if saved.waiting is not None:
        address = _of("workspace.versions.choose", consultation, saved.draft.id, number=saved.waiting.number)
        return redirect(address, 303)
    flash("workspace.saved")
    return redirect(_of("workspace.drafting.edit", consultation, saved.draft.id), 303)


def _chosen(conflicts: tuple[Conflict, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """What is to stand in each field, and what is still open. Whoever wrote a third wording and chose another one is
    asked which they meant."""
    chosen, errors = {}, {}
    for place, conflict in enumerate(conflicts):
        pick, own = request.form.get(f"pick.{place}", ""), stored(request.form.get(f"own.{place}", ""))
        touched = may_rewrite(conflict) and own.strip() not in {"", conflict.mine.strip()}
        if pick not in CHOICES or (pick == "own" and not may_rewrite(conflict)):
            errors[f"pick.{place}"] = "required"
        elif touched and pick != "own":
            errors[f"pick.{place}"] = "written_but_not_chosen"
        else:
            chosen[conflict.name] = {"theirs": conflict.theirs, "mine": conflict.mine, "own": own}[pick]
    return chosen, errors


def _choosing(
    consultation: Consultation, draft: OrganisationDraft, version: DraftVersion, seen: int, status: int = 200,
    **told: Any,
) -> ResponseReturnValue:  # fmt: skip
    session = context.session()
    theirs = kept.find(session, draft, seen)
    result = kept.together(session, draft, version, seen)
    return page(
        "versions/put_together",
        status,
        **{"errors": {}, "refusal": "", **told},
        consultation=consultation,
        draft=draft,
        version=version,
        seen=seen,
        theirs=theirs,
        conflicts=result.conflicts,
        words=Words(consultation, [kept.read(theirs), kept.read(version)]),
        may_rewrite=may_rewrite,
        form=request.form,
        names={one.id: session.get_one(User, one.by_id).name for one in (version, theirs)},
    )


def _of(endpoint: str, consultation: Consultation, draft_id: UUID, **values: Any) -> str:
    return url_for(endpoint, slug=consultation.slug, draft_id=draft_id, **values)


def _found(consultation: Consultation, draft_id: UUID) -> OrganisationDraft:
    return drafts.find(context.session(), consultation, draft_id, context.actor())
