"""All of one person's work goes to another: when somebody leaves, is ill, or is given other duties."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.matter import overview
from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.people.models import User
from consult.policy import Action, Actor, decide
from consult.responses.desk import assignment, left_behind


def hand_over(
    session: Session, giver: UUID | None, taker: UUID | None, actor: Actor, now: datetime
) -> tuple[dict[UUID, list[int]], list[Consultation]]:
    """Gives what waits for an answer in the hands of `giver` to `taker`, in every matter where `actor` may give work
    and `taker` works at the desk; each matter is an act of its own. Gives the numbers by matter, and the matters where
    `taker` does not work.

    Raises Invalid({"giver" | "taker": "choose_one"}), Invalid({"taker": "same_person"}).
    """
    errors = {name: "choose_one" for name, given in (("giver", giver), ("taker", taker)) if given is None}
    if errors:
        raise Invalid(errors)
    if giver == taker or giver is None or taker is None:
        raise Invalid({"taker": "same_person"})
    given: dict[UUID, list[int]] = {}
    left: list[Consultation] = []
    for matter in _assignable(session, actor, now):
        try:
            numbers = assignment.hand_over(session, matter, giver, taker, actor, now)
        except Invalid:
            left.append(matter)
            continue
        if numbers:
            given[matter.id] = numbers
    return given, left


def givers(session: Session, actor: Actor, now: datetime) -> list[User]:
    """Whose work `actor` may give to others, by name: who works at those desks, and who left and has something in hand
    there still."""
    gone = left_behind.holders(session, [matter.id for matter in _assignable(session, actor, now)], now)
    return sorted({*people(session, actor, now), *gone}, key=lambda one: (one.name, one.id))


def people(session: Session, actor: Actor, now: datetime) -> list[User]:
    """Who works at the desks of the matters in which `actor` may give work, by name."""
    found = {
        one.id: one for matter in _assignable(session, actor, now) for one in assignment.people_of(session, matter, now)
    }
    return sorted(found.values(), key=lambda one: (one.name, one.id))


def _assignable(session: Session, actor: Actor, now: datetime) -> list[Consultation]:
    matters = [one.consultation for one in overview.matters(session, actor, now)]
    return [one for one in matters if decide(actor, Action.ASSIGN, one, now) is None]
