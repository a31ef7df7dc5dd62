"""How a request stands: what was done last, whether anything is still owed, and until which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Roll
from consult.errors import NotFound
from consult.relationships import along
from consult.responses.data_requests.models import DataRequest, DataRequestAct
from consult.responses.data_requests.words import ENDING, RequestActKind

MOST = 200
"""So many are listed at once, those that wait first."""


@dataclass(frozen=True)
class Standing:
    """One request: the last that was done about it, None where nothing was, and the last local day for it."""

    request: DataRequest
    last: DataRequestAct | None
    due_on: date

    @property
    def is_open(self) -> bool:
        """Whether something is still owed."""
        return self.last is None or self.last.kind not in ENDING

    @property
    def proposal(self) -> DataRequestAct | None:
        """What waits for a second person."""
        return self.last if self.last is not None and self.last.kind is RequestActKind.PROPOSED else None

    def overdue(self, today: date) -> bool:
        """Whether its day is over on the local day `today` and something is still owed."""
        return self.is_open and self.due_on < today


def listed(session: Session, consultation_id: UUID, days: int) -> list[Standing]:
    """The requests of a matter: those that wait first, the oldest of them first; the others by the newest. `days` are
    the working days of the clock (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 and its decree: two to respond)."""
    rows = session.scalars(
        select(DataRequest)
        .where(DataRequest.consultation_id == consultation_id)
        .options(joinedload(DataRequest.submission), selectinload(DataRequest.acts).joinedload(DataRequestAct.by))
        .order_by(ended_expression(), DataRequest.number)
        .limit(MOST)
    ).all()
    off = calendar.holidays(session)
    return [_standing(one, days, off) for one in rows]


def one_of(session: Session, consultation_id: UUID, number: int, days: int) -> Standing:
    """The request with this number; raises NotFound."""
    found = session.scalar(
        select(DataRequest)
        .where(DataRequest.consultation_id == consultation_id, DataRequest.number == number)
        .options(joinedload(DataRequest.submission), selectinload(DataRequest.acts).joinedload(DataRequestAct.by))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return _standing(found, days, calendar.holidays(session))


def of_submission(session: Session, consultation_id: UUID, submission_id: UUID, days: int) -> list[Standing]:
    """What was asked of one submission, the newest first."""
    rows = session.scalars(
        select(DataRequest)
        .where(DataRequest.consultation_id == consultation_id, DataRequest.submission_id == submission_id)
        .options(selectinload(DataRequest.acts))
        .order_by(DataRequest.number.desc())
    ).all()
    off = calendar.holidays(session)
    return [_standing(one, days, off) for one in rows]


@cache
def ended_expression() -> ColumnElement[bool]:
    """Whether nothing more is owed, in a statement on DataRequest."""
    return (
        select(DataRequestAct.id)
        .where(along(DataRequest.acts), DataRequestAct.kind.in_(list(ENDING)))
        .correlate(DataRequest)
        .exists()
    )


def how_many_wait(session: Session, consultation_id: UUID) -> int:
    """How many requests of a matter still wait."""
    waiting = select(func.count()).select_from(DataRequest).where(
        DataRequest.consultation_id == consultation_id, ~ended_expression()
    )  # fmt: skip
    return session.scalar(waiting) or 0


def _standing(request: DataRequest, days: int, off: calendar.Holidays) -> Standing:
    due = calendar.last_day(clock.local_day(request.at), days, DayUnit.WORKING_DAY, off, Roll.NEXT_WORKING_DAY)
    return Standing(request, latest(request), due)


def latest(request: DataRequest) -> DataRequestAct | None:
    """What was done last about a request."""
    acts: Sequence[DataRequestAct] = request.acts
    return max(acts, key=lambda act: (act.at, act.id), default=None)
