"""The names of areas, past and present, in memory: a place is understood in what somebody typed without asking the
database for it each time. Areas change a few times a decade."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.areas import without_kind
from consult.people.models import Area, AreaSuccession
from consult.people.words import Level
from consult.search.engines.tokens import spelled
from consult.text import searched

KEPT_FOR = timedelta(minutes=10)
MOST_FOUND = 8
LONGEST_NAME = 7
MOST_WORDS = 20


@dataclass(frozen=True)
class Place:
    """An area in force with its code and first day, the older names by which it was found, and the areas whose matters
    concern it: itself and those around it."""

    id: UUID
    name: str
    code: str
    since: date
    former: tuple[str, ...] = ()
    around: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class _Known:
    id: UUID
    name: str
    searched: str
    parent: UUID | None
    level: Level
    since: date
    until: date | None
    code: str

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class _Names:
    areas: dict[UUID, _Known] = field(default_factory=dict)
    named: dict[str, list[_Known]] = field(default_factory=dict)
    became: dict[UUID, list[UUID]] = field(default_factory=dict)
    inside: dict[UUID, list[UUID]] = field(default_factory=dict)
    read_at: datetime | None = None


class Gazetteer:
    """The names as they were read last, shared by the threads of a process."""

    def __init__(self) -> None:
        self.names = _Names()
        self.lock = threading.Lock()

    def places_in(self, session: Session, typed: str, now: datetime) -> tuple[Place, ...]:
        """The places that `typed` names: as a whole, with or without what stands before a name (xã, P.), or somewhere
        in it after such a word. It reads the database when the names are old."""
        names, day = self._fresh(session, now), clock.local_day(now)
        whole, comma, around = (" ".join(folded for folded, _ in spelled(part)) for part in typed.partition(","))
        if comma == "" and around and whole in names.named:
            return _meant(names, names.named[whole], around, day)
        words = [folded for folded, _ in spelled(typed)]
        name = " ".join(words)
        if len(words) > MOST_WORDS:
            return ()
        return _meant(names, names.named.get(name) or self._inside(names, words), "", day)

    def _inside(self, names: _Names, words: Sequence[str]) -> Sequence[_Known]:
        """Those with the longest name that stands after a word such as xã."""
        for length in range(min(LONGEST_NAME, len(words)), 1, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                if name in names.named and without_kind(name) != name:
                    return names.named[name]
        return ()

    def _fresh(self, session: Session, now: datetime) -> _Names:
        read_at = self.names.read_at
        if read_at is None or not read_at <= now < read_at + KEPT_FOR:
            with self.lock:
                self.names = _read(session, now)
        return self.names


def _read(session: Session, now: datetime) -> _Names:
    names = _Names(read_at=now)
    columns = (
        Area.id,
        Area.name,
        Area.folded_name,
        Area.parent_id,
        Area.level,
        Area.valid_from,
        Area.valid_to,
        Area.code,
    )
    for row in session.execute(select(*columns)):
        one = _Known(row.id, row.name, searched(row.folded_name), *row[3:])
        names.areas[one.id] = one
        for name in {one.searched, without_kind(one.searched), _shorter(one.searched)}:
            names.named.setdefault(name, []).append(one)
        if one.parent is not None:
            names.inside.setdefault(one.parent, []).append(one.id)
    for old, new in session.execute(select(AreaSuccession.predecessor_id, AreaSuccession.successor_id)):
        names.became.setdefault(old, []).append(new)
    return names


def _shorter(name: str) -> str:
    """A name as people shorten it: "tp bac kan" for "thanh pho bac kan"."""
    for long, short in (("thanh pho ", "tp "), ("thi tran ", "tt "), ("thi xa ", "tx "), ("phuong ", "p ")):
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name


def _meant(names: _Names, found: Sequence[_Known], around: str, day: date) -> tuple[Place, ...]:
    """The areas in force that these are or became, each with the old names that led to it."""
    former: dict[UUID, list[str]] = {}
    for one in found:
        if around and not _within(names, one, around):
            continue
        for heir in _now(names, one, day):
            # Inside a sentence: trước là xã Dương Quang.
            former.setdefault(heir, []).extend([] if heir == one.id else [one.name[:1].lower() + one.name[1:]])
    places = [_place(names, names.areas[one], tuple(dict.fromkeys(old))) for one, old in former.items()]
    return tuple(places[:MOST_FOUND])


def _place(names: _Names, one: _Known, former: tuple[str, ...]) -> Place:
    return Place(one.id, one.name, one.code, one.since, former, (one.id, *_parents(names, one.id)))


def _now(names: _Names, one: _Known, day: date) -> list[UUID]:
    """The areas in force that stand in its place; for one that has no heirs of its own, those of what was inside."""
    if one.in_force(day):
        return [one.id]
    seen, heirs, waiting = {one.id}, dict[UUID, None](), [one.id]
    while waiting:
        area = waiting.pop(0)
        for following in names.became.get(area) or names.inside.get(area, []):
            if following in seen:
                continue
            seen.add(following)
            if names.areas[following].in_force(day) and area in names.became:
                heirs[following] = None
            else:
                waiting.append(following)
    return list(heirs)


def _parents(names: _Names, one: UUID) -> list[UUID]:
    found: list[UUID] = []
    parent = names.areas[one].parent
    while parent is not None and parent not in found:
        found.append(parent)
        parent = names.areas[parent].parent
    return found


def _within(names: _Names, one: _Known, around: str) -> bool:
    wanted = without_kind(around)
    return any(wanted in names.areas[parent].searched for parent in _parents(names, one.id))
