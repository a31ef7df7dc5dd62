"""Reference data of a release against that of a database: what is new, what changed, and what people made their own.

A row that is still as a release gave it follows the next one. A row that somebody edited, added or removed here is
theirs: it is told with both its values and left alone. Nothing is removed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.data.models import ReleasedRow

FOLDER = Path(__file__).resolve().parent

Content = dict[str, Any]


class Change(StrEnum):
    """What a release means for a row."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    GONE = "gone"


TAKEN = frozenset({Change.ADDED, Change.CHANGED})


class Reference(Protocol):
    """A table of reference data: its rows by a key that never changes, as plain values that JSON can hold."""

    name: str

    def released(self) -> Mapping[str, Content]:
        """The rows of the project's own data, those that others need first."""
        ...

    def present(self, session: Session) -> Mapping[str, Content]:
        """The rows of the database."""
        ...

    def put(self, session: Session, rows: Mapping[str, Content]) -> None:
        """Adds these rows, or gives them these values."""
        ...


@dataclass(frozen=True)
class Difference:
    """A row on which the database and the release do not agree; None where one of them does not have it."""

    table: str
    key: str
    change: Change
    present: Content | None
    released: Content | None


def read(name: str) -> dict[str, Any]:
    """The content of one of the project's own data files."""
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def differences(session: Session, table: Reference) -> list[Difference]:
    """Every row on which the two do not agree."""
    taken, present, released = _taken(session, table), table.present(session), table.released()
    found = [
        Difference(table.name, key, change, present.get(key), content)
        for key, content in released.items()
        if (change := _change(taken.get(key), present.get(key), content)) is not None
    ]
    gone = [key for key in taken if key in present and key not in released]
    return found + [Difference(table.name, key, Change.GONE, present[key], None) for key in sorted(gone)]


def take(session: Session, table: Reference, wanted: Iterable[Change] = TAKEN) -> list[Difference]:
    """Takes over the changes of the kinds `wanted`, writes down what was, and returns all differences there were.
    Inside a `writing` block."""
    found = differences(session, table)
    kinds = frozenset(wanted)
    table.put(session, {one.key: one.released for one in found if one.released is not None and one.change in kinds})
    session.flush()
    _write_down(session, table)
    return found


def _change(taken: Content | None, present: Content | None, released: Content) -> Change | None:
    if present == released:
        return None
    if present == taken:
        return Change.ADDED if present is None else Change.CHANGED
    # What was taken out here stays out; it is told when the release says something new of it.
    return None if present is None and taken == released else Change.KEPT


def _taken(session: Session, table: Reference) -> dict[str, Content]:
    rows = select(ReleasedRow.key, ReleasedRow.content).where(ReleasedRow.table == table.name)
    return {key: content for key, content in session.execute(rows)}


def _write_down(session: Session, table: Reference) -> None:
    """What is now as released was taken, also where somebody had typed the same."""
    rows = {row.key: row for row in session.scalars(select(ReleasedRow).where(ReleasedRow.table == table.name))}
    present = table.present(session)
    for key, content in table.released().items():
        if present.get(key) != content:
            continue
        if key not in rows:
            session.add(ReleasedRow(table=table.name, key=key, content=content))
        elif rows[key].content != content:
            rows[key].content = content
    session.flush()
