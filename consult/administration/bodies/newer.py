"""Whether anything was written of a body since something became of it: in any table that names bodies, found by its
foreign keys. What a change of bodies means for each says `tests/administration/bodies/test_changes.py`, which fails for
a table that it does not know."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from consult.administration.models import BodyChange
from consult.db import Base
from consult.people.models import Membership
from consult.people.successions import Moved

OWN = frozenset({"body_change", "organisation_succession"})


def naming() -> Iterator[tuple[Table, Column[UUID]]]:
    """Every column of the house that names a body, with its table."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "organisation":
                yield table, key.parent


def written_since(session: Session, change: BodyChange) -> list[str]:
    """The tables with rows that were made after the change and name the body, or one that was made by it; and
    `membership` when a seat that it gave was changed since."""
    moved = Moved(**change.moved)
    found = [table.name for table, column in naming() if table.name not in OWN and _any(session, table, column, change)]
    if _seats_changed(session, moved):
        found.append("membership")
    if _followed_since(session, moved):
        found.append("body_change")
    return sorted(set(found))


def _any(session: Session, table: Table, column: Column[UUID], change: BodyChange) -> bool:
    """Whether a row of `table` that is newer than the change names one of its bodies. Ids tell in which order rows
    were made (`db.new_id`)."""
    moved = Moved(**change.moved)
    bodies = {change.organisation_id, *map(UUID, moved.made)}
    newer = select(table.c.id).where(column.in_(bodies), table.c.id > change.id)
    return session.scalar(newer.limit(1)) is not None


def _followed_since(session: Session, moved: Moved) -> bool:
    """Whether something became of who took over, so that this is not the last word."""
    heirs = [UUID(one) for one in moved.heirs]
    later = select(BodyChange.id).where(BodyChange.organisation_id.in_(heirs), BodyChange.undone_at.is_(None))
    return session.scalar(later.limit(1)) is not None


def _seats_changed(session: Session, moved: Moved) -> bool:
    for _before, after, until in moved.seats:
        if after is None:
            continue
        given = session.get(Membership, UUID(after))
        if given is None or (given.until.isoformat() if given.until else None) != until:
            return True
    return False
