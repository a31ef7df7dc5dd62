"""Saving what was typed into an organisation's draft, by several people at once: nobody's words replace another's."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.policy import Actor
from consult.workspace.content import DraftContent
from consult.workspace.content import read as read_content
from consult.workspace.drafts import body_of, changed, find, find_any, note_writer, person, to_be_changed
from consult.workspace.models import DraftVersion, OrganisationDraft
from consult.workspace.versions import kept
from consult.workspace.versions.merging import Chosen, Merged, merged


@dataclass(frozen=True)
class Saved:
    """The draft as it is now. `waiting` is what was just saved where both changed one field: it is kept, and not in
    the draft until somebody has chosen. `why_not` is the reason why the draft took nothing: what was typed is kept as
    `waiting` too. `back` says that it had been put away meanwhile, and is there again."""

    draft: OrganisationDraft
    waiting: DraftVersion | None = None
    why_not: str = ""
    back: bool = False


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

    What was typed while a colleague sent the draft, or until the time was over, is kept beside it (`why_not`); what was
    typed while one put it away brings it back. Raises Refused: with the reason of `to_be_changed` where nothing was
    typed, or `draft_changed` for a version that never was; and NotFound.
    """
    with writing(session, consultation.id):
        draft = find_any(session, consultation, draft_id, actor)
        opened = _version(session, draft, started_from)
        typed = kept.with_sources(content, kept.read(opened), read_content(draft.content))
        says_more = _together(draft, typed, opened) != Merged(read_content(draft.content))
        back = draft.discarded_at is not None and says_more
        draft.discarded_at = None if back else draft.discarded_at
        try:
            to_be_changed(session, consultation, draft_id, actor, now)
        except Refused as refused:
            if not says_more:
                raise
            return Saved(draft, _beside(session, draft, typed, opened, actor, now), refused.reason, back)
        return replace(_saved(session, draft, typed, opened, actor, now), back=back)


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
        note_writer(session, draft, version.by_id, now)
        return _saved(session, draft, result.content, kept.find(session, draft, seen), actor, now)


def leave(
    session: Session, consultation: Consultation, draft_id: UUID, number: int, actor: Actor, now: datetime
) -> OrganisationDraft:
    """A version that waits is not wanted, in the draft or beside what was sent; it stays among the versions. Raises
    NotFound."""
    with writing(session, consultation.id):
        draft = find(session, consultation, draft_id, actor)
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
        version = kept.find(session, draft, number)
        content = kept.read(version)
        if content != read_content(draft.content):
            changed(session, draft, content, actor, now).again = number
            note_writer(session, draft, version.by_id, now)
        return draft


def _version(session: Session, draft: OrganisationDraft, number: int) -> DraftVersion:
    try:
        return kept.find(session, draft, number)
    except NotFound as unknown:
        raise Refused("draft_changed") from unknown


def _saved(
    session: Session, draft: OrganisationDraft, typed: DraftContent, opened: DraftVersion, actor: Actor, now: datetime
) -> Saved:
    result = _together(draft, typed, opened)
    if result.conflicts:
        return Saved(draft, _beside(session, draft, typed, opened, actor, now))
    if result.content != read_content(draft.content) or body_of(session, draft, now).id != draft.organisation_id:
        changed(session, draft, result.content, actor, now)
    return Saved(draft)


def _together(draft: OrganisationDraft, typed: DraftContent, opened: DraftVersion) -> Merged:
    return merged(kept.read(opened), typed, read_content(draft.content))


def _beside(
    session: Session, draft: OrganisationDraft, typed: DraftContent, opened: DraftVersion, actor: Actor, now: datetime
) -> DraftVersion:
    """What was typed as a version that waits; the same one where the same person pressed again."""
    for version, user in kept.waiting(session, draft):
        if (user.id, version.based_on) == (person(actor), opened.number) and kept.read(version) == typed:
            return version
    made = kept.add(session, draft, typed, opened.number, person(actor), now)
    made.waits = True
    return made
