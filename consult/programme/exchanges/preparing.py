"""An exchange: prepared from what is open and late, written down, and public once all parties agreed on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Actor
from consult.programme import heads, promises
from consult.programme.exchanges import agenda, found
from consult.programme.exchanges.models import AgendaItem, Exchange
from consult.programme.head_models import Programme
from consult.programme.words import QUARTERS, AgendaKind
from consult.text import one_line, stored

MOST_ITEMS = 300


@dataclass(frozen=True)
class NewMinutes:
    """What is written down of an exchange: the local day, where, who led it for each side (`further_leaders` of
    further parties by their place), who was there (one on each line) and what was concluded. At each item, by its id as
    a text: its place, what was noted, whether it is left out."""

    held_on: date | None = None
    place: str = ""
    first_leader: str = ""
    second_leader: str = ""
    attendants: str = ""
    minutes: str = ""
    places: Mapping[str, int | None] | None = None
    notes: Mapping[str, str] | None = None
    left_out: frozenset[str] = frozenset()
    further: str = ""
    further_leaders: Mapping[int, str] | None = None


def prepare(
    session: Session, programme: Programme, year: int, quarter: int, actor: Actor, now: datetime
) -> Exchange:  # fmt: skip
    """The exchange of a quarter, with an agenda of all that is open and late at the instant `now`. Raises NotFound for
    no party, Invalid, Refused("programme_not_public" | "exchange_exists")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check_quarter(session, programme, year, quarter)
        made = Exchange(
            id=new_id(), consultation_id=programme.consultation_id, year=year, quarter=quarter, recorded_at=now,
            number=next_number(session, programme.consultation_id, "exchange"), recorded_by_id=heads.person(actor),
            held_on=None, place="", first_leader="", second_leader="", attendants="", minutes="",
            further_leaders=[],
        )  # fmt: skip
        session.add(made)
        session.add_all(_items(made, agenda.made(session, programme, now), 1))
    return made


def write(
    session: Session, one: Exchange, new: NewMinutes, actor: Actor, now: datetime, look_again: bool = False
) -> None:
    """What is known of the exchange from now on; with `look_again` what became open or late since comes behind the
    agenda. Whoever agreed before agrees anew. Raises NotFound for no party, Invalid, Refused("minutes_public")."""
    with writing(session, one.consultation_id):
        _require_open(session, one, actor)
        _check(new, one, clock.local_day(now))
        one.held_on, one.place = new.held_on, one_line(new.place)
        one.first_leader, one.second_leader = one_line(new.first_leader), one_line(new.second_leader)
        one.further_leaders = _further_leaders(one.programme, new)
        one.attendants, one.minutes = stored(new.attendants), stored(new.minutes)
        one.recorded_at, one.recorded_by_id = now, heads.person(actor)
        kept = _arrange(session, one, new)
        if look_again:
            _look_again(session, one, kept, now)
        heads.disagree(one)
    session.expire(one)


def agree(session: Session, one: Exchange, actor: Actor, now: datetime) -> bool:
    """One party agrees on the minutes; True once they are public, with all that was decided. Raises as `heads.agree`,
    and Refused("minutes_missing" | "decision_not_later" | "minutes_public")."""
    with writing(session, one.consultation_id):
        _require_open(session, one, actor)
        if one.held_on is None or not one.minutes or not all(name for body, name in one.leaders if is_named(body)):
            raise Refused("minutes_missing")
        if any(each.promise.due_on <= one.held_on for each in one.decisions):
            raise Refused("decision_not_later")
        public = heads.agree(one.programme, one, actor, now)
        if public:
            _publish(session, one, now)
    return public


def is_named(body: Organisation) -> bool:
    """Whether it is written down who led an exchange for a party: not for a religious organisation, since that would
    tell what a person believes."""
    return body.kind is not OrganisationKind.RELIGIOUS


def _further_leaders(programme: Programme, new: NewMinutes) -> list[str]:
    typed = new.further_leaders or {}
    return [one_line(typed.get(one.number, "")) if is_named(one.body) else "" for one in programme.further]


