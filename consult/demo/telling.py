"""What the demo command says: who can sign in, one person for each role of the bodies that lead or answer a
matter."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.command_line.words import say
from consult.consultations.models import Consultation
from consult.people.models import Membership, Organisation
from consult.people.words import Role


def who_can_sign_in(session: Session) -> Iterator[str]:
    """The lines of the list, in the order in which people and bodies were made."""
    at_work = {one for row in session.execute(select(Consultation.lead_id, Consultation.answering_id)) for one in row}
    seats = session.scalars(
        select(Membership).options(joinedload(Membership.organisation), joinedload(Membership.user))
    ).all()
    seats = sorted(seats, key=lambda seat: (seat.user.created_at, seat.user_id))
    bodies = list(dict.fromkeys(seat.organisation for seat in seats if seat.organisation_id in at_work))
    for body in bodies:
        yield f"  {body.name}"
        yield from _by_role([seat for seat in seats if seat.organisation_id == body.id])
    yield _others(seats, bodies)


def _by_role(seats: list[Membership]) -> Iterator[str]:
    for role in Role:
        holders = [seat.user.name for seat in seats if seat.role is role]
        if holders:
            more = say("demo.and_others", count=len(holders) - 1) if holders[1:] else ""
            yield f"    {say(f'role.{role.value}')}: {holders[0]}{more}"


def _others(seats: list[Membership], named: list[Organisation]) -> str:
    rest = [seat for seat in seats if seat.organisation not in named]
    people, bodies = {seat.user_id for seat in rest}, {seat.organisation_id for seat in rest}
    return "  " + say("demo.people_elsewhere", people=len(people), organisations=len(bodies))
