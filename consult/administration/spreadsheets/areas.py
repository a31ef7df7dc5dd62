"""Areas of any province, one in each row: with what stands around them and, of one that ended, what each became."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.public_pages import forget_pages
from consult.administration.spreadsheets.rows import Outcome, Planned, Row
from consult.db import new_id
from consult.files.spreadsheets.tables import Table
from consult.people.models import Area, AreaSuccession
from consult.people.words import Level
from consult.policy import Actor
from consult.text import folded, one_line

LONGEST = 300
_CODE = re.compile(r"\d{2,5}")
_ORDER = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
Key = tuple[str, date]


class _Known:
    """The areas of the database and of the file, by code: their first days, the day after the last, and level."""

    def __init__(self, session: Session, rows: Iterable[Row]) -> None:
        self.areas = {(one.code, one.valid_from): one for one in session.scalars(select(Area))}
        parents = {one.id: one.code for one in self.areas.values()}
        self.parents = {key: parents.get(one.parent_id, "") if one.parent_id else "" for key, one in self.areas.items()}
        self.times: dict[str, dict[date, tuple[date | None, str]]] = {}
        for (code, since), one in self.areas.items():
            self.times.setdefault(code, {})[since] = (one.valid_to, one.level)
        for row in rows:
            first, last, rank = row.day("area_from"), row.day("area_to"), row.word("area_level")
            if first is not None and rank is not None:
                end = last + timedelta(days=1) if last else None
                self.times.setdefault(_code_of(row.text("code", LONGEST)), {})[first] = (end, rank)

    def on(self, code: str, day: date) -> tuple[date, str] | None:
        """Since when the area of this code that is there on a day is, and its level."""
        for since, (until, level) in sorted(self.times.get(code, {}).items(), reverse=True):
            if since <= day and (until is None or day < until):
                return since, level
        return None


class Areas:
    """Reads and writes them."""

    def plan(self, session: Session, table: Table, _actor: Actor, _now: datetime) -> list[Planned]:
        """As `rows.Reader`."""
        rows = [Row(table, record) for record in table.records]
        known = _Known(session, rows)
        seen: dict[Any, int] = {}
        return [_planned(row, known, seen) for row in rows]

    def write(self, session: Session, rows: list[Planned], actor: Actor, now: datetime) -> dict[str, Any]:
        """As `rows.Reader`."""
        areas = {(one.code, one.valid_from): one for one in session.scalars(select(Area))}
        for row in sorted(rows, key=lambda one: _ORDER.index(one.what["level"])):
            key = row.what["key"]
            area = areas.get(key) or Area(id=new_id(), code=key[0], valid_from=key[1])
            areas[key] = area
            area.name, area.folded_name = row.what["name"], folded(row.what["name"])
            area.kind, area.level = row.what["kind"], row.what["level"]
            area.parent_id = areas[row.what["parent"]].id if row.what["parent"] else None
            area.valid_to = row.what["valid_to"]
            session.add(area)
            if row.outcome is Outcome.CHANGED:
                audit_log.note(session, "area_changed", area.name, actor, now, code=area.code)
        session.flush()
        _write_steps(session, rows, {key: one.id for key, one in areas.items()})
        forget_pages(session)
        return {}


def _planned(row: Row, known: _Known, seen: dict[Any, int]) -> Planned:
    code, name = _code_of(row.text("code", LONGEST, True)), row.text("name", LONGEST, True)
    kind, level = row.word("area_kind", True), row.word("area_level", True)
    since, last = row.day("area_from", True), row.day("area_to")
    if code and not _CODE.fullmatch(code):
        row.wrong("code", "not_an_area_code")
    if since is None or level is None or row.problems:
        return row.planned(name, {}, None, {})
    if last is not None and last < since:
        row.wrong("area_to", "before_it_began")
    row.once("code", seen, (code, since))
    parent = _parent(row, known, since, Level(level))
    became, source = _became(row, known, last), row.text("source", LONGEST)
    what = {
        "key": (code, since), "name": name, "kind": kind, "level": Level(level), "parent": parent,
        "valid_to": last + timedelta(days=1) if last else None, "became": became, "source": source,
    }  # fmt: skip
    said = _said(what)
    return row.planned(f"{name} ({code})", what, _present(known, (code, since)), said)


def _parent(row: Row, known: _Known, since: date, level: Level) -> Key | None:
    code = _code_of(row.text("parent", LONGEST))
    if not code:
        if level is not Level.PROVINCE:
            row.wrong("parent", "required")
        return None
    found = known.on(code, since)
    if found is None or _ORDER.index(Level(found[1])) >= _ORDER.index(level):
        row.wrong("parent", "no_such_parent")
        return None
    return code, found[0]


def _became(row: Row, known: _Known, last: date | None) -> list[Key]:
    """What an area became on the day after its last one; the resolution that says so stands beside it."""
    codes = [_code_of(one) for one in re.split(r"[;,\s]+", row.text("became", LONGEST)) if one]
    if not codes:
        return []
    if last is None:
        row.wrong("area_to", "required")
        return []
    if not row.text("source", LONGEST):
        row.wrong("source", "required")
    day = last + timedelta(days=1)
    found = [(code, known.on(code, day)) for code in codes]
    if any(there is None or there[0] != day for _code, there in found):
        row.wrong("became", "no_such_successor")
    return [(code, there[0]) for code, there in found if there is not None]


def _present(known: _Known, key: Key) -> dict[str, str] | None:
    there = known.areas.get(key)
    if there is None:
        return None
    ended = there.valid_to - timedelta(days=1) if there.valid_to else None
    return {
        "name": there.name, "area_kind": there.kind, "area_level": there.level.value, "parent": known.parents[key],
        "area_to": ended.isoformat() if ended else "",
    }  # fmt: skip


def _said(what: dict[str, Any]) -> dict[str, str]:
    ended = what["valid_to"] - timedelta(days=1) if what["valid_to"] else None
    return {
        "name": what["name"], "area_kind": what["kind"], "area_level": what["level"].value,
        "parent": what["parent"][0] if what["parent"] else "", "area_to": ended.isoformat() if ended else "",
    }  # fmt: skip


def _write_steps(session: Session, rows: list[Planned], ids: dict[Key, UUID]) -> None:
    steps = {(one.predecessor_id, one.successor_id) for one in session.scalars(select(AreaSuccession))}
    for row in rows:
        for key in row.what["became"]:
            step = ids[row.what["key"]], ids[key]
            if step not in steps:
                steps.add(step)
                source = row.what["source"]
                session.add(AreaSuccession(predecessor_id=step[0], successor_id=step[1], on=key[1], source=source))


def _code_of(text: str) -> str:
    return one_line(text)
