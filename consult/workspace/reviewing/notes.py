"""Internal remarks on the points of a draft, and on the letter as a whole: for the people of the body alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.people.models import User
from consult.policy import Actor
from consult.submissions.inputs import TEXT_LIMIT
from consult.text import blank, stored
from consult.workspace.drafts import find, person
from consult.workspace.models import DraftNote, OrganisationDraft

LETTER = "letter"
"""What the letter as a whole is called among the points, in forms."""


@dataclass(frozen=True)
class Note:
    """A remark with the names of who made it and who marked it done."""

    note: DraftNote
    by: str
    done_by: str


def add(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    typed: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Keeps the remarks that were typed, by the names of the points. What stands there from the same person in the same
    words and is not done is not said twice. Raises NotFound, and Invalid for one that is too long."""
    said = {point: stored(text).strip() for point, text in typed.items() if not blank(text)}
    if errors := {f"note.{point}": "too_long" for point, text in said.items() if len(text) > TEXT_LIMIT}:
        raise Invalid(errors)
    if not said:
        return
    with writing(session, consultation.id):
        draft, author = find(session, consultation, draft_id, actor), person(actor)
        there = {(one.point, one.text) for one in _of(session, draft) if one.by_id == author and one.done_at is None}
        for point, text in said.items():
            where = "" if point == LETTER else point
            if (where, text) not in there:
                session.add(
                    DraftNote(
                        consultation_id=consultation.id,
                        id=new_id(),
                        draft_id=draft.id,
                        point=where,
                        text=text,
                        at=now,
                        by_id=author,
                    )
                )


def done(
    session: Session, consultation: Consultation, draft_id: UUID, note_id: UUID, actor: Actor, now: datetime
) -> None:
    """A remark is dealt with; again changes nothing. Raises NotFound."""
    with writing(session, consultation.id):
        draft = find(session, consultation, draft_id, actor)
        found = session.get(DraftNote, (consultation.id, note_id))
        if found is None or found.draft_id != draft.id:
            raise NotFound
        if found.done_at is None:
            found.done_at, found.done_by_id = now, person(actor)


def notes_of(session: Session, draft: OrganisationDraft) -> dict[str, list[Note]]:
    """The remarks by point, `LETTER` for the letter as a whole, the first first."""
    marked = aliased(User)
    rows = session.execute(
        select(DraftNote, User.name, marked.name)
        .join(User, User.id == DraftNote.by_id)
        .outerjoin(marked, marked.id == DraftNote.done_by_id)
        .where(DraftNote.consultation_id == draft.consultation_id, DraftNote.draft_id == draft.id)
        .order_by(DraftNote.at, DraftNote.id)
    )
    found: dict[str, list[Note]] = {}
    for note, by, done_by in rows:
        found.setdefault(note.point or LETTER, []).append(Note(note, by, done_by or ""))
    return found


def _of(session: Session, draft: OrganisationDraft) -> list[DraftNote]:
    of_draft = (DraftNote.consultation_id == draft.consultation_id, DraftNote.draft_id == draft.id)
    return list(session.scalars(select(DraftNote).where(*of_draft)))
