"""What is counted of the comments of a matter, each once, in one statement: so all numbers are of one moment, and every
breakdown has the same sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.people.models import Organisation
from consult.relationships import along
from consult.responses.answers.due_state import overdue_expression
from consult.responses.desk.listing.case_filters import NO_UNIT
from consult.responses.desk.listing.counted_filters import STANDING
from consult.responses.desk.listing.joins import latest_assignment, latest_version
from consult.responses.models import Assignment, ResponseTarget
from consult.responses.statistics.bodies import contributor_expression
from consult.responses.statistics.dispositions import LateAnswers, disposition_expression, late_expression
from consult.responses.statistics.local_days import LocalDay
from consult.responses.words import Disposition
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import Outcome, outcome_expression
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance

ONCE = "MATERIALIZED"
"""Written down by the database, and not worked out again for each breakdown."""
NOBODY = "none"
UNIT = "unit"


@dataclass(frozen=True)
class Counted:
    """How many comments were received; of those how many wait, are late, oppose, were answered, answered late, and
    refused."""

    received: int = 0
    awaiting: int = 0
    late: int = 0
    opposed: int = 0
    answered: int = 0
    late_answers: int = 0
    refused: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.received + other.received, self.awaiting + other.awaiting, self.late + other.late,
            self.opposed + other.opposed, self.answered + other.answered, self.late_answers + other.late_answers,
            self.refused + other.refused,
        )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of one breakdown (`what`): its code, or the id of what it is about, or a document as a whole."""

    what: str
    code: str | None
    id: UUID | None
    document: int | None
    counted: Counted


def rows(
    session: Session, consultation_id: UUID, term: AnswerTerm | None, answers: LateAnswers, today: date
) -> list[Row]:
    """Every breakdown of a matter as of the local day `today`: `outcome`, `day`, `place`, `body`, `disposition`,
    `stance`, `unit`. One statement."""
    base = _facts(consultation_id, term, answers, today).cte("fact").prefix_with(ONCE)
    fact = _judged(base).cte("judged").prefix_with(ONCE)
    c = fact.c
    unit = case((c.unit_id.is_not(None), UNIT), (c.user_id.is_not(None), NO_UNIT), else_=NOBODY)
    breakdowns = [
        _by(fact, "outcome", code=c.outcome),
        _by(fact, "day", code=c.day),
        _by(fact, "place", id=c.provision_id, document=func.coalesce(c.document, 0)),
        _by(fact, "body", code=c.body),
        _by(fact, "disposition", code=c.disposition).where(c.answered == 1),
        _by(fact, "stance", code=c.stance).where(c.counts == 1),
        _by(fact, "unit", code=unit, id=c.unit_id),
    ]
    found = session.execute(union_all(*breakdowns))
    return [Row(what, code, own, document, Counted(*map(int, sums))) for what, code, own, document, *sums in found]


def _by(fact: Any, what: str, code: Any = None, id: Any = None, document: Any = None) -> Any:
    """One breakdown; all have the same columns."""
    keys = [one for one in (code, id, document) if one is not None]
    c = fact.c
    summed = [func.count()] + [func.sum(one) for one in _summed(c)]
    return select(
        literal(what),
        cast(code if code is not None else null(), Text),
        id if id is not None else cast(null(), Uuid),
        document if document is not None else cast(null(), Integer),
        *summed,
    ).group_by(*keys)


def _summed(c: Any) -> Sequence[Any]:
    return c.awaiting, c.late, c.opposed, c.answered, c.late_answer, c.refused


def _judged(base: Any) -> Any:
    """The same rows with what each breakdown sums up as 1 or 0."""
    c = base.c
    answered, awaiting = c.outcome == Outcome.ANSWERED.value, c.outcome == Outcome.AWAITING.value
    counts = c.outcome.in_(STANDING) & (c.apart == 0)
    return select(
        c.day, c.provision_id, c.document, c.outcome, c.body, c.stance, c.disposition, c.unit_id, c.user_id,
        _one(awaiting).label("awaiting"), _one(awaiting & (c.over == 1)).label("late"),
        _one((c.stance == Stance.OPPOSE.value) & counts).label("opposed"), _one(counts).label("counts"),
        _one(answered).label("answered"), _one(answered & (c.after_term == 1)).label("late_answer"),
        _one(answered & (c.disposition == Disposition.NOT_ACCEPTED.value)).label("refused"),
    )  # fmt: skip


def _facts(consultation_id: UUID, term: AnswerTerm | None, answers: LateAnswers, today: date) -> Any:
    """A row for each comment, each expression once: what became of it is asked of its acts, and that takes longest."""
    return (
        select(
            LocalDay(Comment.received_at).label("day"), Comment.provision_id, Document.number.label("document"),
            outcome_expression().label("outcome"), contributor_expression().label("body"),
            cast(CommentVersion.stance, Text).label("stance"), _one(visible.set_apart_expression()).label("apart"),
            cast(disposition_expression(), Text).label("disposition"), Assignment.unit_id, Assignment.user_id,
            _one(overdue_expression(term, today)).label("over"),
            _one(late_expression(term, answers)).label("after_term"),
        )
        .select_from(Comment)
        .join(Comment.submission)
        .join(Comment.versions)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .outerjoin(Comment.document)
        .outerjoin(Assignment, along(Assignment.comment) & latest_assignment())
        .outerjoin(ResponseTarget, along(ResponseTarget.comment))
        .where(Comment.consultation_id == consultation_id, CommentVersion.version == latest_version())
    )  # fmt: skip


def _one(condition: Any) -> Any:
    return case((condition, 1), else_=0)
