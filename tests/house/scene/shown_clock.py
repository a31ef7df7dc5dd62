"""What acts on the clock touch: an outage, the rules of the province, and a period that an outage makes longer."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import outages
from consult.administration.reference import profile_proposals, profile_values
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.people.words import Role
from consult.policy import Actor
from tests.builders import make_actor

DAYS = profile_values.key_of(("rules", "answer_days"), "days")


def add_clock(add: Callable[..., None], session: Session, body: Organisation, actor: Actor) -> None:
    """One of each."""
    now = clock.now()
    matter = session.scalars(select(Consultation).where(Consultation.published_at.is_not(None))).first()
    assert matter is not None
    down = outages.state_outage(
        session, now - timedelta(days=9, hours=2), now - timedelta(days=9), "Biên bản", actor, now
    )
    add("outages.take_back", {"reason": "Ghi nhầm"}, outage_id=down.id)
    other, first = make_actor(session, body, Role.ADMINISTRATOR), clock.local_day(now) + timedelta(days=30)
    rules = profile_values.with_typed(matter.profile.rules, {DAYS: "10"})
    row = profile_proposals.propose(session, matter.profile, "Quy định", first, "Quyết định", rules, other, now)
    add("profiles.settle", {"how": "confirmed"}, proposal_id=row.id)
    typed = {"name": "Quy định", "basis": "Quyết định", "valid_from": str(first + timedelta(days=1)), DAYS: "12"}
    add("profiles.propose", typed, profile_id=matter.profile_id)
    add("preparing.outage.extend", {"reason": "Sự cố.", "seen": "x"}, slug=matter.slug)
