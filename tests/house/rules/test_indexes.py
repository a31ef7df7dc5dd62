"""What is joined along a relationship is found by an index: otherwise each row looks through all of the other table."""

from collections.abc import Iterator

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.orm import RelationshipProperty, configure_mappers

import consult.models  # noqa: F401  (every table)
from consult.db import Base


def indexed(table: Table) -> Iterator[list[str]]:
    """The columns of everything of a table that a database keeps sorted."""
    yield [column.name for column in table.primary_key]
    for index in table.indexes:
        yield [column.name for column in index.columns]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]


def found_by(relationship: RelationshipProperty[object]) -> set[str]:
    """The columns of the other table by which a relationship finds its rows."""
    return {remote.name for _, remote in relationship.local_remote_pairs or () if remote is not None}


def test_every_relationship_finds_its_rows_by_an_index() -> None:
    configure_mappers()
    slow = []
    for mapper in Base.registry.mappers:
        for relationship in mapper.relationships:
            table, columns = relationship.mapper.local_table, found_by(relationship)
            assert isinstance(table, Table) and columns
            if not any(set(names[: len(columns)]) == columns for names in indexed(table)):
                slow.append(f"{relationship}: {table.name} has no index that begins with {sorted(columns)}")
    assert not slow, "\n".join(slow)
