"""What becomes of a body: another one follows it, it is merged into one that exists, or divided among several.

What was written, sent, asked and answered under its name stays under it, and everybody who works for what took over
acts for it still (`sign_in.actors`). What moves are the seats of people, and the units they sit in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import Lock, new_id, writing
from consult.errors import Invalid
from consult.people.models import Membership, Organisation, OrganisationSuccession, Unit
from consult.people.organisations import NewOrganisation, create, end, organisation
from consult.people.words import OrganisationKind
from consult.text import folded, one_line

MOST_HEIRS = 6


@dataclass
class Moved:
    """What a change did, by ids, so that it can be undone: who took over (`made` were new), units that were made, and
    of each seat that ended the one that took its place (None where the person held it already) and until when it was
    held before."""

    heirs: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    seats: list[tuple[str, str | None, str | None]] = field(default_factory=list)


def succeed(
    session: Session, organisation_id: UUID, new: NewOrganisation, day: date, source: str, now: datetime
) -> tuple[Organisation, Moved]:
    """A new name, or a body that takes over: the old one ends and the new one begins on the local `day`, with the same
    units; who works for the old one works for the new. Raises Refused("organisation_ended"), or Invalid."""
    with writing(session, Lock.PEOPLE):
        old = organisation(session, organisation_id)
        end(session, organisation_id, day)
        heir = _made(session, old, new, day)
        moved = Moved([str(heir.id)], [str(heir.id)])
        _follow(session, old, heir, day, source)
        for unit in [one for one in old.units if one.valid_to is None]:
            _unit_at(session, heir, unit, day, moved)
        _move(session, old, lambda _held: heir, day, now, moved)
    return heir, moved


def merge(
    session: Session, organisation_id: UUID, into_id: UUID, day: date, source: str, now: datetime
) -> tuple[Organisation, Moved]:
    """The body ends on the local `day`, and one that exists takes over from it: its people get their seats there, in a
    unit of the same name where they sat in one.

    Raises Invalid ({"into": …}) for itself or one that ended, and where an investor would become one with a body that
    judges what it answers; Refused("organisation_ended").
    """
    with writing(session, Lock.PEOPLE):
        old, heir = organisation(session, organisation_id), organisation(session, into_id)
        check_merger(old, heir)
        end(session, organisation_id, day)
        moved = Moved([str(heir.id)])
        _follow(session, old, heir, day, source)
        _move(session, old, lambda _held: heir, day, now, moved)
    return heir, moved


def check_merger(old: Organisation, heir: Organisation) -> None:
    """Raises Invalid as `merge`."""
    if old.id == heir.id or heir.valid_to is not None:
        raise Invalid({"into": "not_a_choice"})
    if (old.kind is OrganisationKind.INVESTOR) is not (heir.kind is OrganisationKind.INVESTOR):
        raise Invalid({"into": "investor_stays_apart"})


def split(
    session: Session,
    organisation_id: UUID,
    heirs: Sequence[NewOrganisation],
    goes_to: Mapping[UUID, int],
    day: date,
    source: str,
    now: datetime,
) -> tuple[Sequence[Organisation], Moved]:
    """The body ends on the local `day`, and two or more new ones take over from it, each of all that it sent and was
    asked. `goes_to` says of each seat, by its id, with which of them (0, 1, …) it goes on; one not named ends.

    Raises Invalid ({"name-<n>": …}, {"heirs": "two_or_more"}), Refused("organisation_ended").
    """
    if not 2 <= len(heirs) <= MOST_HEIRS:
        raise Invalid({"heirs": "two_or_more"})
    with writing(session, Lock.PEOPLE):
        old = organisation(session, organisation_id)
        end(session, organisation_id, day)
        made = [_numbered(session, old, new, day, number) for number, new in enumerate(heirs)]
        ids = [str(one.id) for one in made]
        moved = Moved(ids, list(ids))
        for heir in made:
            _follow(session, old, heir, day, source)
        _move(session, old, lambda held: made[goes_to[held.id]] if held.id in goes_to else None, day, now, moved)
    return made, moved


def lasting_seats(session: Session, organisation_id: UUID, moment: datetime) -> Sequence[Membership]:
    """The seats of a body that last beyond an instant, in the order they were given."""
    return session.scalars(
        select(Membership)
        .where(
            Membership.organisation_id == organisation_id, or_(Membership.until.is_(None), Membership.until > moment)
        )
        .order_by(Membership.id)
    ).all()


def undo(session: Session, organisation_id: UUID, moved: Moved) -> None:
    """Takes a change back: what took over is as it was, what was new is not there, and people sit where they sat.
    Whether nothing happened since is for the caller to see. Call inside `writing`."""
    old = organisation(session, organisation_id)
    old.valid_to = None
    for before, after, until in moved.seats:
        session.get_one(Membership, UUID(before)).until = datetime.fromisoformat(until) if until else None
        if after is not None:
            session.delete(session.get_one(Membership, UUID(after)))
    session.flush()
    heirs = [UUID(one) for one in moved.heirs]
    session.execute(
        delete(OrganisationSuccession).where(
            OrganisationSuccession.predecessor_id == old.id, OrganisationSuccession.successor_id.in_(heirs)
        )
    )
    for unit_id in moved.units:
        session.delete(session.get_one(Unit, UUID(unit_id)))
    session.flush()
    for heir_id in moved.made:
        session.expire(session.get_one(Organisation, UUID(heir_id)))
        session.delete(session.get_one(Organisation, UUID(heir_id)))
    session.flush()


def _made(session: Session, old: Organisation, new: NewOrganisation, day: date) -> Organisation:
    heir = create(session, replace(new, valid_from=day, standing=new.standing or old.standing))
    heir.address, heir.telephone, heir.hours, heir.mail = old.address, old.telephone, old.hours, old.mail
    heir.writer_sends, heir.reviewer_id, heir.signatory_id = old.writer_sends, old.reviewer_id, old.signatory_id
    session.flush()
    return heir


def _numbered(session: Session, old: Organisation, new: NewOrganisation, day: date, number: int) -> Organisation:
    try:
        return _made(session, old, new, day)
    except Invalid as invalid:
        raise Invalid({f"{name}-{number}": code for name, code in invalid.errors.items()}) from invalid


def _follow(session: Session, old: Organisation, heir: Organisation, day: date, source: str) -> None:
    session.add(OrganisationSuccession(predecessor_id=old.id, successor_id=heir.id, on=day, source=one_line(source)))
    session.flush()


def _move(
    session: Session,
    old: Organisation,
    heir_of: Callable[[Membership], Organisation | None],
    day: date,
    now: datetime,
    moved: Moved,
) -> None:
    """Ends every seat of a body that would last, and gives the same one where `heir_of` says."""
    moment = max(clock.start_of_day(day), now)
    for held in lasting_seats(session, old.id, moment):
        heir, before = heir_of(held), held.until
        seat = _seat_at(session, heir, held, day, moment, moved) if heir is not None else None
        held.until = max(held.since, moment)
        moved.seats.append((str(held.id), str(seat.id) if seat else None, before.isoformat() if before else None))
    session.flush()


def _seat_at(
    session: Session, heir: Organisation, held: Membership, day: date, moment: datetime, moved: Moved
) -> Membership | None:
    unit_id = _unit_at(session, heir, held.unit, day, moved).id if held.unit else None
    there = lasting_seats(session, heir.id, moment)
    if any(one.user_id == held.user_id and one.role is held.role and _as_long(one, held, moment) for one in there):
        return None
    same: dict[str, Any] = {
        name: getattr(held, name) for name in ("user_id", "role", "until", "granted_by_id", "deputy_for_id")
    }
    seat = Membership(
        id=new_id(), organisation_id=heir.id, unit_id=unit_id, since=max(held.since, moment), **same
    )  # fmt: skip
    session.add(seat)
    session.flush()
    return seat


def _as_long(one: Membership, held: Membership, moment: datetime) -> bool:
    lasts = one.until is None or (held.until is not None and one.until >= held.until)
    return one.since <= max(held.since, moment) and lasts


def _unit_at(session: Session, heir: Organisation, unit: Unit, day: date, moved: Moved) -> Unit:
    """The unit of that name at the heir, made where there is none."""
    own = session.scalars(select(Unit).where(Unit.organisation_id == heir.id, Unit.valid_to.is_(None)))
    found = next((one for one in own if folded(one.name) == folded(unit.name)), None)
    if found is None:
        found = Unit(id=new_id(), organisation_id=heir.id, name=unit.name, mailbox=unit.mailbox, valid_from=day)
        session.add(found)
        session.flush()
        moved.units.append(str(found.id))
    return found
