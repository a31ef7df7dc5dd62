"""What the demonstration knows of the clock: an outage that touched no period, and rules of the province that wait."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import outages
from consult.administration.reference import profile_proposals, profile_values
from consult.consultations.models import LegalProfile
from consult.demo import content
from consult.demo.cast import Cast
from consult.people.words import Role


def play(session: Session, people: Cast, now: datetime) -> None:
    """States the outage, and proposes the rules; another administrator may confirm them."""
    said = content.clock_acts()
    administrator = next(one for one in people.actors.values() if one.holds(Role.ADMINISTRATOR))
    down, rules = said["outage"], said["rules"]
    starts = now - timedelta(days=down["days_ago"])
    ends = starts + timedelta(minutes=down["minutes"])
    outages.state_outage(session, starts, ends, down["evidence"], administrator, ends + timedelta(hours=9))
    base = session.scalars(
        select(LegalProfile).where(LegalProfile.code == rules["copied"]).order_by(LegalProfile.valid_from.desc())
    ).first()
    assert base is not None
    typed = profile_values.with_typed(base.rules, rules["typed"])
    first, before = clock.local_day(now) + timedelta(days=rules["from"]), now - timedelta(hours=1)
    profile_proposals.propose(session, base, rules["name"], first, rules["basis"], typed, administrator, before)
