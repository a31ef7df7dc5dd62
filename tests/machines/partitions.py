"""The tables of a matter spread by `consultation_id`, as an engine of many machines spreads them: hash partitions of
PostgreSQL, and what a site says to them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import Cursor
from sqlalchemy import Engine, Index, MetaData, Table, UniqueConstraint, event, text

from consult.db import connect
from consult.models import metadata

KEY = "consultation_id"
PARTS = 2
"""As many as are needed to see whether one is enough."""
PART = re.compile(r"_part_(\d+)$")
CONDITIONS = ("Index Cond", "Recheck Cond", "Filter")
"""Where a plan says by what it reads a table."""

NOT_SPREAD = {
    "outbox_message": "events of no matter are in it too, and workers take what is due whosever it is",
    "follower": "who follows a commune, a field or a programme follows no matter; its link of a mail names none",
    "collection": "opinions may be gathered before there is a matter; its number is that of its body",
    "passage": "standard passages of a unit belong to no matter",
    "planned_critique": "a line of a plan of the Front, long before there is a matter",
    "paper_form": "sheets are known again by their mark alone, whatever matter they were printed for",
    "paper_pile": "what came back on paper may be of several matters until it is read",
}
"""Tables with rows of matters that are kept whole, on one machine or on each, and why. All are small."""
BEYOND = {
    "course_sitting": "key_hash, of a code on the wall with 128 random bits: no two are made alike",
    "participant": "code, of a certificate, drawn at random and looked for before it is given",
    "survey_village": "key_hash, of a secret link with 128 random bits; id, which is made as every id is",
    "taken_over": "from_id, from_number: what an earlier programme left open is taken over once, by whichever later "
    "one; a table kept whole has to say so where programmes are spread",
}
"""Spread tables with a unique key that holds over several matters: which, and why it is only an index there."""


def spread() -> list[Table]:
    """The tables that are spread: each row has its matter in its key."""
    return [one for one in metadata.sorted_tables if KEY in one.c and one.name not in NOT_SPREAD]


def unique_keys(table: Table) -> Iterator[list[str]]:
    """The columns of every key by which a table lets no row be there twice."""
    yield [column.name for column in table.primary_key]
    for one in (*table.constraints, *table.indexes):
        if isinstance(one, UniqueConstraint) or (isinstance(one, Index) and one.unique):
            yield [column.name for column in one.columns]


def beyond_its_matter(table: Table) -> list[str]:
    """The keys of a table that hold over several matters: unique ones without the matter, and keys to rows of a spread
    table that name no matter, or another one."""
    own = {one.name for one in spread()}
    bound = table.name in own and table.name not in BEYOND
    found = [f"unique: {', '.join(key)}" for key in unique_keys(table) if bound and KEY not in key]
    for key in table.foreign_key_constraints:
        target = key.referred_table.name
        pairs = {(one.parent.name, one.column.name) for one in key.elements}
        if target in own and (table.name not in own or (KEY, KEY) not in pairs):
            found.append(f"to {target}: {', '.join(sorted(one for one, _ in pairs))}")
    return found


def make_partitioned(url: str) -> None:
    """Makes the schema at `url`, with every spread table in hash partitions."""
    schema, own = MetaData(naming_convention=metadata.naming_convention), {one.name for one in spread()}
    for table in metadata.sorted_tables:
        copied = table.to_metadata(schema)
        if table.name in own:
            copied.dialect_options["postgresql"]["partition_by"] = f"HASH ({KEY})"
            _let_go_of_unique_keys(copied)
    engine = connect(url)
    schema.create_all(engine)
    parts = (
        f'CREATE TABLE "{name}_part_{part}" PARTITION OF "{name}" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})'
        for name in sorted(own)
        for part in range(PARTS)
    )
    with engine.begin() as connection:
        connection.execute(text(";\n".join(parts)))
    engine.dispose()


def _let_go_of_unique_keys(table: Table) -> None:
    for index in table.indexes:
        index.unique = index.unique and KEY in index.columns
    beyond = {one for one in table.constraints if isinstance(one, UniqueConstraint) and KEY not in one.columns}
    table.constraints -= beyond


@dataclass
class Said:
    """What was said to a database, with its values, by what it was said for."""

    step: str = ""
    statements: list[tuple[str, str, Any]] = field(default_factory=list)


@contextmanager
def heard(engine: Engine) -> Iterator[Said]:
    """Everything that connections of `engine` are told meanwhile, whichever way around SQLAlchemy it comes."""
    said = Said()

    class Heard(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            said.statements.append((said.step, query, params))
            return super().execute(query, params, **options)

        def executemany(self, query: Any, params_seq: Any, **options: Any) -> Any:
            rows = list(params_seq)
            said.statements.append((said.step, query, rows[0]))
            return super().executemany(query, rows, **options)

    def listen(connection: Any, _record: object) -> None:
        connection.cursor_factory = Heard

    engine.dispose()
    event.listen(engine, "connect", listen)
    try:
        yield said
    finally:
        event.remove(engine, "connect", listen)
        engine.dispose()


def parts_asked(plan: Any) -> set[str]:
    """The partitions that a plan reads without a word of the matter, as their numbers. What goes by the matter of an
    outer row (a subquery that correlates) reads the one that the row names."""
    if isinstance(plan, list):
        return set().union(*map(parts_asked, plan))
    if not isinstance(plan, dict):
        return set()
    part = PART.search(plan.get("Relation Name", ""))
    conditions = " ".join(str(plan[one]) for one in CONDITIONS if one in plan)
    outer = re.search(rf"\b{KEY} = (?!')[\w.]+", conditions)
    here = {part[1]} if part and not outer else set()
    return set().union(here, *map(parts_asked, plan.values()))


def unnamed(statement: str) -> set[str]:
    """The names under which a statement reads spread tables without saying of which matter: each must be held against
    a matter that was given, or against that of another row."""
    own = "|".join(one.name for one in spread())
    found = re.findall(rf'(?:\bFROM|\bJOIN|,)\s+"?({own})\b(?!\.)(?: AS (\w+))?', statement)
    names = {alias or table for table, alias in found}
    given = re.search(rf"\b{KEY} (?:= %\(|IN \(%\()", statement)
    return {one for one in names if not given or not re.search(rf"\b{one}\.{KEY} (?:=|IN)|= {one}\.{KEY}\b", statement)}


def commands() -> Iterator[str]:
    """What tells Citus where each table lies: those that are kept whole first, since the others name them."""
    own = {one.name for one in spread()}
    whole = [one.name for one in metadata.sorted_tables if one.name not in own]
    yield from (f"SELECT create_reference_table('{name}');" for name in whole)
    first, *others = [one.name for one in spread()]
    yield f"SELECT create_distributed_table('{first}', '{KEY}', shard_count => 64);"
    yield from (f"SELECT create_distributed_table('{one}', '{KEY}', colocate_with => '{first}');" for one in others)


if __name__ == "__main__":
    print("\n".join(commands()))
