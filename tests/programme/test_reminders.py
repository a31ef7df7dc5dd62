"""From October on the people of a Front committee are reminded of the plan of the next year, until it is public."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from consult.programme import plans
from consult.programme.plans import NewLine
from consult.programme.reminders import PlanReminders
from tests.builders import make_actor, make_organisation

OCTOBER = datetime(2026, 10, 1, 8, tzinfo=clock.LOCAL_ZONE)


def reminded(session: Session, now: datetime, month: int = 10, before: int = 0, after: int = 0) -> list[str]:
    """The bodies that are told now."""
    there = set(session.scalars(select(OutboxMessage.id)))
    PlanReminders(month, before, after).remind(session, now)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "plan_due")).all()
    return [one.payload["organisation"] for one in told if one.id not in there]


@pytest.fixture
def front(session: Session) -> Organisation:
    """A Front committee that has people, beside one that has none and a body of another kind."""
    make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    make_actor(session, make_organisation(session, OrganisationKind.SOCIO_POLITICAL), Role.DRAFTER)
    body = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    make_actor(session, body, Role.DRAFTER)
    return body


def test_once_a_year_from_october_on(session: Session, front: Organisation) -> None:
    assert reminded(session, OCTOBER - timedelta(days=1)) == []
    assert reminded(session, OCTOBER, month=0) == []
    assert reminded(session, OCTOBER) == [str(front.id)]
    assert reminded(session, OCTOBER + timedelta(days=40)) == []
    assert reminded(session, OCTOBER.replace(year=2027)) == [str(front.id)]


def test_again_before_the_last_day_and_once_it_has_passed(session: Session, front: Organisation) -> None:
    told = [
        day
        for day in (OCTOBER + timedelta(days=days) for days in range(200))
        for _twice in (1, 2)
        if reminded(session, day + timedelta(hours=_twice), before=15, after=7)
    ]
    assert [day.date().isoformat() for day in told] == ["2026-10-01", "2026-12-16", "2027-01-07"]


@pytest.mark.parametrize(
    ("last", "stood_until", "told"),
    [
        (datetime(2026, 12, 14, 8), datetime(2026, 12, 17, 8), 1),
        (datetime(2026, 10, 2, 8), datetime(2027, 1, 8, 8), 1),
        (datetime(2026, 12, 16, 8), datetime(2026, 12, 19, 8), 0),
        (datetime(2027, 1, 5, 8), datetime(2027, 2, 5, 8), 1),
        (datetime(2027, 1, 5, 8), datetime(2027, 2, 6, 8), 0),
    ],
)
def test_a_worker_that_stood_still_makes_up_for_the_newest_alone(
    session: Session, front: Organisation, last: datetime, stood_until: datetime, told: int
) -> None:
    reminded(session, last.replace(tzinfo=clock.LOCAL_ZONE), before=15, after=7)
    again = stood_until.replace(tzinfo=clock.LOCAL_ZONE)
    found = [reminded(session, again + timedelta(hours=hours), before=15, after=7) for hours in (0, 1, 24)]
    assert sum(map(len, found)) == len(found[0]) == told


def test_who_has_a_public_plan_is_not_reminded(session: Session, front: Organisation) -> None:
    signer = make_actor(session, front, Role.SENDER)
    line = NewLine("Quy hoạch", "written", "member", front.id)
    plans.add(session, front, 2027, line, signer, OCTOBER)
    plans.publish(session, front, 2027, "", None, signer, OCTOBER)
    assert reminded(session, OCTOBER) == []
