"""What every public page of a matter says of its answers, read once for each version of its content and each day: the
term, the text that was issued, and what those said who were answered."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import IssuedText
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import AnswerTerm, Pause, term_with
from consult.consultations.models import AnswerExtension, Consultation, Period, PeriodExtension
from consult.consultations.words import Audience
from consult.responses.questions.pauses import pauses_of
from consult.responses.ratings.models import AnswerRating, Rated
from consult.responses.ratings.service import RatingSums
from consult.responses.statistics.cached_counts import MOST_MATTERS
from consult.responses.taken_up.models import TakenUp


@dataclass(frozen=True)
class IssuedFacts:
    """The text that was issued: which revision, its number and day."""

    revision_id: UUID
    number: str
    issued_on: date


@dataclass(frozen=True)
class AnswerClock:
    """The term for answering, None where no rule sets one; the day on which the public period would have ended
    (`first_day`) before it was extended; what was issued; the ratings that are told, of answers and of
    whether it works; who was asked something, by the
    number of the comment; whether its draft takes up any proposal."""

    term: AnswerTerm | None
    first_day: date | None
    issued: IssuedFacts | None
    ratings: RatingSums
    works: RatingSums
    pauses: Mapping[int, Pause]
    takes_up: bool = False

    def day_before(self, start: date, number: int | None = None) -> date | None:
        """The day until which an answer was due before anything moved it, for a term that begins on `start` (of the
        comment `number`, if it is there); None when nothing did."""
        if self.term is None:
            return None
        extended = self.first_day is not None and start == self.term.last_public_day
        before = self.term.counted(self.first_day if extended and self.first_day else start)
        return before if before != self.term.end(start, number) else None


class CachedClock:
    """The clocks of the matters that were asked for last, shared by the threads of a process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[UUID, tuple[tuple[int, date], AnswerClock]] = OrderedDict()

    def of(self, session: Session, matter: Consultation, today: date) -> AnswerClock:
        """The clock of one matter as of a local day: three statements when anything changed."""
        key = matter.content_version, today
        with self.lock:
            found = self.kept.get(matter.id)
        if found is None or found[0] != key:
            found = key, _read(session, matter)
            with self.lock:
                self.kept[matter.id] = found
                while len(self.kept) > MOST_MATTERS:
                    self.kept.popitem(last=False)
        return found[1]


def _read(session: Session, matter: Consultation) -> AnswerClock:
    rows = session.execute(_facts(), {"matter": matter.id}).all()
    pauses = pauses_of(session, matter.id)
    term = term_with(session, matter, [row.AnswerExtension for row in rows if row.AnswerExtension is not None])
    told = rows[0]
    issued = told.revision_id is not None
    return AnswerClock(
        term=replace(term, pauses=pauses) if term is not None else None,
        first_day=_day(told.first_end),
        issued=IssuedFacts(told.revision_id, told.number, told.issued_on) if issued else None,
        ratings=RatingSums(told.clear, told.unclear),
        works=RatingSums(told.works, told.works_not),
        pauses=pauses,
        takes_up=told.takes_up,
    )


def _day(end: datetime | None) -> date | None:
    return calendar.last_day_of(end) if end is not None else None


@cache
def _facts() -> Select[Any]:
    """A row for each extension of the answers, one at least, with all the rest beside."""
    of_public = select(Period.id).where(Period.consultation_id == _MATTER, Period.audience == Audience.PUBLIC)
    first_end = select(func.min(PeriodExtension.previous_closes_at)).where(
        PeriodExtension.consultation_id == _MATTER, PeriodExtension.period_id.in_(of_public)
    )
    return (
        select(
            AnswerExtension, IssuedText.revision_id, IssuedText.number, IssuedText.issued_on,
            first_end.scalar_subquery().label("first_end"), _rated(True).label("clear"), _rated(False).label("unclear"),
            _rated(True, Rated.TEXT).label("works"), _rated(False, Rated.TEXT).label("works_not"),
            select(TakenUp.id).where(TakenUp.consultation_id == _MATTER).exists().label("takes_up"),
        )
        .select_from(Consultation)
        .outerjoin(AnswerExtension, AnswerExtension.consultation_id == Consultation.id)
        .outerjoin(IssuedText, IssuedText.consultation_id == Consultation.id)
        .where(Consultation.id == _MATTER)
        .order_by(AnswerExtension.at, AnswerExtension.id)
    )  # fmt: skip


def _rated(clear: bool, about: Rated = Rated.ANSWER) -> Any:
    told = (
        AnswerRating.consultation_id == _MATTER,
        AnswerRating.about == about,
        AnswerRating.shown.is_(True),
        AnswerRating.clear.is_(clear),
    )
    return select(func.count()).where(*told).scalar_subquery()


_MATTER: Any = bindparam("matter")

kept_clock = CachedClock()