def _publish(session: Session, one: Exchange, now: datetime) -> None:
    assert one.held_on is not None
    own = sorted((each.promise for each in one.decisions), key=lambda promise: promise.number)
    quarter, numbers = (one.year, one.quarter), [promise.number for promise in own]
    acts = [
        entries.exchange_agreed(one.number, quarter, one.held_on, numbers, entries.hash_of(found.told(one))),
        *(promises.publish(promise, found.details(one), now) for promise in own),
    ]
    ledger.append(session, one.consultation_id, acts, now)
    for body in {promise.by_id for promise in own}:
        owed = [promise.number for promise in own if promise.by_id == body]
        promises.have_told(session, one.consultation_id, "made", body, owed, now)
    session.get_one(Consultation, one.consultation_id).touch()


def _require_open(session: Session, one: Exchange, actor: Actor) -> None:
    session.refresh(one)
    heads.require_party(one.programme, actor)
    if one.public_at is not None:
        raise Refused("minutes_public")


def _items(one: Exchange, lines: Sequence[agenda.AgendaLine], first: int) -> list[AgendaItem]:
    return [
        AgendaItem(
            id=new_id(), consultation_id=one.consultation_id, exchange_id=one.id, place=place, kind=line.kind,
            key=line.key, text=stored(line.text), count=line.count, path=line.path, note="",
        )
        for place, line in enumerate(lines, first)
    ]  # fmt: skip


def _arrange(session: Session, one: Exchange, new: NewMinutes) -> int:
    """Each item in the place that was typed, what has none where it was; numbered from 1 again. Gives how many."""
    places, notes = new.places or {}, new.notes or {}
    kept: list[tuple[tuple[int, int], AgendaItem]] = []
    for item in list(one.items):
        name = str(item.id)
        if name in new.left_out:
            session.delete(item)
            continue
        item.note = stored(notes.get(name, item.note))
        typed = places.get(name)
        kept.append(((item.place if typed is None else typed, item.place), item))
    for place, (_order, item) in enumerate(sorted(kept, key=lambda pair: pair[0]), 1):
        item.place = place
    if further := one_line(new.further):
        own = agenda.AgendaLine(AgendaKind.OWN, "", further, 0, "")
        session.add_all(_items(one, [own], len(kept) + 1))
    return len(kept) + bool(further)


def _look_again(session: Session, one: Exchange, kept: int, now: datetime) -> None:
    known = {item.key for item in one.items}
    new = [line for line in agenda.made(session, one.programme, now) if line.key not in known]
    session.add_all(_items(one, new[: max(0, MOST_ITEMS - kept)], kept + 1))


def _check_quarter(session: Session, programme: Programme, year: int, quarter: int) -> None:
    if quarter not in QUARTERS:
        raise Invalid({"quarter": "not_a_choice"})
    if not programme.valid_from.year <= year <= programme.valid_to.year:
        raise Invalid({"year": "not_a_choice"})
    same = (Exchange.consultation_id == programme.consultation_id, Exchange.year == year, Exchange.quarter == quarter)
    there: UUID | None = session.scalar(select(Exchange.id).where(*same))
    if there is not None:
        raise Refused("exchange_exists")


def _check(new: NewMinutes, one: Exchange, today: date) -> None:
    short = ("place", "first_leader", "second_leader", "further")
    errors = {name: "too_long" for name in short if len(one_line(getattr(new, name))) > size_limits.SHORT}
    errors |= {
        f"leader-{place}": "too_long"
        for place, name in (new.further_leaders or {}).items()
        if len(one_line(name)) > size_limits.SHORT
    }
    long = {"attendants": new.attendants, "minutes": new.minutes}
    long |= {f"note-{name}": text for name, text in (new.notes or {}).items()}
    errors |= {name: "too_long" for name, text in long.items() if len(stored(text)) > size_limits.TEXT}
    if new.held_on is not None and new.held_on > today:
        errors["held_on"] = "in_the_future"
    if one_line(new.further) and len(one.items) >= MOST_ITEMS:
        errors["further"] = "too_many"
    if errors:
        raise Invalid(errors)
