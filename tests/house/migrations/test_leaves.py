"""`db upgrade` leaves every leaf of every log byte for byte, from whatever release a database comes."""

import pytest
from alembic import command
from sqlalchemy import Connection, text

from tests.house.migrations.revisions import NAMES, SCRIPTS, Filled, opened
from tests.house.migrations.test_migrations import configuration
from tests.house.migrations.test_with_data import forgotten

BODIES = (
    '{"at":"2026-11-23T03:04:05Z","kind":"published","title":"Quyết định","v":1}',
    # Composed and decomposed letters, an escape, blanks of both kinds, a letter outside the first plane, the empty one.
    '{"reason":"Ti\u1ebfp thu; Ti\u0065\u0302\u0301p thu \\u0001 \\"\u00a0\u3000","v":1}',
    '{"reason":"\U00020b9f null \\\\","v":1}',
    "",
)


def leaves(connection: Connection) -> list[tuple[object, ...]]:
    """Every entry as the bytes that are stored, with the nodes and checkpoints beside."""
    raw = "convert_to(body, 'UTF8')" if connection.dialect.name == "postgresql" else "CAST(body AS BLOB)"
    asked = (
        f'SELECT consultation_id, "index", kind, {raw} FROM ledger_entry ORDER BY 1, 2',
        'SELECT consultation_id, level, "index", hash FROM ledger_node ORDER BY 1, 2, 3',
        "SELECT consultation_id, size, note FROM ledger_checkpoint ORDER BY 1, 2",
    )
    rows = (row for one in asked for row in connection.execute(text(one)))
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows]


@pytest.mark.parametrize("start", NAMES)
def test_every_leaf_is_what_it_was(filled: Filled, start: str) -> None:
    url = filled(start)
    with opened(url) as connection:
        keys = connection.execute(text('SELECT consultation_id, "index" FROM ledger_entry')).all()
        for place, (own, index) in enumerate(keys):
            values = {"body": BODIES[place % len(BODIES)], "own": own, "index": index}
            said = 'UPDATE ledger_entry SET body = :body WHERE consultation_id = :own AND "index" = :index'
            connection.execute(text(said), values)
        connection.commit()
        before = leaves(connection)
    assert len(keys) >= len(BODIES)
    command.upgrade(configuration(url), "head")
    with opened(url) as connection:
        assert leaves(connection) == before


def test_no_migration_says_that_it_changes_a_log() -> None:
    told = {name for script in SCRIPTS for name in forgotten(script) if name.startswith("ledger_")}
    assert not told
