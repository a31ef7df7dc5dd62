"""What people and bodies think of each clause: who is for it and who against, side by side.

Only what anybody may read counts, since a stance is part of what is said. Citizens are told in numbers of five and more
(`suppression`); who wrote twice on a clause is one, with the stance given last. Bodies are told by their number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision
from consult.consultations.revisions.lineages import Lineages, drafts_expression, lineages
from consult.relationships import along
from consult.responses.statistics.suppression import LEAST, Cell, suppressed
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.outcome import Outcome, Visibility, visibility_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance, SubmissionKind

STANCES: tuple[Stance | None, ...] = (*Stance, None)
"""In the order in which they are told; None is who took none."""

MOST_PLACES = 30


@dataclass(frozen=True)
class ClauseStances:
    """How many people and bodies take each stance on a clause. `people` are all citizens who wrote on it, `each` how
    many of them take which stance; None where that may not be told."""

    place: NamedPlace
    people: Cell
    each: Mapping[Stance | None, Cell] | None
    bodies: Mapping[Stance | None, int]

    def told(self, stance: Stance | None) -> int:
        """How many citizens are told to take a stance: 0 where it may not be told."""
        return (self.each[stance].count or 0) if self.each else 0

    @cached_property
    def line(self) -> tuple[Any, ...]:
        """All that the line beside the clause says."""
        return tuple((self.told(stance), self.bodies.get(stance)) for stance in Stance)

    @property
    def against(self) -> int:
        """How many are told to be against it, people and bodies."""
        return self.told(Stance.OPPOSE) + self.bodies.get(Stance.OPPOSE, 0)


@dataclass(frozen=True)
class MatterStances:
    """The clauses of a matter on which somebody took a stance; `by_draft` finds them by document, draft and path."""

    clauses: Sequence[ClauseStances]
    by_draft: Mapping[tuple[int, int], Mapping[str, ClauseStances]]

    def most_opposed(self) -> list[ClauseStances]:
        """The clauses that most are told to be against, at most MOST_PLACES; in no order that tells what is not."""
        against = (one for one in self.clauses if one.against)
        return sorted(against, key=lambda one: (-one.against, one.place.document, one.place.path))[:MOST_PLACES]


def stances(session: Session, consultation_id: UUID) -> MatterStances:
    """What is told of every clause of a matter: one statement, and three more where a document has several drafts."""
    rows = session.execute(_said(consultation_id)).all()
    several = any(row.drafts > 1 for row in rows)
    lines = lineages(session, consultation_id, ()) if several else Lineages()
    said: dict[UUID, list[Any]] = {}
    for row in rows:
        said.setdefault(lines.key(row.provision_id), []).append(row)
    clauses = {key: _clause(_newest(same, lines), same) for key, same in said.items()}
    by_draft: dict[tuple[int, int], dict[str, ClauseStances]] = {}
    for key, same in said.items():
        by_draft.setdefault((same[0].document, same[0].revision), {})[same[0].path] = clauses[key]
    for place in lines.places.values():
        if (key := lines.key(place.id)) in clauses:
            by_draft.setdefault((place.document, place.revision), {})[place.path] = clauses[key]
    return MatterStances(list(clauses.values()), by_draft)


def _newest(rows: Sequence[Any], lines: Lineages) -> NamedPlace:
    """The clause as it stands in the newest draft that has it."""
    row = rows[-1]
    if row.provision_id in lines.places:
        place = lines.newest(row.provision_id)
        return NamedPlace(place.document, row.title, place.revision, row.drafts, place.path)
    return NamedPlace(row.document, row.title, row.revision, row.drafts, row.path)


def _clause(place: NamedPlace, rows: Sequence[Any]) -> ClauseStances:
    people = _by_stance(row for row in rows if row.kind is SubmissionKind.COMMENT)
    bodies = _by_stance(row for row in rows if row.kind is not SubmissionKind.COMMENT)
    total = sum(people.values())
    if 0 < total < LEAST:
        return ClauseStances(place, Cell(None, few=True), None, bodies)
    cells = suppressed([people.get(stance, 0) for stance in STANCES]) if total else None
    each = dict(zip(STANCES, cells, strict=True)) if cells is not None else None
    return ClauseStances(place, Cell(total), each, bodies)


def _by_stance(rows: Iterator[Any]) -> dict[Stance | None, int]:
    """How many senders take each stance; the rows come in the order received."""
    last = {row.submission_id: row.stance for row in rows}
    return {stance: list(last.values()).count(stance) for stance in set(last.values())}


def _said(consultation_id: UUID) -> Any:
    """What was said publicly on a clause and is no less than a comment, in the order received."""
    latest = (
        select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()
    )
    return (
        select(Comment.provision_id, Comment.submission_id, Comment.path, Submission.kind, CommentVersion.stance)
        .add_columns(Document.number.label("document"), Document.title, Revision.number.label("revision"))
        .add_columns(drafts_expression().label("drafts"))
        .join(Comment.submission)
        .join(Comment.versions)
        .join(Comment.document)
        .join(Comment.revision)
        .where(
            Comment.consultation_id == consultation_id,
            Comment.provision_id.is_not(None),
            CommentVersion.version == latest,
            visibility_expression() == Visibility.PUBLIC.value,
            outcome_is(Outcome.AWAITING, Outcome.ANSWERED),
        )
        .order_by(Comment.number)
    )
