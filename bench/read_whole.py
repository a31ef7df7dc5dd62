"""What PostgreSQL reads whole to make a page: by the plans of the statements that the page sends."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import psycopg

from bench.matter import Bench
from bench.pages import Page, forget

LARGE = 10_000
"""Rows from which on a table is large: it grows with comments."""
Select = tuple[str, Any]
"""A statement that reads, and its parameters."""


def selects(made: Bench, page: Page) -> list[Select]:
    """What the page reads when it is made anew: SQLAlchemy's statements and those that go past it."""
    asked: list[Select] = []
    carried_out = psycopg.Cursor.execute

    def note(cursor: Any, query: Any, params: Any = None, **options: Any) -> Any:
        if str(query).lstrip().startswith(("SELECT", "WITH")):
            asked.append((str(query), params))
        return carried_out(cursor, query, params, **options)

    forget(made)
    with patch.object(psycopg.Cursor, "execute", note):
        page.client.get(page.address)
    return asked


def read_whole(made: Bench, page: Page) -> set[str]:
    """The large tables that a plan of a statement of this page reads from beginning to end."""
    asked = selects(made, page)
    with made.app.extensions["consult.database"].engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        large = {name for (name,) in raw.execute("SELECT relname FROM pg_class WHERE reltuples > %s", (LARGE,))}
        nodes = [node for select in asked for node in plan(raw, select)]
    return {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"} & large


def plan(raw: Any, select: Select) -> Iterator[dict[str, Any]]:
    """Every node of the plan of a statement, on a connection of psycopg."""
    query, params = select
    found = raw.execute("EXPLAIN (FORMAT JSON) " + query, params).fetchone()[0]
    yield from _nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for beneath in node.get("Plans", ()):
        yield from _nodes(beneath)
