"""Saving what was typed into an organisation's draft, by several people at once: nobody's words replace another's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.policy import Actor
from consult.workspace.content import DraftContent
from consult.workspace.content import read as read_content
from consult.workspace.drafts import changed, person, to_be_changed
from consult.workspace.models import DraftVersion, OrganisationDraft
from consult.workspace.versions import kept
from consult.workspace.versions.merging import Chosen, merged


@dataclass(frozen=True)
class Saved:
    """The draft as it is now. `waiting` is what was just saved where both changed one field: it is kept, and not in
    the draft until somebody has chosen."""

    draft: OrganisationDraft
    waiting: DraftVersion | None = None


def save(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    content: DraftContent,
    started_from: int,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Keeps what was typed as the next version, whatever is still missing in it, together with what others saved since
    the version it was `started_from`. Who saves it unchanged wrote nothing.

    Raises Refused: `already_sent`, or `draft_changed` for a version that never was.
    """
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        return _saved(session, draft, content, _version(session, draft, started_from), actor, now)


def settle(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    number: int,
    seen: int,
    chosen: Chosen,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Puts a version that waits together with the draft as it was `seen`, with what is to stand in the fields that
    both changed; what came since is put together with that. Done again it changes nothing. Raises NotFound, and Refused
    as `save` does, and `still_to_choose`."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        version = kept.find(session, draft, number)
        if not version.waits or version.settled_at is not None:
            return Saved(draft)
        result = kept.together(session, draft, version, seen, chosen)
        if result.conflicts:
            raise Refused("still_to_choose")
        version.settled_at = now
        return _saved(session, draft, result.content, kept.find(session, draft, seen), actor, now)


def leave(
    session: Session, consultation: Consultation, draft_id: UUID, number: int, actor: Actor, now: datetime
) -> OrganisationDraft:
    """A version that waits is not wanted in the draft; it stays among the versions. Raises as `settle` does."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        version = kept.find(session, draft, number)
        if version.waits and version.settled_at is None:
            version.settled_at = now
        return draft


def bring_back(
    session: Session, consultation: Consultation, draft_id: UUID, number: int, actor: Actor, now: datetime
) -> OrganisationDraft:
    """An earlier version as the next one; what stood there stays among the versions. Raises as `save` does, and
    NotFound."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        content = kept.read(kept.find(session, draft, number))
        if content != read_content(draft.content):
            changed(session, draft, content, actor, now).again = number
        return draft


def _version(session: Session, draft: OrganisationDraft, number: int) -> DraftVersion:
    try:
        return kept.find(session, draft, number)
    except NotFound as unknown:
        raise Refused("draft_changed") from unknown


def _saved(
    session: Session, draft: OrganisationDraft, typed: DraftContent, opened: DraftVersion, actor: Actor, now: datetime
) -> Saved:
    base, present = kept.read(opened), read_content(draft.content)
    content = kept.with_sources(typed, base, present)
    result = merged(base, content, present)
    if result.conflicts:
        version = kept.add(session, draft, content, opened.number, person(actor), now)
        version.waits = True
        return Saved(draft, version)
    if result.content != present:
        changed(session, draft, result.content, actor, now)
    return Saved(draft)
