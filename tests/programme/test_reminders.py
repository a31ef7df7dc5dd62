"""From October on the people of a Front committee are reminded once of the plan of the next year."""

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


def reminded(session: Session, now: datetime, month: int = 10) -> list[str]:
    """The bodies that are told now."""
    before = set(session.scalars(select(OutboxMessage.id)))
    PlanReminders(month).remind(session, now)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "plan_due")).all()
    return [one.payload["organisation"] for one in told if one.id not in before]


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


def test_who_has_a_public_plan_is_not_reminded(session: Session, front: Organisation) -> None:
    signer = make_actor(session, front, Role.SENDER)
    line = NewLine("Quy hoạch", "written", "member", front.id)
    plans.add(session, front, 2027, line, signer, OCTOBER)
    plans.publish(session, front, 2027, "", None, signer, OCTOBER)
    assert reminded(session, OCTOBER) == []
