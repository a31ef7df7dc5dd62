"""No page of a matter reads a table whole that grows with its comments: whatever a page asks of PostgreSQL is found by
an index, even where the planner would rather read everything."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bench.matter import Bench
from bench.pages import pages
from bench.plans import filled
from bench.read_whole import Select, plan, selects
from bench.site import environment
from consult.db import connect
from tests.database import PostgresDatabases

pytestmark = pytest.mark.postgres
COMMENTS = 300
WHOLE = {
    "area": "the communes of the province, and those they were merged from",
    "area_succession": "the same",
    "consultation": "the matters of the site, of which the page of search names those that can be searched",
    "holiday": "the days of a few years",
    "membership": "the staff of the province, beside whom stands where each of them is",
    "synonym_group": "words that mean the same, which people write down",
}
"""What a page may read from beginning to end, and why: none of it grows with comments."""
OF_PROGRAMMES = frozenset(
    {
        "campaign_version", "commendation", "commendation_consent", "course", "exchange", "indicator_list",
        "indicator_value", "material_version", "practice_act", "programme", "programme_report", "round_step",
        "supervision_round", "survey", "year_plan",
    }
)  # fmt: skip
"""What bodies write down of their programmes, and is asked for their next step: some hundreds of rows a year."""
SEARCHED = re.compile(r"document_[0-9a-f]{16}")
"""What is searched: looked through from its latest row, no further than to the last that is shown."""


@pytest.fixture
def made(postgresql_databases: PostgresDatabases, tmp_path: Path) -> Iterator[Bench]:
    """A matter with comments of every kind, on a server that was not told how few rows it has: it would read some whole
    that way."""
    url = postgresql_databases.fresh()
    made = filled({**environment(tmp_path), "CONSULT_DATABASE_URL": url}, COMMENTS, tended=False)
    yield made
    made.app.extensions["consult.database"].engine.dispose()
    postgresql_databases.drop(url)


def test_no_page_reads_a_table_whole_that_grows_with_comments(made: Bench) -> None:
    now = datetime.now(UTC)
    asked = {one[0]: (page.name, one) for page in pages(made, COMMENTS, now) for one in selects(made, page)}
    with made.app.extensions["consult.database"].engine.connect() as connection:
        whole = [(page, table) for page, one in asked.values() for table in _read_whole(connection, one)]
    assert len(asked) > 200
    named = WHOLE.keys() | OF_PROGRAMMES
    assert [(page, table) for page, table in whole if table not in named and not SEARCHED.fullmatch(table)] == []
    assert {table for _page, table in whole} >= WHOLE.keys()


@pytest.mark.parametrize("asked", ["WHERE text = 'a'", "WHERE comment_id = gen_random_uuid()", "ORDER BY id LIMIT 5"])
def test_what_no_index_finds_is_noticed(postgresql_databases: PostgresDatabases, asked: str) -> None:
    url = postgresql_databases.fresh()
    engine = connect(url)
    with engine.connect() as connection:
        found = list(_read_whole(connection, (f"SELECT id FROM comment_version {asked}", None)))
    engine.dispose()
    postgresql_databases.drop(url)
    assert found == ["comment_version"]


def _read_whole(connection: Connection, select: Select) -> Iterator[str]:
    """The tables of which PostgreSQL would read every row, one by one or along an index, however it dislikes to."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("SET enable_seqscan TO off")
    for node in plan(raw, select):
        conditions = {"Index Cond", "Recheck Cond"} & node.keys()
        if "Relation Name" in node and not conditions and not node["Node Type"].startswith("Tid"):
            yield node["Relation Name"]
