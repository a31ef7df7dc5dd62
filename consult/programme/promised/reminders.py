"""Who owes something is reminded: some days before its day, and on the day after, as long as it is open."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import writing
from consult.programme import promises
from consult.programme.promise_models import Promise

AT_ONCE = 500
MADE_UP_FOR = timedelta(days=30)
"""For how long after its day somebody is still reminded by a worker that stood still."""


@dataclass(frozen=True)
class PromiseReminders:
    """So many days `before` the day of a promise, as the province has it, and once more on the day after; 0 reminds
    nobody."""

    before: int

    def remind(self, session: Session, now: datetime) -> None:
        """Tells each body once of all that is due soon, and once of all that has just become late, under one programme:
        a chore of the worker."""
        if not self.before:
            return
        today = clock.local_day(now)
        for consultation_id, ids in self._waiting(session, today).items():
            with writing(session, consultation_id):
                own = Promise.consultation_id == consultation_id, Promise.id.in_(ids), self._due(today)
                self._tell(session, session.scalars(select(Promise).where(*own)).all(), today, now)

    def _waiting(self, session: Session, today: date) -> dict[UUID, list[UUID]]:
        found: dict[UUID, list[UUID]] = defaultdict(list)
        due = select(Promise.consultation_id, Promise.id).where(self._due(today)).order_by(Promise.due_on, Promise.id)
        for consultation_id, own_id in session.execute(due.limit(AT_ONCE)):
            found[consultation_id].append(own_id)
        return found

    def _due(self, today: date) -> ColumnElement[bool]:
        """Open, public, and not reminded since the present reminder."""
        soon = and_(
            Promise.due_on >= today, Promise.due_on <= today + timedelta(days=self.before),
            Promise.reminded_on.is_(None),
        )  # fmt: skip
        told_late = Promise.reminded_on.is_not(None) & (Promise.reminded_on > Promise.due_on)
        late = and_(Promise.due_on < today, Promise.due_on >= today - MADE_UP_FOR, ~told_late)
        return and_(Promise.public_at.is_not(None), Promise.ended_on.is_(None), or_(soon, late))

    def _tell(self, session: Session, due: Sequence[Promise], today: date, now: datetime) -> None:
        groups: dict[tuple[str, UUID], list[int]] = defaultdict(list)
        for one in due:
            groups["late" if one.due_on < today else "soon", one.by_id].append(one.number)
            one.reminded_on = today
        for (what, body), numbers in groups.items():
            promises.have_told(session, due[0].consultation_id, what, body, sorted(numbers), now)
