"""Areas from the project's own data file, as reference data that a release gives."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.data import reference_rows
from consult.data.reference_rows import Change, Content
from consult.db import Lock, new_id, writing
from consult.people.models import Area, AreaSuccession
from consult.people.words import Level
from consult.text import folded, one_line

FILE = "areas.json"
ARROW = " > "


def seed_areas(session: Session) -> int:
    """Puts in the areas and successions of `consult/data/areas.json` that are not there yet; returns how many areas
    were new."""
    with writing(session, Lock.REFERENCE):
        found = reference_rows.take(session, Areas(), {Change.ADDED})
        reference_rows.take(session, Successions(), {Change.ADDED})
    return sum(one.change is Change.ADDED for one in found)


class Areas:
    """Areas by code and first day, since codes are used again; with the last day on which they hold, as people and the
    file say it."""

    name = "area"

    def released(self) -> Mapping[str, Content]:
        """The rows of the file, those above before those below."""
        return {
            _key(row["code"], row["valid_from"]): _content(row) for row in _sorted(reference_rows.read(FILE)["areas"])
        }

    def present(self, session: Session) -> Mapping[str, Content]:
        """The rows of the database."""
        rows = session.scalars(select(Area)).all()
        keys = {row.id: _key(row.code, row.valid_from.isoformat()) for row in rows}
        return {
            keys[row.id]: {
                "name": row.name,
                "kind": row.kind,
                "level": row.level.value,
                "parent": keys[row.parent_id] if row.parent_id else None,
                "valid_to": (row.valid_to - timedelta(days=1)).isoformat() if row.valid_to else None,
            }
            for row in rows
        }

    def put(self, session: Session, rows: Mapping[str, Content]) -> None:
        """Adds areas, or changes them; one above stands in `rows` before those below it, or is there."""
        known = {_key(row.code, row.valid_from.isoformat()): row for row in session.scalars(select(Area))}
        for key, content in rows.items():
            code, since = key.split()
            row = known.get(key) or Area(id=new_id(), code=code, valid_from=date.fromisoformat(since))
            known[key] = row
            row.name, row.folded_name = content["name"], folded(content["name"])
            row.kind, row.level = content["kind"], Level(content["level"])
            row.parent_id = known[content["parent"]].id if content["parent"] else None
            last = content["valid_to"]
            row.valid_to = date.fromisoformat(last) + timedelta(days=1) if last else None
            session.add(row)


class Successions:
    """Which area became which, by the keys of both."""

    name = "area_succession"

    def released(self) -> Mapping[str, Content]:
        """The rows of the file."""
        return {
            f"{_key(*row['from'])}{ARROW}{_key(*row['to'])}": {"on": row["on"], "source": row["source"]}
            for row in reference_rows.read(FILE)["successions"]
        }

    def present(self, session: Session) -> Mapping[str, Content]:
        """The rows of the database."""
        areas = session.execute(select(Area.id, Area.code, Area.valid_from))
        keys = {area_id: _key(code, since.isoformat()) for area_id, code, since in areas}
        return {
            f"{keys[row.predecessor_id]}{ARROW}{keys[row.successor_id]}": {
                "on": row.on.isoformat(),
                "source": row.source,
            }
            for row in session.scalars(select(AreaSuccession))
        }

    def put(self, session: Session, rows: Mapping[str, Content]) -> None:
        """Adds steps, or changes their day and source."""
        areas = session.execute(select(Area.id, Area.code, Area.valid_from))
        ids = {_key(code, since.isoformat()): area_id for area_id, code, since in areas}
        known = {(row.predecessor_id, row.successor_id): row for row in session.scalars(select(AreaSuccession))}
        for key, content in rows.items():
            before, after = (ids[area] for area in key.split(ARROW))
            row = known.get((before, after)) or AreaSuccession(predecessor_id=before, successor_id=after)
            row.on, row.source = date.fromisoformat(content["on"]), content["source"]
            session.add(row)


def _content(row: dict[str, Any]) -> Content:
    parent = _key(*row["parent"]) if row["parent"] else None
    same = {name: row[name] for name in ("kind", "level", "valid_to")}
    return {"name": one_line(row["name"]), "parent": parent, **same}


def _sorted(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    order = ("province", "district", "commune")
    return sorted(rows, key=lambda row: order.index(row["level"]))


def _key(code: str, since: str) -> str:
    return f"{code} {since}"
