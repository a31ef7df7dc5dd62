"""What a migration takes from the code before it, found by what the schema was and what it is then."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from alembic.script import Script
from sqlalchemy import Column, Connection, MetaData, Table, UniqueConstraint, inspect

from consult.schema.steps import BEGINNING, expanded_by, scripts
from tests.house.rooms import CHECKOUT

WIDER = {("INTEGER", "BIGINT"), ("SMALLINT", "INTEGER"), ("SMALLINT", "BIGINT"), ("VARCHAR", "TEXT")}
"""Types whose every value is one of the other type, too."""

Keys = Callable[[Table], set[tuple[str, ...]]]


def since_the_beginning() -> list[Script]:
    """The migrations that are held to be steps."""
    known = scripts()
    return known[[script.revision for script in known].index(BEGINNING) + 1 :]


def released() -> dict[str, str]:
    """The newest migration of every release, by its version."""
    lines = (CHECKOUT / "tests" / "house" / "migrations" / "releases.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {version: revision for version, revision in pairs}


def schema_of(connection: Connection) -> MetaData:
    """The tables as they are; the checks of each in `info`."""
    found = MetaData()
    found.reflect(connection, resolve_fks=False)
    looked = inspect(connection)
    for name, checks in looked.get_multi_check_constraints().items():
        found.tables[name[1]].info["checks"] = {check["sqltext"] for check in checks}
    return found


def taken_away(before: MetaData, after: MetaData) -> set[str]:
    """What code that knows the schema `before` could not do any more on the one `after`, each in some words."""
    gone = {f"{name} is gone" for name in before.tables.keys() - after.tables.keys()}
    both = before.tables.keys() & after.tables.keys() - {"alembic_version"}
    return gone.union(*(_of_table(before.tables[name], after.tables[name]) for name in both))


def refused(script: Script, taken: Iterable[str], known: list[str], releases: Iterable[str]) -> set[str]:
    """Why a migration may not be as it is: what it takes away without saying whose contract step it is, or an expand
    step that it names and no release had. `known` has all revisions in order, `releases` the newest of each release."""
    taken = {*taken, *(f"{name} is forgotten" for name in getattr(script.module, "forgets", ()))}
    named = expanded_by(script)
    if named is None:
        return taken
    if not taken:
        return {"it contracts nothing"}
    if named not in known[: known.index(script.revision)]:
        return {f"{named} does not come before it"}
    out = max((known.index(one) for one in releases), default=-1)
    return set() if known.index(named) <= out else {f"no release has had {named} yet"}


def _of_table(before: Table, after: Table) -> set[str]:
    name, old, new = before.name, dict(before.columns), dict(after.columns)
    lost = {f"{name}.{one} is gone" for one in old.keys() - new.keys()}
    asked = {f"{name}.{one} must be given" for one in new.keys() - old.keys() if _must_be_given(new[one])}
    other = {f"{name}.{one} {what}" for one in old.keys() & new.keys() for what in _of_column(old[one], new[one])}
    optional = {one for one in new.keys() - old.keys() if new[one].nullable}
    bound = {
        f"{name} has another {kind}: {', '.join(key)}"
        for kind, keys in KEYS.items()
        for key in keys(after) - keys(before)
        # What is empty in every row of who does not know it binds none of them.
        if not optional & set(key)
    }
    return lost | asked | other | bound


def _must_be_given(column: Column[Any]) -> bool:
    return not column.nullable and column.server_default is None and column.identity is None


def _of_column(before: Column[Any], after: Column[Any]) -> Iterator[str]:
    if before.nullable and not after.nullable:
        yield "may not be empty"
    if before.server_default is not None and _must_be_given(after):
        yield "must be given"
    if not _as_wide(str(before.type), str(after.type)):
        yield f"is {after.type} and was {before.type}"


def _as_wide(before: str, after: str) -> bool:
    (old, old_size), (new, new_size) = (_parts(one) for one in (before, after))
    if old != new:
        return (old, new) in WIDER and not new_size
    return before == after or not new_size or bool(old_size and old_size.isdigit() and int(old_size) <= int(new_size))


def _parts(name: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Z ]+?)(?:\((.*)\))?( WITH.*)?", name)
    return (found[1] + (found[3] or ""), found[2] or "") if found else (name, "")


def _unique(table: Table) -> set[tuple[str, ...]]:
    keys = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys += [one.columns for one in table.indexes if one.unique]
    return {tuple(sorted(column.name for column in key)) for key in keys}


def _foreign(table: Table) -> set[tuple[str, ...]]:
    return {tuple(sorted(one.parent.name for one in key.elements)) for key in table.foreign_key_constraints}


def _primary(table: Table) -> set[tuple[str, ...]]:
    return {tuple(sorted(column.name for column in table.primary_key))}


def _checks(table: Table) -> set[tuple[str, ...]]:
    named = table.columns.keys()
    return {(*(one for one in named if re.search(rf"\b{one}\b", said)), said) for said in table.info.get("checks", ())}


KEYS: dict[str, Keys] = {
    "key that is unique": _unique,
    "key to other rows": _foreign,
    "primary key": _primary,
    "check": _checks,
}
