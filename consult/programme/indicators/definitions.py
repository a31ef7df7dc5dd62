"""What is measured in a year: set by one person of a party of the state, made public by another."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told
from consult.programme.head_models import Programme
from consult.programme.indicators.models import IndicatorList, IndicatorValue
from consult.text import one_line, stored

MOST_ITEMS = 40
DIRECTIONS = {"+": "up", "-": "down", "": "none"}
"""Whether more is better, less, or neither, as it is typed at the end of a line."""
PARTS = ("code", "name", "unit", "how", "direction")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE = 40
EARLIER_YEARS = 5


def set_list(
    session: Session, programme: Programme, year: int, typed: str, actor: Actor, now: datetime
) -> IndicatorList:
    """What is measured in a year, one indicator a line; it waits for another person. What waited already is replaced.
    Raises NotFound for who does not work for a party of the state and for a year outside the programme, Invalid,
    Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        require_definer(programme, year, actor)
        known = versions(session, programme, year)
        made = next((one for one in known if one.released_at is None), None)
        items = _items(typed)
        _require_kept(session, programme, year, items)
        if made is None:
            version = max((one.version for one in known), default=0) + 1
            made = IndicatorList(id=new_id(), consultation_id=programme.consultation_id, year=year, version=version)
            session.add(made)
        made.items, made.recorded_at, made.recorded_by_id = items, now, heads.person(actor)
    return made


def release_list(session: Session, programme: Programme, year: int, actor: Actor, now: datetime) -> None:
    """Makes the list that waits the one in force: by a person who signs for a party of the state and did not write it.
    Raises NotFound, Refused: `not_sender`, `own_words`."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        body = require_definer(programme, year, actor)
        one = next((each for each in versions(session, programme, year) if each.released_at is None), None)
        if one is None:
            raise NotFound
        session.refresh(one)
        heads.require_other_eyes(actor, one.recorded_by_id, body)
        # A value may have come since it was written.
        _require_kept(session, programme, year, one.items)
        one.released_at, one.released_by_id = now, heads.person(actor)
        entry = entries.indicators_set(one.year, one.version, entries.hash_of(told_list(one)))
        ledger.append(session, programme.consultation_id, [entry], now)
        session.get_one(Consultation, programme.consultation_id).touch()


def require_definer(programme: Programme, year: int, actor: Actor) -> UUID:
    """The party of the state for which somebody says what is measured. Raises NotFound for others and for a year
    outside the programme, Refused where the programme is not public."""
    body = heads.state_party(programme, actor)
    require_year(programme, year)
    if programme.public_at is None:
        raise Refused("programme_not_public")
    return body


def require_year(programme: Programme, year: int) -> None:
    """Raises NotFound for a year that is neither of the programme nor one of those before, with which its first years
    are compared."""
    if not programme.valid_from.year - EARLIER_YEARS <= year <= programme.valid_to.year:
        raise NotFound


def versions(session: Session, programme: Programme, year: int) -> Sequence[IndicatorList]:
    """The lists of a year, the newest first, one that waits too."""
    own = (IndicatorList.consultation_id == programme.consultation_id, IndicatorList.year == year)
    return session.scalars(select(IndicatorList).where(*own).order_by(IndicatorList.version.desc())).all()


def in_force(session: Session, programme: Programme, year: int) -> IndicatorList | None:
    """The newest public list of a year."""
    return next((one for one in versions(session, programme, year) if one.released_at is not None), None)


def by_year(session: Session, programme: Programme) -> dict[int, IndicatorList]:
    """The list in force of each year that has one, the newest year first."""
    own = (IndicatorList.consultation_id == programme.consultation_id, IndicatorList.released_at.is_not(None))
    found = session.scalars(
        select(IndicatorList).where(*own).order_by(IndicatorList.year.desc(), IndicatorList.version)
    )
    return {one.year: one for one in found}


def defined(one: IndicatorList | None, code: str) -> dict[str, str] | None:
    """An indicator of a list; None where it has none of this code."""
    return next((item for item in (one.items if one else ()) if item["code"] == code), None)


def same(one: dict[str, str] | None, other: dict[str, str] | None) -> bool:
    """Whether two years measure the same: values of others are never compared."""
    return one is not None and other is not None and all(one[part] == other[part] for part in PARTS)


def told_list(one: IndicatorList) -> Told:
    """What is public of a list, as the log hashes it."""
    items = [[item[part] for part in PARTS] for item in one.items]
    return {"year": one.year, "version": one.version, "items": items}


def _items(typed: str) -> list[dict[str, str]]:
    lines = [one_line(line) for line in stored(typed).splitlines() if one_line(line)]
    found = [_item(line) for line in lines]
    items = [one for one in found if one is not None]
    if not lines:
        raise Invalid({"indicators": "required"})
    if len(lines) > MOST_ITEMS or any(len(line) > size_limits.SHORT for line in lines):
        raise Invalid({"indicators": "too_long"})
    if len(items) < len(lines) or len({one["code"] for one in items}) < len(items):
        raise Invalid({"indicators": "indicators_wrong"})
    return items


def _item(line: str) -> dict[str, str] | None:
    """ "rac-thu-gom | Tỷ lệ rác được thu gom | % | Theo sổ của xã | +"; the last part may be missing."""
    code, name, unit, how, direction = ([part.strip() for part in line.split("|")] + [""] * 5)[:5]
    good = _CODE.fullmatch(code) and len(code) <= LONGEST_CODE and name and unit and how
    if not good or line.count("|") > 4 or direction not in DIRECTIONS:
        return None
    return {"code": code, "name": name, "unit": unit, "how": how, "direction": DIRECTIONS[direction]}


def _require_kept(session: Session, programme: Programme, year: int, items: Sequence[dict[str, str]]) -> None:
    """What communes entered in this year goes on meaning what it meant: it stays in the list, in its unit and as it is
    measured. Raises Invalid("indicators_have_values")."""
    before = in_force(session, programme, year)
    own = (IndicatorValue.consultation_id == programme.consultation_id, IndicatorValue.year == year)
    used = session.scalars(select(IndicatorValue.indicator).where(*own).distinct()).all()
    new = {one["code"]: one for one in items}
    if not all(same(defined(before, code), new.get(code)) for code in used):
        raise Invalid({"indicators": "indicators_have_values"})
