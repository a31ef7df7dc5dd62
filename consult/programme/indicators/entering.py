"""Values as a commune enters them from a source, and how another person confirms or refuses each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.ledger.entries import Act
from consult.people.models import Organisation
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told
from consult.programme.head_models import Programme
from consult.programme.indicators import definitions, figures, where
from consult.programme.indicators.models import IndicatorValue
from consult.text import one_line, stored

MOST_OF_ONE = 50


@dataclass(frozen=True)
class NewValues:
    """What a commune enters at once from one source: by the code of an indicator the number as typed, in a year and for
    a commune; `reason` says why something that is public is corrected."""

    year: int
    area_id: UUID | None
    values: Mapping[str, str]
    file: KeptFile | None
    note: str = ""
    reason: str = ""


def enter(session: Session, programme: Programme, new: NewValues, actor: Actor, now: datetime) -> list[IndicatorValue]:
    """Values that wait for another person; what waited for the same indicator is replaced, and what is public by now
    already is left out. Raises NotFound for who does not enter for this commune and where nothing is measured, Invalid,
    Refused("values_full")."""
    with writing(session, programme.consultation_id):
        today = clock.local_day(now)
        body = where.require_enters(session, new.area_id, actor, new.year, today)
        if programme.public_at is None or new.year > today.year:
            raise NotFound
        known = of_area(session, programme, new.year, new.area_id)
        values = _checked(session, programme, new, known)
        assert new.file is not None
        made = [_kept(session, programme, new, body, code, value, known, now) for code, value in values.items()]
        for one in made:
            one.recorded_at, one.recorded_by_id = now, heads.person(actor)
            session.add(one)
    return made


def decide(
    session: Session, programme: Programme, chosen: Collection[int], reason: str | None, actor: Actor, now: datetime
) -> None:
    """Confirms these values, or refuses them for a `reason`: by a person who signs and did not enter them. Raises
    NotFound, Invalid, Refused: `not_sender`, `own_words`, `nothing_waits`."""
    if not chosen or (reason is not None and not 0 < len(stored(reason)) <= size_limits.TEXT):
        raise Invalid({"refused_reason" if chosen else "chosen": "required"})
    with writing(session, programme.consultation_id):
        found = [value_of(session, programme, number) for number in sorted(chosen)]
        for one in found:
            session.refresh(one)
            heads.require_other_eyes(actor, one.recorded_by_id, where.decides_for(one, actor))
        if not all(one.waits for one in found):
            raise Refused("nothing_waits")
        for one in found:
            _decide(one, reason, actor, now)
        if reason is None:
            ledger.append(session, programme.consultation_id, [_entry(one) for one in found], now)
            session.get_one(Consultation, programme.consultation_id).touch()


def value_of(session: Session, programme: Programme, number: int) -> IndicatorValue:
    """The value of this number. Raises NotFound."""
    named = (IndicatorValue.consultation_id == programme.consultation_id, IndicatorValue.number == number)
    found = session.scalar(select(IndicatorValue).where(*named))
    if found is None:
        raise NotFound
    return found


def of_area(session: Session, programme: Programme, year: int, area_id: UUID | None) -> Sequence[IndicatorValue]:
    """All that was entered for a commune in a year, in its order."""
    own = (
        IndicatorValue.consultation_id == programme.consultation_id, IndicatorValue.year == year,
        IndicatorValue.area_id == area_id,
    )  # fmt: skip
    return session.scalars(select(IndicatorValue).where(*own).order_by(IndicatorValue.number)).all()


def newest(rows: Sequence[IndicatorValue], code: str) -> IndicatorValue | None:
    """The value of an indicator that counts: the one confirmed last."""
    return next((one for one in reversed(rows) if one.indicator == code and one.confirmed_at is not None), None)


def sent_back(rows: Sequence[IndicatorValue]) -> list[IndicatorValue]:
    """What was refused and not entered anew since."""
    return [one for one in {each.indicator: each for each in rows}.values() if one.refused_at is not None]


def told_value(one: IndicatorValue) -> Told:
    """What is public of a value, as the log hashes it."""
    return {
        "result": one.number, "year": one.year, "indicator": one.indicator, "area": str(one.area_id),
        "body": str(one.body_id), "value": one.value, "note": one.note, "reason": one.reason,
    }  # fmt: skip


def _entry(one: IndicatorValue) -> Act:
    return entries.result_confirmed(one.number, one.year, entries.hash_of(told_value(one)), one.file_hash, one.reason)


def _decide(one: IndicatorValue, reason: str | None, actor: Actor, now: datetime) -> None:
    if reason is None:
        one.confirmed_at, one.confirmed_by_id = now, heads.person(actor)
    else:
        one.refused_at, one.refused_by_id, one.refused_reason = now, heads.person(actor), stored(reason)


def _checked(session: Session, programme: Programme, new: NewValues, known: Sequence[IndicatorValue]) -> dict[str, str]:
    """The new values in figures, but those that are public already."""
    measured = {item["code"] for item in _measured(session, programme, new.year)}
    typed = {code: one_line(said) for code, said in new.values.items() if one_line(said) and code in measured}
    errors = {f"value-{code}": "number_wrong" for code, said in typed.items() if figures.read(said) is None}
    read = {code: figures.read(said) or "" for code, said in typed.items()}
    before = {code: one for code in read if (one := newest(known, code)) is not None}
    values = {code: value for code, value in read.items() if code not in before or before[code].value != value}
    errors |= {} if values else {"values": "required"}
    errors |= {} if new.file is not None else {"file": "required"}
    errors |= {name: "too_long" for name in ("note", "reason") if len(stored(getattr(new, name))) > size_limits.TEXT}
    if before.keys() & values.keys() and not stored(new.reason):
        errors["reason"] = "required"
    if errors:
        raise Invalid(errors)
    if any(sum(one.indicator == code for one in known) >= MOST_OF_ONE for code in values):
        raise Refused("values_full")
    return values


def _measured(session: Session, programme: Programme, year: int) -> list[dict[str, str]]:
    found = definitions.in_force(session, programme, year)
    if found is None:
        raise NotFound
    return found.items


def _kept(
    session: Session, programme: Programme, new: NewValues, body: Organisation, code: str, value: str,
    known: Sequence[IndicatorValue], now: datetime,
) -> IndicatorValue:  # fmt: skip
    """What waits for the same indicator, or a new one, with what was entered."""
    waits = next((one for one in known if one.indicator == code and one.waits), None)
    one = waits or IndicatorValue(
        id=new_id(), consultation_id=programme.consultation_id, year=new.year, indicator=code, area_id=new.area_id,
        number=next_number(session, programme.consultation_id, "indicator_value"), refused_reason="",
    )  # fmt: skip
    assert new.file is not None
    one.body_id, one.value, one.note = body.id, value, stored(new.note)
    one.reason = stored(new.reason) if newest(known, code) is not None else ""
    one.file_hash, one.file_name, one.media_type = new.file.hash, new.file.name, new.file.media_type
    return one
