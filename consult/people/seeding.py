"""Areas from the project's own data file. Seeding again adds what is new and changes nothing that is there."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.people.models import Area, AreaSuccession
from consult.people.words import Level
from consult.text import folded, stored

AREAS = Path(__file__).resolve().parent.parent / "data" / "areas.json"

Key = tuple[str, date]


def seed_areas(session: Session) -> int:
    """Puts in the areas and successions of `consult/data/areas.json` that are not there yet; returns how many areas
    were new. The file gives the last day of validity, the table the first day on which it no longer holds."""
    content: dict[str, Any] = json.loads(AREAS.read_text(encoding="utf-8"))
    with writing(session, Lock.REFERENCE):
        known: dict[Key, UUID] = {
            (code, since): area_id
            for area_id, code, since in session.execute(select(Area.id, Area.code, Area.valid_from))
        }
        before = len(known)
        for row in sorted(content["areas"], key=_depth):
            key = (row["code"], date.fromisoformat(row["valid_from"]))
            if key not in known:
                area = _area(row, known)
                session.add(area)
                known[key] = area.id
                session.flush()
        _seed_successions(session, content["successions"], known)
    return len(known) - before


def _seed_successions(session: Session, rows: list[dict[str, Any]], known: dict[Key, UUID]) -> None:
    steps = {
        (before, after)
        for before, after in session.execute(select(AreaSuccession.predecessor_id, AreaSuccession.successor_id))
    }
    for row in rows:
        pair = (known[_key(row["from"])], known[_key(row["to"])])
        if pair not in steps:
            day = date.fromisoformat(row["on"])
            session.add(AreaSuccession(predecessor_id=pair[0], successor_id=pair[1], on=day, source=row["source"]))
            steps.add(pair)


def _area(row: dict[str, Any], known: dict[Key, UUID]) -> Area:
    last = row["valid_to"]
    name = stored(row["name"])
    return Area(
        id=new_id(),
        code=row["code"],
        name=name,
        kind=row["kind"],
        level=Level(row["level"]),
        parent_id=known[_key(row["parent"])] if row["parent"] else None,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(last) + timedelta(days=1) if last else None,
        folded_name=folded(name),
    )


def _key(pair: list[str]) -> Key:
    return pair[0], date.fromisoformat(pair[1])


def _depth(row: dict[str, Any]) -> int:
    return ("province", "district", "commune").index(row["level"])
