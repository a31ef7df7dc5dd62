"""The spine where every matter lies in one part of each table: no step of it asks another part, and no key holds over
several. So an engine that spreads tables over machines by `consultation_id` answers each from one machine."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from consult import clock
from consult.db import connect
from consult.models import metadata
from tests.application import end, make_app
from tests.builders import DRAFT, make_consultation
from tests.database import PostgresDatabases
from tests.machines.partitions import (
    BEYOND,
    KEY,
    NOT_SPREAD,
    Said,
    beyond_its_matter,
    heard,
    make_partitioned,
    parts_asked,
    spread,
    unique_keys,
    unnamed,
)
from tests.spine.sender import body_of
from tests.spine.steps import AtThisTime, a_letter_comes, a_photo_comes_along, answered, published, second_word
from tests.spine.test_walk import released
from tests.spine.walking import Walk

READS = re.compile(r"\s*(SELECT|WITH)\b")
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)")
OVER_MATTERS = {
    "ledger_entry.index = ": "a process asks once which logs there are, to hold each against its last checkpoint",
    "passage_use.passage_id = passage.id": "how often a unit has used a standard passage, wherever it did",
    "invitation.organisation_id IN (": "the first page of a body: what it was asked, over all matters",
    "organisation_draft.organisation_id IN (": "the same: what it is writing",
    "organisation_draft_cosigner.organisation_id IN (": "the same: what it signs too",
    "submission.organisation_id IN (": "the same: what it has sent, and dialogues about it",
}
"""What is asked over several matters on the way, by words of the statement, and why it may be."""


def test_no_key_of_a_matter_holds_over_several() -> None:
    found = {table.name: keys for table in metadata.sorted_tables if (keys := beyond_its_matter(table))}
    assert found == {}


def test_what_is_named_as_an_exception_is_one() -> None:
    for name in {**NOT_SPREAD, **BEYOND}:
        assert any(KEY not in key for key in unique_keys(metadata.tables[name])), name


def test_a_statement_that_forgets_the_matter_is_found() -> None:
    named = "SELECT comment.id FROM comment JOIN submission AS sent ON {} WHERE comment.consultation_id = %(id)s"
    along = "sent.id = comment.submission_id AND sent.consultation_id = comment.consultation_id"
    assert unnamed(named.format(along)) == set()
    assert unnamed(named.format("sent.id = comment.submission_id")) == {"sent"}
    assert unnamed("SELECT count(*) FROM comment WHERE comment.number = %(number)s") == {"comment"}
    assert unnamed(f"SELECT sent.id FROM comment, submission AS sent WHERE {along}") == {"comment", "sent"}


@pytest.mark.slow
@pytest.mark.postgres
def test_a_plan_that_reads_every_part_is_found(url: str) -> None:
    engine = connect(url)
    own = "SELECT id FROM comment WHERE consultation_id = %(id)s"
    values = {"id": "0" * 32, "number": 1}
    found = [parts_asked(plan_of(engine, one, values)) for one in (own, "SELECT id FROM comment WHERE number = 1")]
    engine.dispose()
    assert len(found[0]) <= 1 and len(found[1]) == 2


@pytest.fixture(scope="module")
def url(postgresql_databases: PostgresDatabases) -> Iterator[str]:
    """A database in parts."""
    url = postgresql_databases.bare()
    make_partitioned(url)
    yield url
    postgresql_databases.drop(url)


@pytest.fixture(scope="module")
def said(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Said]:
    """What the site says on the way through the spine, with another matter beside it."""
    app = make_app(url, tmp_path_factory.mktemp("partitions"))
    app.extensions["consult.files"].put(DRAFT.encode())
    database = app.extensions["consult.database"]
    try:
        # The session first lets go of its connection: the pool that it is of ends with what is heard.
        with heard(database.engine) as said, database.session() as session:
            walked(AtThisTime(app, session), said)
        yield said
    finally:
        end(app)


def walked(walk: Walk, said: Said) -> None:
    """Everything that many do at once, each under its name."""
    for name, step in (("publish", published), ("send", a_photo_comes_along), ("letter", a_letter_comes)):
        said.step = name
        step(walk)
    said.step = ""
    make_consultation(walk.session, now=clock.now(), slug="dot-khac")
    walk.engage_desk()
    walk.session.commit()
    for name, step in (("release", released), ("answer", answered), ("second word", second_word)):
        said.step = name
        step(walk)
    start = f"/lay-y-kien/{walk.slug}/"
    for name, address in (
        ("reading page", start), ("comments", f"{start}y-kien/"), ("one comment", f"{start}y-kien/1/"),
        ("table", f"{start}tong-hop.csv"), ("log", f"/nhat-ky/{walk.slug}/"),
    ):  # fmt: skip
        said.step = name
        assert walk.app.test_client().get(address).status_code == 200, address
    said.step = "desk list"
    walk.as_one("officer").get(walk.at())
    said.step = "program"
    sent_by_a_program(walk.app, walk.slug)
    said.step = ""


def sent_by_a_program(app: Flask, slug: str) -> None:
    """Through the API, twice."""
    for _ in range(2):
        answer = app.test_client().post(
            f"/api/v1/consultations/{slug}/submissions", data=body_of("a" * 32), content_type="application/json",
            headers={"Idempotency-Key": "a" * 32},
        )  # fmt: skip
        assert answer.status_code == 201, answer.get_json()


def of_matters(statement: str) -> set[str]:
    """The spread tables that a statement names."""
    words = set(re.findall(r"\w+", statement))
    return {table.name for table in spread() if table.name in words}


@pytest.mark.slow
@pytest.mark.postgres
def test_every_step_asks_one_part_of_each_table(said: Said, url: str) -> None:
    engine = connect(url)
    asked = {
        (statement, step): values for step, statement, values in said.statements if step and READS.match(statement)
    }
    found = defaultdict[str, list[str]](list)
    for (statement, step), values in asked.items():
        if not of_matters(statement) or any(words in statement for words in OVER_MATTERS):
            continue
        # Where PostgreSQL takes another way, since its tables are small, the words must name each table's matter.
        if unnamed(statement) and len(parts_asked(plan_of(engine, statement, values))) > 1:
            found[step].append(statement)
    engine.dispose()
    assert len(asked) > 100 and not found, told(found)


def told(found: dict[str, list[str]]) -> str:
    """The statements without the columns that they ask for."""
    return "\n".join(f"{step}: {' '.join(one.split())[-600:]}" for step, some in found.items() for one in some)


def plan_of(engine: Engine, statement: str, values: Any) -> Any:
    """How PostgreSQL answers a statement with these values when no table may be read whole beside another."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        for costly in ("seqscan", "hashjoin", "mergejoin", "material", "memoize"):
            cursor.execute(f"SET LOCAL enable_{costly} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        found = cursor.fetchone()
    assert found is not None
    return found[0]


@pytest.mark.slow
@pytest.mark.postgres
def test_every_step_writes_under_its_matter(said: Said) -> None:
    own = {table.name for table in spread()}
    wrong, seen = set[str](), set[str]()
    for step, statement, _values in said.statements:
        written = WRITES.match(statement)
        if step and written and written[2] in own:
            seen.add(written[2])
            named = statement if written[1] == "INSERT INTO" else statement.partition(" WHERE ")[2]
            if KEY not in named:
                wrong.add(statement)
    assert not wrong and seen > {"comment", "comment_version", "submission", "ledger_entry", "response"}


@pytest.mark.slow
@pytest.mark.postgres
def test_it_holds_what_was_sent(said: Said, url: str) -> None:
    """In parts: all comments of a matter are in one of them, and the other matter has its own rows."""
    engine = connect(url)
    with engine.connect() as connection:
        counted = [connection.scalar(text(f"SELECT count(*) FROM comment_part_{part}")) for part in range(2)]
    engine.dispose()
    assert sorted(counted) == [0, 4] and said.statements
