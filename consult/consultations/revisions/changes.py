"""What changed between two revisions of a document, neighbours or not: each provision with what became of it.

Matches are stored between neighbours. What lies further apart is joined through all revisions between, so that what
an officer corrected by hand counts there too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import WORDS_OF_PROVISION, Provision, ProvisionMatch, Revision
from consult.consultations.revisions.change_groups import Draft, ProvisionChange, Steps, closure, grouped
from consult.consultations.revisions.successors import Line
from consult.consultations.words import MatchKind


@dataclass(frozen=True)
class Changes:
    """Everything between two revisions: `all` in the order of the new one, what was removed where it stood."""

    old: Draft
    new: Draft
    all: tuple[ProvisionChange, ...]
    later: Steps
    earlier: Steps

    @property
    def told(self) -> list[ProvisionChange]:
        """The changes, each provision that came or went with its parts once."""
        return [change for change in self.all if change.is_change]

    @property
    def unchanged(self) -> int:
        """How many provisions stayed as they were."""
        kept = {MatchKind.UNCHANGED, MatchKind.MOVED, MatchKind.RENUMBERED}
        return sum(not change.is_change and change.kind in kept for change in self.all)

    def lineage(self, change: ProvisionChange) -> set[UUID]:
        """The provisions of all revisions from the old to the new that a change is about."""
        return closure((*change.olds, *change.below), self.later) | closure((*change.news, *change.below), self.earlier)


def changes(session: Session, line: Line) -> Changes:
    """What changed from the first revision of `line` to its last, in three statements."""
    old, new = _draft(session, line[0]), _draft(session, line[-1])
    rows = _matches(session, line)
    later: dict[UUID, list[UUID]] = {}
    earlier: dict[UUID, list[UUID]] = {}
    for row in rows:
        if row.old_id is not None and row.new_id is not None:
            later.setdefault(row.old_id, []).append(row.new_id)
            earlier.setdefault(row.new_id, []).append(row.old_id)
    corrected = {one for row in rows if row.corrected_at for one in (row.old_id, row.new_id) if one is not None}
    kinds = {(row.old_id, row.new_id): row.kind for row in rows} if len(line) == 2 else {}
    return Changes(old, new, tuple(grouped(old, new, later, kinds, corrected)), later, earlier)


def _draft(session: Session, revision: Revision) -> Draft:
    rows = session.execute(
        select(*WORDS_OF_PROVISION)
        .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
        .order_by(Provision.position)
    )
    return Draft(revision, {row.id: row for row in rows})


def _matches(session: Session, line: Line) -> Sequence[Any]:
    match = ProvisionMatch
    return session.execute(
        select(match.old_id, match.new_id, match.kind, match.corrected_at).where(
            match.consultation_id == line[0].consultation_id, match.new_revision_id.in_([one.id for one in line[1:]])
        )
    ).all()
