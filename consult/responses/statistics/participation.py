"""Who took part in a matter, counted: comments by day and clause, people by kind and commune, joiners apart.

Comments are counted as they are listed: the number, day and clause of each are public at once (docs/ledger.md). People
are told in numbers of five and more only (`suppression`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import String, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from consult.consultations.document_models import Document, Revision
from consult.consultations.revisions.lineages import Lineages, drafts_expression, lineages
from consult.people.models import Area, AreaSuccession
from consult.responses.statistics.suppression import LEAST, Cell, suppressed
from consult.submissions.anchors import NamedPlace
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import SubmissionKind

MOST_PLACES = 12


class LocalDay(FunctionElement[str]):
    """The local day (YYYY-MM-DD, Asia/Ho_Chi_Minh) of a moment in the database."""

    type = String()
    inherit_cache = True
    name = "local_day"


@compiles(LocalDay)
def _on_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    # It has no time zones; that of Việt Nam has been seven hours ahead all along.
    return f"date({compiler.process(element.clauses, **given)}, '+7 hours')"


@compiles(LocalDay, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **given: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **given)} AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')"


@dataclass(frozen=True)
class Place:
    """How many comments one place has: a clause through all drafts, a document, or the whole matter. `names` are where
    it stood in each draft in which it was commented on, the newest first."""

    names: tuple[NamedPlace, ...]
    comments: int

    @property
    def document(self) -> int:
        """The number of its document; 0 is the whole matter."""
        return self.names[0].document

    @property
    def path(self) -> str:
        """Its path in the newest draft in which it was commented on."""
        return self.names[0].path


@dataclass(frozen=True)
class CommuneCount:
    """How many people of one commune wrote; without a name those who gave none."""

    name: str
    people: Cell
    area_id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Participation:
    """All that is told. `places` are those with most comments, `elsewhere` the comments on all others; `people` are the
    citizens' submissions. `areas` is None when telling them would tell of too few. `tellable` are the areas of which it
    may be told that five people or more wrote."""

    comments: int
    joiners: int
    days: list[tuple[date, int]]
    places: list[Place]
    elsewhere: int
    people: Cell
    letters: int
    critiques: int
    areas: list[CommuneCount] | None
    tellable: frozenset[UUID] = frozenset()


def participation(session: Session, consultation_id: UUID) -> Participation:
    """What there is to tell of a matter, in four statements, and three more where a document has several drafts."""
    days = _days(session, consultation_id)
    comments = sum(count for _day, count in days)
    places = _places(session, consultation_id)
    kinds, joiners = _kinds(session, consultation_id)
    people = kinds.get(SubmissionKind.COMMENT, 0)
    areas, tellable = _areas(session, consultation_id) if people >= LEAST else (None, frozenset[UUID]())
    return Participation(
        comments=comments,
        joiners=joiners,
        days=days,
        places=places,
        elsewhere=comments - sum(place.comments for place in places),
        people=Cell(None, few=True) if 0 < people < LEAST else Cell(people),
        letters=kinds.get(SubmissionKind.FORMAL, 0),
        critiques=kinds.get(SubmissionKind.CRITIQUE, 0),
        areas=areas,
        tellable=tellable,
    )


def _days(session: Session, consultation_id: UUID) -> list[tuple[date, int]]:
    day = LocalDay(Comment.received_at)
    rows = session.execute(
        select(day, func.count()).where(Comment.consultation_id == consultation_id).group_by(day).order_by(day)
    )
    return [(date.fromisoformat(told), count) for told, count in rows]


def _places(session: Session, consultation_id: UUID) -> list[Place]:
    """The places with most comments. Those on one clause count together whatever its number was in each draft, and
    those on different clauses with one number never do."""
    rows = _by_provision(session, consultation_id)
    several = any(row.drafts > 1 for row in rows if row.drafts)
    clauses = lineages(session, consultation_id, ()) if several else Lineages()
    found: dict[Any, list[Any]] = {}
    for row in rows:
        own = clauses.key(row.provision_id) if row.provision_id is not None else row.document
        found.setdefault(own, []).append(row)
    places = [Place(tuple(map(_named, same)), sum(row.comments for row in same)) for same in found.values()]
    places.sort(key=lambda one: (-one.comments, one.document, one.names[0].path))
    return places[:MOST_PLACES]


def _by_provision(session: Session, consultation_id: UUID) -> Sequence[Any]:
    """How many comments each provision has, and each document as a whole, those on the newest draft first."""
    draft = case((Comment.provision_id.is_not(None), Revision.number), else_=0)
    columns = (Document.number.label("document"), Document.title, draft.label("revision"), Comment.provision_id)
    return session.execute(
        select(*columns, Comment.path, drafts_expression().label("drafts"), func.count().label("comments"))
        .select_from(Comment)
        .outerjoin(Comment.document)
        .outerjoin(Comment.revision)
        .where(Comment.consultation_id == consultation_id)
        .group_by(Document.id, Document.consultation_id, *columns, Comment.path)
        .order_by(draft.desc(), Comment.path)
    ).all()


def _named(row: Any) -> NamedPlace:
    if not row.revision:
        # A document as a whole is the same through all its drafts.
        return NamedPlace(row.document or 0, row.title or "")
    return NamedPlace(row.document, row.title, row.revision, row.drafts, row.path)


def _kinds(session: Session, consultation_id: UUID) -> tuple[dict[SubmissionKind, int], int]:
    joiners = select(func.count()).where(Joiner.consultation_id == consultation_id, Joiner.withdrawn_at.is_(None))
    rows = session.execute(
        select(Submission.kind, func.count(), joiners.scalar_subquery())
        .where(Submission.consultation_id == consultation_id)
        .group_by(Submission.kind)
    ).all()
    return {kind: count for kind, count, _joiners in rows}, rows[0][2] if rows else 0


def _areas(session: Session, consultation_id: UUID) -> tuple[list[CommuneCount] | None, frozenset[UUID]]:
    """People by the commune of today: who named one that was merged since is counted with the one it became."""
    rows = session.execute(
        select(Area.id, Area.name, Area.valid_to, func.count())
        .select_from(Submission)
        .outerjoin(Area, Area.id == Submission.area_id)
        .where(Submission.consultation_id == consultation_id, Submission.kind == SubmissionKind.COMMENT)
        .group_by(Submission.area_id, Area.id, Area.name, Area.valid_to)
    ).all()
    present = present_units(session, [own for own, _name, ended, _count in rows if ended is not None])
    units: Counter[tuple[UUID | None, str]] = Counter()
    for own, name, _ended, count in rows:
        units[present.get(own, (own, name or ""))] += count
    lines = sorted(units.items(), key=lambda one: (not one[0][1], -one[1], one[0][1]))
    cells = suppressed([count for _unit, count in lines])
    if cells is None:
        return None, frozenset()
    told = [CommuneCount(name, cell, own) for ((own, name), _), cell in zip(lines, cells, strict=True)]
    named = {own: count for (own, _name), count in lines if own is not None}
    return told, frozenset(_tellable(named, [(own, present.get(own), count) for own, _name, _ended, count in rows]))


def _tellable(
    units: Mapping[UUID, int], recorded: Sequence[tuple[UUID | None, tuple[UUID, str] | None, int]]
) -> Iterator[UUID]:
    """The communes of today of which five people or more wrote, and those merged into them where neither they nor the
    rest of it are few."""
    yield from (own for own, count in units.items() if count >= LEAST)
    for own, unit, count in recorded:
        if own is not None and unit is not None and count >= LEAST:
            rest = units[unit[0]] - count
            if rest == 0 or rest >= LEAST:
                yield own


def present_units(session: Session, ended: Sequence[UUID]) -> dict[UUID | None, tuple[UUID, str]]:
    """Of areas that ended the one that each became, through any number of changes; one that was divided is not among
    them, since nobody knows in which part of it somebody lives."""
    found: dict[UUID | None, tuple[UUID, str]] = {}
    waiting = {own: own for own in ended}
    while waiting:
        step = AreaSuccession
        rows = session.execute(
            select(step.predecessor_id, Area.id, Area.name, Area.valid_to)
            .join(Area, Area.id == step.successor_id)
            .where(step.predecessor_id.in_(set(waiting.values())))
        ).all()
        heirs = {old: [row for row in rows if row[0] == old] for old in waiting.values()}
        single = {own: heirs[old][0] for own, old in waiting.items() if len(heirs[old]) == 1}
        found.update({own: (row[1], row[2]) for own, row in single.items()})
        waiting = {own: row[1] for own, row in single.items() if row[3] is not None}
    return found
