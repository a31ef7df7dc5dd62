"""From revision to revision: which provisions of earlier drafts a provision comes from, and what became of an old one.

Matches stand between neighbours only; what lies further apart is joined through all revisions between, in SQL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, select, union_all
from sqlalchemy.orm import Session, aliased

from consult.consultations.document_models import Provision, ProvisionMatch, Revision

Line = Sequence[Revision]
"""Public revisions of one document that follow one another, the oldest first."""


@dataclass(frozen=True)
class Place:
    """A provision of one revision."""

    revision: int
    provision_id: UUID
    path: str


def line_to(session: Session, revision: Revision) -> list[Revision]:
    """The public revisions of the document up to `revision`, in one statement."""
    return _line(session, revision, Revision.number <= revision.number)


def line_from(session: Session, revision: Revision) -> list[Revision]:
    """The public revisions of the document from `revision` to the newest, in one statement."""
    return _line(session, revision, Revision.number >= revision.number)


def descent(line: Line) -> Select[*tuple[Any, ...]]:
    """Pairs of ids (`forebear_id`, `heir_id`) from the first revision of `line` to its last; at least two."""
    steps = [aliased(ProvisionMatch) for _ in line[1:]]
    statement = select(
        steps[0].old_id.label("forebear_id"), steps[-1].new_id.label("heir_id"), steps[0].old_revision_id
    ).where(
        steps[0].consultation_id == line[0].consultation_id,
        steps[0].new_revision_id == line[1].id,
        steps[0].old_id.is_not(None),
        steps[-1].new_id.is_not(None),
    )
    for before, step, revision in zip(steps, steps[1:], line[2:], strict=False):
        statement = statement.join(
            step,
            and_(
                step.consultation_id == before.consultation_id,
                step.new_revision_id == revision.id,
                step.old_id == before.new_id,
            ),
        )
    return statement.distinct()


def ancestry(line: Line) -> CompoundSelect[Any]:
    """The same from every earlier revision of `line` to its last: what all provisions of the last one come from."""
    return union_all(*(descent(line[start:]) for start in range(len(line) - 1)))


def forebears_of(consultation_id: UUID, provisions: Select[UUID]) -> Select[UUID]:
    """The ids of everything in earlier revisions that `provisions` (ids) come from, as a part of a statement."""
    match = ProvisionMatch
    first = select(match.old_id.label("id")).where(
        match.consultation_id == consultation_id, match.new_id.in_(provisions), match.old_id.is_not(None)
    )
    found = first.cte(recursive=True)
    before = (
        select(match.old_id)
        .join(found, match.new_id == found.c.id)
        .where(match.consultation_id == consultation_id, match.old_id.is_not(None))
    )
    return select(found.union(before).c.id)


def heirs_of(consultation_id: UUID, provisions: Select[Any]) -> Select[UUID]:
    """The same the other way: everything in later revisions that came of them."""
    match = ProvisionMatch
    first = select(match.new_id.label("id")).where(
        match.consultation_id == consultation_id, match.old_id.in_(provisions), match.new_id.is_not(None)
    )
    found = first.cte(recursive=True)
    after = (
        select(match.new_id)
        .join(found, match.old_id == found.c.id)
        .where(match.consultation_id == consultation_id, match.new_id.is_not(None))
    )
    return select(found.union(after).c.id)


def heirs(session: Session, revision: Revision, provision_ids: Iterable[UUID]) -> dict[UUID, list[Place]]:
    """What became of provisions of `revision` in the newest public one, in two statements; what was removed, or is of
    the newest itself, is not in it."""
    line, wanted = line_from(session, revision), list(provision_ids)
    if len(line) < 2 or not wanted:
        return {}
    pairs = descent(line).subquery()
    rows = session.execute(
        select(pairs.c.forebear_id, Provision.id, Provision.path)
        .join(Provision, and_(Provision.consultation_id == revision.consultation_id, Provision.id == pairs.c.heir_id))
        .where(pairs.c.forebear_id.in_(wanted))
        .order_by(Provision.position)
    )
    found: dict[UUID, list[Place]] = {}
    for forebear_id, heir_id, path in rows:
        found.setdefault(forebear_id, []).append(Place(line[-1].number, heir_id, path))
    return found


def _line(session: Session, revision: Revision, which: Any) -> list[Revision]:
    return list(
        session.scalars(
            select(Revision)
            .where(
                Revision.consultation_id == revision.consultation_id,
                Revision.document_id == revision.document_id,
                Revision.published_at.is_not(None),
                which,
            )
            .order_by(Revision.number)
        )
    )
