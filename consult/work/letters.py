"""The letters of bodies that wait for the signature of a person."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.people.heirs import with_predecessors
from consult.people.words import Role
from consult.policy import Actor
from consult.workspace import overview
from consult.workspace.overview import Prepared


def to_sign(session: Session, actor: Actor, now: datetime) -> list[Prepared]:
    """The drafts that were handed over to be signed, of bodies for which `actor` signs, and in which they did not
    write, unless who wrote may send. Three statements for each body that a person signs for."""
    today = clock.local_day(now)
    bodies = [one for one in overview.organisations_of(session, actor, now)
              if actor.holds(Role.SENDER, organisation=one.id)]  # fmt: skip
    found = [
        one
        for body in bodies
        for one in overview.drafts(session, body.id, actor, before=with_predecessors(session, body.id, today))
    ]
    return [
        one
        for one in found
        if one.draft.ready_at is not None and (not one.own or actor.sends_own(one.draft.organisation_id))
    ]
