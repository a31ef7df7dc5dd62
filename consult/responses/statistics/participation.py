"""Who took part in a matter, counted: comments by day and clause, people by kind and commune, joiners apart.

Comments are counted as they are listed: the number, day and clause of each are public at once (docs/ledger.md). People
are told in numbers of five and more only (`suppression`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.revisions.lineages import Lineages, drafts_expression, lineages
from consult.people.models import Organisation
from consult.responses.models import Response, ResponseTarget
from consult.responses.statistics.areas import AreaCounts, CommuneCount, by_area
from consult.responses.statistics.bodies import CITIZEN, public_contributor_expression
from consult.responses.statistics.dispositions import disposition_of_response, public_answers
from consult.responses.statistics.letters import LETTERS
from consult.responses.statistics.local_days import LocalDay
from consult.responses.statistics.suppression import LEAST, Cell
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.act_counts import ending_acts
from consult.submissions.comments.outcome import has_act
from consult.submissions.comments.standing import still_answered
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import CommentActKind, SubmissionKind

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
    answers: tuple[Any, ...] = field(default=(), compare=False)
    """What `dispositions` were counted from; empty where nobody asked."""


def participation(
    session: Session, consultation_id: UUID, day: date, before: Participation | None = None
) -> Participation:
    """What there is to tell of a matter on a local day, in twelve statements, and some more where a document has
    several drafts or somebody named an area that ended. What is as it was when it was told `before` is not counted
    again: when comments came, and what answers came to, which takes most of the time where there are very many."""
    # What they are counted from is read first: what comes meanwhile is counted again the next time.
    answers = _answers(session, consultation_id) if before is not None else ()
    same = before is not None and before.answers == answers
    days = _days(session, consultation_id, before.days if before is not None else [])
    comments = sum(count for _day, count in days)
    places = _places(session, consultation_id, comments)
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
        bodies=_bodies(session, consultation_id, comments),
        answers=answers,
        dispositions=before.dispositions if before is not None and same else _dispositions(session, consultation_id),
    )


def _bodies(session: Session, consultation_id: UUID, comments: int) -> tuple[tuple[str, int], ...]:
    """All these comments by the kind and level of who sent them, most first. Those of bodies are looked at, and all the
    others are of citizens."""
    who = public_contributor_expression().label("who")
    rows = session.execute(
        select(who, func.count())
        .select_from(Comment)
        .join(Comment.submission)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(Submission.consultation_id == consultation_id, Submission.kind.in_(LETTERS))
        .group_by(who)
    ).all()
    # What came between the two statements is told with the next count.
    citizens = max(0, comments - sum(count for _code, count in rows))
    found = [*((code, count) for code, count in rows), *([(CITIZEN, citizens)] if citizens else [])]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def _answers(session: Session, consultation_id: UUID) -> tuple[Any, ...]:
    """What changes with every answer that becomes public, and with whatever ends a comment."""
    return (*public_answers(session, consultation_id), ending_acts(session, consultation_id))


def _dispositions(session: Session, consultation_id: UUID) -> dict[str, int]:
    """Comments that have an answer, by what it says now; what it says is looked up once for all that have the same."""
    answered = (
        select(ResponseTarget.response_id, func.count().label("comments"))
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id, has_act(CommentActKind.ANSWERED))
        .where(still_answered(consultation_id))
        .group_by(ResponseTarget.response_id)
        .subquery()
    )
    said = disposition_of_response().label("said")
    rows = session.execute(
        select(said, func.sum(answered.c.comments))
        .select_from(answered)
        .join(Response, (Response.id == answered.c.response_id) & (Response.consultation_id == consultation_id))
        .group_by(said)
    )
    return {disposition.value: int(count) for disposition, count in rows if disposition is not None}


def _days(session: Session, consultation_id: UUID, before: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """How many comments came on each local day; as they were told `before` while there are no others."""
    own = Comment.consultation_id == consultation_id
    if before and sum(count for _day, count in before) == session.scalar(select(func.count()).where(own)):
        return before
    day = LocalDay(Comment.received_at)
    rows = session.execute(select(day, func.count()).where(own).group_by(day).order_by(day))
    return [(date.fromisoformat(told), count) for told, count in rows]


def _places(session: Session, consultation_id: UUID, comments: int) -> list[Place]:
    """The places with most of these comments. Those on one clause count together whatever its number was in each draft,
    and those on different clauses with one number never do."""
    rows = _by_provision(session, consultation_id)
    clauses = lineages(session, consultation_id, ()) if any(row.drafts > 1 for row in rows) else Lineages()
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(clauses.key(row.id), []).append(row)
    places = [Place(tuple(map(_named, same)), sum(row.comments for row in same)) for same in found.values()]
    if sum(place.comments for place in places) < comments:
        places += _on_no_provision(session, consultation_id)
    places.sort(key=lambda one: (-one.comments, one.document, one.names[0].path))
    return places[:MOST_PLACES]


def _by_provision(session: Session, consultation_id: UUID) -> Sequence[Any]:
    """How many comments each provision has, those on the newest draft first. They are counted before anything is looked
    up, which an index does alone."""
    counted = (
        select(Comment.provision_id, func.count().label("comments"))
        .where(Comment.consultation_id == consultation_id, Comment.provision_id.is_not(None))
        .group_by(Comment.provision_id)
        .subquery()
    )
    return session.execute(
        select(Document.number.label("document"), Document.title, Revision.number.label("revision"))
        .add_columns(Provision.id, Provision.path, drafts_expression().label("drafts"), counted.c.comments)
        .select_from(counted)
        .join(Provision, (Provision.id == counted.c.provision_id) & (Provision.consultation_id == consultation_id))
        .join(Provision.revision)
        .join(Revision.document)
        .order_by(Revision.number.desc(), Provision.path, Provision.id)
    ).all()


def _on_no_provision(session: Session, consultation_id: UUID) -> Iterator[Place]:
    """How many comments are on each document as a whole, which is the same through all its drafts, or on a page of it;
    and on the whole matter."""
    rows = session.execute(
        select(Document.number, Document.title, func.count())
        .select_from(Comment)
        .outerjoin(Comment.document)
        .where(Comment.consultation_id == consultation_id, Comment.provision_id.is_(None))
        .group_by(Document.number, Document.title)
    )
    return (Place((NamedPlace(number or 0, title or ""),), comments) for number, title, comments in rows)


def _named(row: Any) -> NamedPlace:
    return NamedPlace(row.document, row.title, row.revision, row.drafts, row.path)


def _kinds(session: Session, consultation_id: UUID) -> tuple[dict[SubmissionKind, int], int]:
    joiners = select(func.count()).where(Joiner.consultation_id == consultation_id, Joiner.withdrawn_at.is_(None))
    rows = session.execute(
        select(Submission.kind, func.count(), joiners.scalar_subquery())
        .where(Submission.consultation_id == consultation_id)
        .group_by(Submission.kind)
    ).all()
    return {kind: count for kind, count, _joiners in rows}, rows[0][2] if rows else 0
