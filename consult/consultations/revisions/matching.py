"""What became of each provision in the next revision: computed before any transaction, then stored row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.comparison import compare
from consult.consultations.document_models import Provision, ProvisionMatch, Revision
from consult.consultations.files import provision_rows
from consult.consultations.matter import queries
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents
from consult.consultations.words import MatchKind
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.policy import Action, Actor, require


@dataclass(frozen=True)
class Computed:
    """The matches of a revision as rows, from its outline as it stood after `corrections` corrections."""

    corrections: int
    rows: list[dict[str, Any]]


def match_revision(
    session: Session, consultation: Consultation, revision: Revision, actor: Actor, now: datetime
) -> None:
    """Compares a revision that is not public yet with the one before it, anew: what was corrected by hand is gone.

    Raises NotFound for a first revision, Refused("outline_changed" | "already_published" | the policy's reason).
    """
    person(actor)
    key = (revision.consultation_id, revision.id)
    computed = compute(session, revision)
    if computed is None:
        raise NotFound
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        fresh = session.get(Revision, key)
        if fresh is None:
            raise Refused("outline_changed")
        if fresh.published_at is not None:
            raise Refused("already_published")
        forget(session, fresh)
        store(session, fresh, computed)


def compute(session: Session, revision: Revision) -> Computed | None:
    """The matches of a revision with the one before it, from their texts; None for a first one."""
    before = previous(session, revision)
    if before is None:
        return None
    corrections = documents.how_many_corrections(session, revision)
    old, new = queries.provisions_of(session, before), queries.provisions_of(session, revision)
    found = compare(provision_rows.tree_of(old), provision_rows.tree_of(new))
    old_ids, new_ids = _ids(old), _ids(new)
    # What stands inside the cells of a table has a path, but is no provision of its own.
    pairs = [(one.old or "", one.new or "", MatchKind(one.kind), one.similarity) for one in found.matches]
    made: list[tuple[UUID | None, UUID | None, MatchKind, float]] = [
        (old_ids[one], new_ids[other], kind, similarity)
        for one, other, kind, similarity in pairs
        if one in old_ids and other in new_ids
    ]
    made += [(None, new_ids[path], MatchKind.ADDED, 0.0) for path in found.added if path in new_ids]
    made += [(old_ids[path], None, MatchKind.REMOVED, 0.0) for path in found.removed if path in old_ids]
    return Computed(corrections, [_row(before, revision, *one) for one in made])


def store(session: Session, revision: Revision, computed: Computed) -> None:
    """Writes matches inside a transaction; raises Refused("outline_changed") when the outline is another by now."""
    if documents.how_many_corrections(session, revision) != computed.corrections:
        raise Refused("outline_changed")
    if computed.rows:
        session.execute(insert(ProvisionMatch), computed.rows)


def forget(session: Session, revision: Revision) -> None:
    """Deletes the matches of a revision with the one before it."""
    session.execute(
        delete(ProvisionMatch)
        .where(
            ProvisionMatch.consultation_id == revision.consultation_id, ProvisionMatch.new_revision_id == revision.id
        )
        .execution_options(synchronize_session=False)
    )


def is_matched(session: Session, revision: Revision) -> bool:
    """Whether the matches of a revision are stored."""
    return session.scalar(select(ProvisionMatch.id).where(*of_revision(revision)).limit(1)) is not None


def of_revision(revision: Revision) -> tuple[Any, Any]:
    """The conditions for the matches of a revision."""
    return (
        ProvisionMatch.consultation_id == revision.consultation_id,
        ProvisionMatch.new_revision_id == revision.id,
    )


def previous(session: Session, revision: Revision) -> Revision | None:
    """The revision before this one."""
    return session.scalar(
        select(Revision).where(
            Revision.consultation_id == revision.consultation_id,
            Revision.document_id == revision.document_id,
            Revision.number == revision.number - 1,
        )
    )


def _ids(provisions: Sequence[Provision]) -> dict[str, UUID]:
    return {provision.path: provision.id for provision in provisions}


def _row(
    before: Revision, revision: Revision, old_id: UUID | None, new_id_: UUID | None, kind: MatchKind, similarity: float
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "consultation_id": revision.consultation_id,
        "old_revision_id": before.id,
        "new_revision_id": revision.id,
        "old_id": old_id,
        "new_id": new_id_,
        "kind": kind,
        "similarity": similarity,
    }
