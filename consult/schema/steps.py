"""Which code may run on which schema, for machines that get a release one after the other.

A migration is a step that expands: what the code before it reads and writes is still there. What is not needed any more
goes later, by a migration that says `contracts = "<revision>"`: which step made the code do without it. So the schema
after an upgrade serves all code from a certain revision on, and the database says which, beside where it stands: code
that does not know the newest step learns there whether it may go on.
"""

from collections.abc import Sequence
from functools import cache

from alembic.script import Script, ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select, text, update

from consult.resource_paths import MIGRATIONS

BEGINNING = "c4e19d70a2b8"
"""The revision after which every migration is such a step. Before it nothing was promised."""

_STANDING = Table("alembic_version", MetaData(), Column("version_num", Text), Column("serves", Text))
"""Alembic's own table, with a column of ours: whatever forgets it or sets it aside lets no older code run."""


def scripts() -> list[Script]:
    """Every migration of this release, the first one first."""
    return list(_read(str(MIGRATIONS)).walk_revisions())[::-1]


def newest() -> tuple[str, ...]:
    """The newest revisions that the folder has: one, unless two branches were not merged."""
    return tuple(_read(str(MIGRATIONS)).get_heads())


@cache
def _read(folder: str) -> ScriptDirectory:
    """Read once: whoever is at work goes by its own release, though the next one lies there already. And anybody may
    ask whether the site is ready."""
    return ScriptDirectory(folder)


def expanded_by(script: Script) -> str | None:
    """The revision of the step that made a contracting one possible; None for a step that expands."""
    named: str | None = getattr(script.module, "contracts", None)
    return named


def served(taken: Sequence[Script]) -> list[str]:
    """The revisions whose code works on the schema after the migrations `taken` (all from the first on, in order), the
    newest last. Raises ValueError for a step that contracts what no step before it expanded."""
    names = [script.revision for script in taken]
    earliest = names.index(BEGINNING) if BEGINNING in names else len(names) - 1
    for place, script in enumerate(taken):
        if named := expanded_by(script):
            earliest = max(earliest, names.index(named, 0, place))
    return names[earliest:]


def record(connection: Connection) -> None:
    """Writes beside where a database stands whom its schema serves, in the transaction of the migrations."""
    heads = list(connection.scalars(select(_STANDING.c.version_num)))
    if not _told(connection):
        connection.execute(text("ALTER TABLE alembic_version ADD COLUMN serves TEXT"))
    known = scripts()
    for head in heads:
        place = [script.revision for script in known].index(head)
        connection.execute(update(_STANDING).values(serves=" ".join(served(known[: place + 1]))))


def serves(connection: Connection, revision: str) -> bool:
    """Whether the schema that a database has serves the code of `revision`, by what the database says of itself; what
    was written for another schema than the present one says nothing."""
    if not _told(connection):
        return False
    said = [(at, (names or "").split()) for at, names in connection.execute(select(_STANDING))]
    return bool(said) and all(names[-1:] == [at] and revision in names for at, names in said)


def _told(connection: Connection) -> bool:
    looked = inspect(connection)
    if not looked.has_table(_STANDING.name):
        return False
    return "serves" in {column["name"] for column in looked.get_columns(_STANDING.name)}
