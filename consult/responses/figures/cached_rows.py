"""What is counted of a matter for who leads, once for each version of its content and of who has what in hand: of a
hundred thousand comments that takes the database a second, and the page is looked at all day."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation, Counter
from consult.responses.figures import facts
from consult.responses.figures.facts import Row
from consult.responses.models import Assignment
from consult.responses.statistics.dispositions import late_answers

MOST_MATTERS = 200

Version = tuple[int, int, int, date]


@dataclass
class _Counted:
    """What was counted of one matter, and what that is true of."""

    lock: Lock = field(default_factory=Lock)
    version: Version | None = None
    term: AnswerTerm | None = None
    rows: list[Row] = field(default_factory=list)


class CachedRows:
    """The rows of the matters that were asked for last, shared by the threads of a process: one of them counts, the
    others wait for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[UUID, _Counted] = OrderedDict()

    def of(self, session: Session, matter: Consultation, term: AnswerTerm | None, today: date) -> list[Row]:
        """Every breakdown of `facts.rows` as of the local day `today`, in one statement, or in those that count them.
        `term` is compared as a whole: days off, extensions and pauses are in it."""
        one, version = self._of(matter.id), _version(session, matter, today)
        with one.lock:
            if one.version != version or one.term != term:
                one.rows = facts.rows(session, matter.id, term, late_answers(session, matter, term), today)
                one.version, one.term = version, term
            return one.rows

    def _of(self, consultation_id: UUID) -> _Counted:
        with self.lock:
            one = self.kept.setdefault(consultation_id, _Counted())
            self.kept.move_to_end(consultation_id)
            while len(self.kept) > MOST_MATTERS:
                self.kept.popitem(last=False)
            return one


def _version(session: Session, matter: Consultation, today: date) -> Version:
    """What comes in without being public, and who is given what, changes no version of the content: both are only
    ever added to."""
    received = select(Counter.value).where(Counter.consultation_id == matter.id, Counter.name == "comment")
    given = select(func.count()).select_from(Assignment).where(Assignment.consultation_id == matter.id)
    counted = session.execute(select(received.scalar_subquery(), given.scalar_subquery())).one()
    return matter.content_version, counted[0] or 0, counted[1], today


kept_rows = CachedRows()
