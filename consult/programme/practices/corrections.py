"""What each correction of a public model changes, in the names of bodies, communes and models."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from consult.people.models import Area, Organisation
from consult.programme.facts import Told
from consult.programme.practices import practice_facts
from consult.programme.practices.models import Practice
from consult.programme.words import PracticeActKind

FIELDS = (
    "title", "setting", "kind", "summary", "lead", "area", "village", "started_on", "cost", "households",
    "how_started", "parent",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A field (`practice_field.<name>` in the catalogues), what stood there and what is to stand there: a text, a code
    of `setting` and `kind`, a local day of `started_on`, a number of `households`; empty for nothing."""

    name: str
    before: Any
    after: Any


def changes(session: Session, one: Practice) -> Mapping[int, Sequence[Change]]:
    """By the number of each correction, public or not, what it changes. Three statements at most."""
    facts = [act for act in one.acts if act.kind is PracticeActKind.FACTS and one.public_at is not None]
    pairs = {act.number: (act.before or practice_facts.facts_of(one), act.details) for act in facts
             if act.before or act.released_at is None}  # fmt: skip
    names = _names(session, [each for pair in pairs.values() for each in pair])
    return {
        number: [
            Change(name, _said(names, before, name), _said(names, after, name))
            for name in FIELDS
            if _key(before, name) != _key(after, name)
        ]
        for number, (before, after) in pairs.items()
    }


def _said(names: Mapping[str, str], told: Told, name: str) -> Any:
    if name in ("lead", "area", "parent"):
        return names.get(_key(told, name), "")
    if name == "started_on":
        return date.fromisoformat(told[name])
    return told[name] or ""


def _key(told: Told, name: str) -> Any:
    return f"{told['parent_matter']} {told['parent'] or ''}" if name == "parent" else told[name]


def _names(session: Session, told: Sequence[Told]) -> dict[str, str]:
    found = _of(session, Organisation, (each["lead"] for each in told))
    found |= _of(session, Area, (each["area"] for each in told))
    keys = {(UUID(each["parent_matter"]), each["parent"]) for each in told if each["parent"]}
    if not keys:
        return found
    parent = tuple_(Practice.consultation_id, Practice.number)
    rows = session.execute(select(Practice.consultation_id, Practice.number, Practice.title).where(parent.in_(keys)))
    return found | {f"{matter} {number}": title for matter, number, title in rows}


def _of(session: Session, table: type[Organisation] | type[Area], keys: Iterable[str]) -> dict[str, str]:
    wanted = {UUID(key) for key in keys}
    if not wanted:
        return {}
    return {str(key): name for key, name in session.execute(select(table.id, table.name).where(table.id.in_(wanted)))}
