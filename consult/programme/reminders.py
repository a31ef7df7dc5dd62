"""The people of each Front committee are reminded that the plan of a year is due: once the last quarter of the year
before has begun, again some days before its last day, and once more when that has passed; never after it is public."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import Lock, writing
from consult.outbox.service import emit
from consult.people.models import Membership, Organisation
from consult.people.words import ORGANISATION_ROLES, OrganisationKind
from consult.programme import plans
from consult.programme.models import CritiquePlan

AT_ONCE = 50
MADE_UP_FOR = timedelta(days=30)
"""For how long the last reminder of a year is still made up for by a worker that stood still."""


@dataclass(frozen=True)
class PlanReminders:
    """`month` is the first from which on the next year is planned (NQLT 403/2017, Điều 3: in the last quarter, before
    31 December); 0 reminds nobody. It is said again `before` days before that last day and `after` days after it, as
    the province has it; 0 leaves that one out."""

    month: int
    before: int = 0
    after: int = 0

    def remind(self, session: Session, now: datetime) -> None:
        """Tells who has no public plan and was not told since the day of the present reminder (`plan_due`), at most
        once for each of them however long nothing ran: a chore of the worker."""
        today = clock.local_day(now)
        for year in (today.year, today.year + 1):
            since = self.present(year, today)
            if since is None:
                continue
            for organisation_id in self._waiting(session, year, since, now):
                self._tell(session, organisation_id, year, since, now)

    def present(self, year: int, today: date) -> date | None:
        """The day of the newest reminder of the plan of `year` that has come by `today`; None while none is due."""
        come = [day for day in self._days(year) if day <= today]
        last = max(come, default=None)
        return last if last is not None and today < max(last, due(year)) + MADE_UP_FOR else None

    def _days(self, year: int) -> Iterator[date]:
        if not self.month:
            return
        first = date(year - 1, self.month, 1)
        yield first
        if self.before:
            yield max(first, due(year) - timedelta(days=self.before))
        if self.after:
            yield due(year) + timedelta(days=self.after)

    def _waiting(self, session: Session, year: int, since: date, now: datetime) -> list[UUID]:
        today = clock.local_day(now)
        told = exists().where(
            CritiquePlan.organisation_id == Organisation.id,
            CritiquePlan.year == year,
            or_(CritiquePlan.reminded_at >= clock.start_of_day(since), CritiquePlan.published_at.is_not(None)),
        )
        people = exists().where(
            Membership.organisation_id == Organisation.id,
            Membership.role.in_(ORGANISATION_ROLES),
            or_(Membership.until.is_(None), Membership.until > now),
        )
        lasts = or_(Organisation.valid_to.is_(None), Organisation.valid_to > today)
        fronts = select(Organisation.id).where(Organisation.kind == OrganisationKind.FRONT_COMMITTEE, lasts, people)
        return list(session.scalars(fronts.where(~told).order_by(Organisation.id).limit(AT_ONCE)))

    def _tell(self, session: Session, organisation_id: UUID, year: int, since: date, now: datetime) -> None:
        with writing(session, Lock.REFERENCE):
            plan = plans.opened(session, organisation_id, year)
            told = plan.reminded_at is not None and plan.reminded_at >= clock.start_of_day(since)
            if not told and plan.published_at is None:
                plan.reminded_at = now
                emit(
                    session, "plan_due", now, None, organisation=str(organisation_id), year=year,
                    since=since.isoformat(),
                )  # fmt: skip


def due(year: int) -> date:
    """The last day of the year in which the plan of the next one is made."""
    return date(year - 1, 12, 31)
