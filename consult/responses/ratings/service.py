"""Rating an answer, once; and what is told of it: nothing until there are five, and then five more at a time, so that
no change of a number is the word of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.responses.ratings.models import AnswerRating, Rated, RatingMark

TOGETHER = 5
LONGEST_LINE = 300


@dataclass(frozen=True)
class RatingSums:
    """How many said that their answer was clear, and how many that it was not."""

    clear: int
    unclear: int

    @property
    def total(self) -> int:
        """How many said anything."""
        return self.clear + self.unclear


def rate(
    session: Session, consultation: Consultation, marks: Sequence[str], clear: bool, line: str,
    about: Rated = Rated.ANSWER,
) -> None:  # fmt: skip
    """Keeps a rating. `marks` are all that the rater may have left before (one for each key of the site), the first the
    one that is left now. It tells no event and leaves no entry: their times would say who it was.

    Raises Invalid({"line": "too_long"}), Refused("rated_already").
    """
    if len(line) > LONGEST_LINE:
        raise Invalid({"line": "too_long"})
    with writing(session, consultation.id):
        if is_rated(session, consultation.id, marks):
            raise Refused("rated_already")
        session.add(RatingMark(consultation_id=consultation.id, mark=marks[0]))
        session.add(
            AnswerRating(consultation_id=consultation.id, id=uuid4(), about=about, clear=clear, line=line, shown=False)
        )
        session.flush()
        kept_back = (*_of(consultation.id, about), AnswerRating.shown.is_(False))
        if (session.scalar(select(func.count()).where(*kept_back)) or 0) >= TOGETHER:
            session.execute(update(AnswerRating).where(*kept_back).values(shown=True))
            consultation.touch()
            session.flush()


def is_rated(session: Session, consultation_id: UUID, marks: Sequence[str]) -> bool:
    """Whether one of these marks was left before."""
    left = select(RatingMark.mark).where(RatingMark.consultation_id == consultation_id, RatingMark.mark.in_(marks))
    return session.scalar(left.limit(1)) is not None


def sums(session: Session, consultation_id: UUID, about: Rated = Rated.ANSWER) -> RatingSums:
    """What is told of the ratings of a matter, in one statement."""
    told = (*_of(consultation_id, about), AnswerRating.shown.is_(True))
    rows = session.execute(select(AnswerRating.clear, func.count()).where(*told).group_by(AnswerRating.clear))
    counted = {clear: count for clear, count in rows}
    return RatingSums(counted.get(True, 0), counted.get(False, 0))


def lines(session: Session, consultation_id: UUID, about: Rated = Rated.ANSWER) -> list[tuple[bool, str]]:
    """What was said beside the ratings that are told, in the order of the alphabet: for the desk alone, since nobody
    has looked whether a line names somebody."""
    told = (*_of(consultation_id, about), AnswerRating.shown.is_(True), AnswerRating.line != "")
    rows = session.execute(
        select(AnswerRating.clear, AnswerRating.line).where(*told).order_by(AnswerRating.line, AnswerRating.clear)
    )
    return [(clear, line) for clear, line in rows]


def _of(consultation_id: UUID, about: Rated) -> tuple[ColumnElement[bool], ...]:
    return (AnswerRating.consultation_id == consultation_id, AnswerRating.about == about)
