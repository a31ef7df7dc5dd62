"""From October on the people of each Front committee are reminded once that the plan of the next year is due."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True)
class PlanReminders:
    """`month` is the first from which on the next year is planned (NQLT 403/2017, Điều 3: the last quarter); 0 reminds
    nobody."""

    month: int

    def remind(self, session: Session, now: datetime) -> None:
        """Tells who has neither a public plan nor been told (`plan_due`): a chore of the worker."""
        today = clock.local_day(now)
        if not self.month or today.month < self.month:
            return
        year = today.year + 1
        told = exists().where(
            CritiquePlan.organisation_id == Organisation.id,
            CritiquePlan.year == year,
            or_(CritiquePlan.reminded_at.is_not(None), CritiquePlan.published_at.is_not(None)),
        )
        people = exists().where(
            Membership.organisation_id == Organisation.id,
            Membership.role.in_(ORGANISATION_ROLES),
            or_(Membership.until.is_(None), Membership.until > now),
        )
        lasts = or_(Organisation.valid_to.is_(None), Organisation.valid_to > today)
        fronts = select(Organisation.id).where(Organisation.kind == OrganisationKind.FRONT_COMMITTEE, lasts, people)
        waiting = session.scalars(fronts.where(~told).order_by(Organisation.id).limit(AT_ONCE)).all()
        for organisation_id in waiting:
            with writing(session, Lock.REFERENCE):
                plan = plans.opened(session, organisation_id, year)
                if plan.reminded_at is None and plan.published_at is None:
                    plan.reminded_at = now
                    emit(session, "plan_due", now, None, organisation=str(organisation_id), year=year)
