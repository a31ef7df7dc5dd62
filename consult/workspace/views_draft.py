"""Writing a draft: every button keeps what was typed first, so that nothing is lost whatever comes after."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import deadlines, queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.people.heirs import with_predecessors
from consult.people.models import Organisation, User
from consult.people.organisations import letter_place, numbers_letters
from consult.policy import Action
from consult.submissions import anchors
from consult.submissions.form import quotes
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import access
from consult.workspace import clauses, draft_scans, drafts, forms, sent_letters, views_steps
from consult.workspace import content as organisation_content
from consult.workspace import overview as workspace
from consult.workspace.content import DraftContent
from consult.workspace.models import OrganisationDraft
from consult.workspace.papers import draft_papers
from consult.workspace.points import Point
from consult.workspace.reviewing import notes, review
from consult.workspace.shown import DRAFT, WRITTEN
from consult.workspace.versions import kept, presence
from consult.workspace.versions import views as views_versions
from consult.workspace.views_frame import field_label, page, places_of

blueprint = Blueprint("drafting", __name__)
ADDRESS = "/to-chuc/<slug>/ban-soan/<uuid:draft_id>/"


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def edit(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """The draft as it was last kept."""
    draft = _found(consultation, draft_id)
    if draft.submission_id is not None:
        return views_steps.on("sending.check", consultation, draft_id)
    return editing(consultation, draft, organisation_content.read(draft.content))


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=WRITTEN)
def step(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Keeps what was typed, then does what the button says."""
    draft = drafts.find_any(context.session(), consultation, draft_id, context.actor())
    typed, (name, about) = forms.content(request.form), forms.step(request.form)
    try:
        typed = views_steps.reshaped(consultation, typed, name, about)
        saved = views_steps.keep(consultation, draft_id, typed)
        if saved.back:
            flash("workspace.back_again", "warning")
        if saved.waiting is not None:
            return views_versions.after(consultation, saved)
        return views_steps.STEPS.get(name, views_steps.saved)(consultation, draft_id, typed, about)
    except Invalid as invalid:
        return editing(consultation, draft, typed, 422, errors=invalid.errors)
    except Refused as refused:
        return editing(consultation, draft, typed, 409, refusal=refused.reason)


@blueprint.get(ADDRESS + "chon/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def narrow(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """The parts of an article, to comment on exactly one of them."""
    draft, chosen = _found(consultation, draft_id), request.args.get("tai", "")
    found = clauses.parts(context.session(), consultation, chosen)
    named = [(anchor, f"{anchors.label(path, say)}: {words}") for anchor, path, words in found]
    content = organisation_content.read(draft.content)
    return page("narrow", consultation=consultation, draft=draft, parts=named, content=content)


@blueprint.post(ADDRESS + "chon/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=WRITTEN)
def pick(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """One more comment, about the part that was chosen."""
    chosen = Point(views_steps.place(consultation, request.form.get("tai", "")))
    draft = drafts.add_points(
        context.session(), consultation, draft_id, [chosen], context.actor(), context.arrived_at()
    )
    return views_steps.to_comment(consultation, draft_id, draft.content["comments"][-1]["key"])


@blueprint.get(ADDRESS + "bo/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def ask_discard(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Asks once more before a draft is put away."""
    return page("discard", consultation=consultation, draft=_found(consultation, draft_id))


@blueprint.post(ADDRESS + "bo/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=DRAFT)
def discard(consultation: Consultation, draft_id: UUID) -> ResponseReturnValue:
    """Puts it away."""
    draft = _found(consultation, draft_id)
    organisation_id = draft.organisation_id
    drafts.discard(context.session(), consultation, draft_id, context.actor(), context.arrived_at())
    flash("workspace.discarded")
    return redirect(url_for("workspace.home", organisation_id=organisation_id), 303)


@blueprint.get(ADDRESS + "tep/<uuid:attachment_id>/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def scan(consultation: Consultation, draft_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """A scan on the draft, as a download that no browser opens in the site's name."""
    draft = _found(consultation, draft_id)
    found = draft_scans.attachment_of(context.session(), draft, attachment_id)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


def editing(
    consultation: Consultation,
    draft: OrganisationDraft,
    typed: DraftContent,
    status: int = 200,
    errors: dict[str, str] | None = None,
    refusal: str = "",
) -> ResponseReturnValue:
    """The form with what was typed, and who else is writing."""
    session = context.session()
    body = session.get_one(Organisation, draft.organisation_id)
    return page(
        "edit",
        status,
        consultation=consultation,
        draft=draft,
        content=typed,
        errors=errors or {},
        labels={name: field_label(name) for name in errors or {}},
        numbered=numbers_letters(body.kind, body.level),
        letter_place=letter_place(body) or body.name,
        refusal=refusal,
        here=_here(draft),
        notes=notes.notes_of(session, draft),
        notes_typed=forms.notes(request.form),
        **review.told(session, draft, context.arrived_at()),
        waiting=kept.waiting(session, draft),
        opened=request.args.get("mo", ""),
        **places_of(consultation, typed),
        choices=quotes.choices(session, consultation, say),
        scans=(scans := draft_scans.attachments_of(session, draft)),
        signatures=draft_scans.signatures_of(session, scans),
        writers=workspace.writers_of(session, draft),
        papers=draft_papers.named(consultation, draft.kind, organisation_content.read(draft.content).form),
        front=deadlines.front_days(consultation),
        organisation=body,
        heir=drafts.body_of(session, draft, context.arrived_at()),
        **_letters(consultation, draft),
    )


def _letters(consultation: Consultation, draft: OrganisationDraft) -> dict[str, Any]:
    """By which letter the body was asked, and what it has sent in the matter already."""
    session, body = context.session(), draft.organisation_id
    before = with_predecessors(session, body, clock.local_day(context.arrived_at()))
    return {
        "invitation": workspace.invitation_of(session, consultation, body, before),
        "already": sent_letters.of_matter(session, body, consultation, before),
    }


def _found(consultation: Consultation, draft_id: UUID) -> OrganisationDraft:
    return drafts.find(context.session(), consultation, draft_id, context.actor())


def _here(draft: OrganisationDraft) -> list[tuple[str, datetime]]:
    """Who else has opened the draft in the last minutes, by name."""
    file = current_app.config["RATE_LIMIT_FILE"].with_name("presence.sqlite")
    others = presence.open_by(file, draft.id, drafts.person(context.actor()), context.arrived_at())
    return [(context.session().get_one(User, who).name, at) for who, at in others]
