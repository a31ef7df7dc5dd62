"""Carrying a site over: all in one transaction of the target, so that it holds either nothing or everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, exists, select
from sqlalchemy.orm import Session

from consult import schema
from consult.db import Database
from consult.relocation import copying
from consult.relocation.contents import Content, content_of
from consult.relocation.failures import NotMoved
from consult.relocation.places import shown, source_of, target_at

Look = Callable[[Session], None]
"""What is looked at in the target before it counts; raises when it does not hold."""
Tell = Callable[[str, Content], None]
"""Hears of a table that is there, and of what it holds."""


@dataclass(frozen=True)
class Moved:
    """What the target holds now, table by table; `before` when it was all there already."""

    contents: dict[str, Content]
    before: bool

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(content.rows for content in self.contents.values())


def move(database: Database, url: str, tables: Sequence[Table], holds: Look, tell: Tell) -> Moved:
    """Carries the site of `database`, a SQLite file that nobody writes to, over to the PostgreSQL at `url`.

    `tables` are those of the site in the order of their keys. `tell` hears of each that has rows. `holds` looks at the
    whole before it is committed. A target that has all of it already is compared, and nothing is written. Afterwards
    the file takes no more writes. Whoever is killed leaves a target without a row. Raises NotMoved,
    schema.UpgradeFailed, and what `holds` raises.
    """
    names = [table.name for table in tables]
    with source_of(database, names) as (source, lock), target_at(url, names) as engine:
        with engine.connect() as target, target.begin():
            moved = _carried(source, target, tables, tell)
            with Session(target, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
                holds(session)
        # Before anything else that may fail: from the commit on, a file that takes writes is a second site.
        lock.close_for_good(shown(url))
        schema.count_anew(url)
    return moved


def _carried(source: Connection, target: Connection, tables: Sequence[Table], tell: Tell) -> Moved:
    before = any(target.scalar(select(exists().select_from(table))) for table in tables)
    contents = {}
    for table in tables:
        contents[table.name] = found = (_compared if before else copying.copy_table)(source, target, table)
        if found.rows:
            tell(table.name, found)
    copying.check_keys(target)
    return Moved(contents, before)


def _compared(source: Connection, target: Connection, table: Table) -> Content:
    """What both have of a table. Raises NotMoved when it is not the same: then the target is of another site, or was
    written to since."""
    found = content_of(source, table)
    if content_of(target, table) != found:
        raise NotMoved("another_site", table=table.name)
    return found
