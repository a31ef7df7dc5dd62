"""Who took part in a matter, counted: comments by day and clause, people by kind and commune, joiners apart.

Comments are counted as they are listed: the number, day and clause of each are public at once (docs/ledger.md). People
are told in numbers of five and more only (`suppression`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision
from consult.consultations.revisions.lineages import Lineages, drafts_expression, lineages
from consult.people.models import Organisation
from consult.relationships import along
from consult.responses.models import ResponseTarget
from consult.responses.statistics.areas import AreaCounts, CommuneCount, by_area
from consult.responses.statistics.bodies import public_contributor_expression
from consult.responses.statistics.dispositions import disposition_expression
from consult.responses.statistics.local_days import LocalDay
from consult.responses.statistics.suppression import LEAST, Cell
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import SubmissionKind

MOST_PLACES = 12


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
class Participation:
    """All that is told. `places` are those with most comments, `elsewhere` the comments on all others; `people` are the
    citizens' submissions. `areas` (communes of today) and `former` (districts before) are None when telling them would
    tell of too few. `tellable` are the areas of which it
    may be told that five people or more wrote. `bodies` are comments by who sent them (`statistics.bodies`), as far as
    everybody may know; `dispositions` those that were answered."""

    comments: int
    joiners: int
    days: list[tuple[date, int]]
    places: list[Place]
    elsewhere: int
    people: Cell
    letters: int
    critiques: int
    areas: list[CommuneCount] | None
    former: list[CommuneCount] | None = None
    tellable: frozenset[UUID] = frozenset()
    bodies: tuple[tuple[str, int], ...] = ()
    dispositions: Mapping[str, int] = field(default_factory=dict)


def participation(session: Session, consultation_id: UUID, day: date) -> Participation:
    """What there is to tell of a matter on a local day, in eight statements, and some more where a document has several
    drafts or somebody named an area that ended."""
    days = _days(session, consultation_id)
    comments = sum(count for _day, count in days)
    places = _places(session, consultation_id)
    kinds, joiners = _kinds(session, consultation_id)
    people = kinds.get(SubmissionKind.COMMENT, 0)
    told = by_area(session, consultation_id, day) if people >= LEAST else AreaCounts(None, None)
    return Participation(
        comments=comments,
        joiners=joiners,
        days=days,
        places=places,
        elsewhere=comments - sum(place.comments for place in places),
        people=Cell(None, few=True) if 0 < people < LEAST else Cell(people),
        letters=kinds.get(SubmissionKind.FORMAL, 0),
        critiques=kinds.get(SubmissionKind.CRITIQUE, 0),
        areas=told.present,
        former=told.former,
        tellable=told.tellable,
        bodies=_bodies(session, consultation_id),
        dispositions=_dispositions(session, consultation_id),
    )


def _bodies(session: Session, consultation_id: UUID) -> tuple[tuple[str, int], ...]:
    """Comments by the kind and level of who sent them, most first."""
    who = public_contributor_expression().label("who")
    rows = session.execute(
        select(who, func.count())
        .select_from(Comment)
        .join(Comment.submission)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(Comment.consultation_id == consultation_id)
        .group_by(who)
    )
    return tuple(sorted(((code, count) for code, count in rows), key=lambda one: (-one[1], one[0])))


def _dispositions(session: Session, consultation_id: UUID) -> dict[str, int]:
    """Comments that have an answer, by what it says now."""
    said = disposition_expression().label("said")
    rows = session.execute(
        select(said, func.count())
        .select_from(Comment)
        .join(ResponseTarget, along(ResponseTarget.comment))
        .where(Comment.consultation_id == consultation_id, outcome_is(Outcome.ANSWERED))
        .group_by(said)
    )
    return {disposition.value: count for disposition, count in rows if disposition is not None}


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
