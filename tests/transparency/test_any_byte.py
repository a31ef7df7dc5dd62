"""Whatever is changed behind the site's back in a row of a matter is named, but for a list that is written here."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.db import Base, Database, OfConsultation
from consult.errors import NotFound
from consult.transparency.row_reading import UNREADABLE
from consult.transparency.verification.service import Tampered, verify
from tests.transparency.lively import Lively

OUTSIDE_TABLES = {
    # The desk's own work, and what never left an organisation.
    "assignment", "similar_group", "similar_member", "organisation_draft", "draft_writer", "invitation",
    "outline_correction", "listening_request",
    # What is said beside the draft: what became of each clause, why, and the matter in short.
    "provision_match", "change_source", "summary",
    # By which files of the table that were made before are known to be void; it says nothing of its own.
    "taken_back",
    # What nobody can tie to a person, an answer or a time, the log included.
    "rating_mark", "answer_rating",
}  # fmt: skip
OUTSIDE = {
    "consultation": {
        "created_at", "created_by_id", "published_by_id", "profile_id", "content_version", "submitted_on", "joining",
    },
    "revision": {"created_at", "created_by_id", "contents", "pages_total", "pages_read", "pages_failed"},
    "page": {"recognised"},
    "period_extension": {"id", "by_id"},
    "submission": {
        "language", "recorded_by_id", "late_critique", "name_hidden_at", "idempotency_hash", "body_hash", "code_hash",
        "secret_hash",
    },
    "comment_act": {"id", "by_id", "confirmed_by_id"},
    "comment_place": {"id"},
    "period": {"id"},
    "provision": {"id"},
    "comment_version": {"id"},
    "transcript": {
        "id", "written_at", "written_by_id", "checked_by_id", "refused_at", "refused_reason",
    },
    "joiner": {
        "id", "language", "contact", "contact_kind", "idempotency_hash", "code_hash", "secret_hash",
    },
    "attachment": {"id", "media_type", "role", "language", "seconds", "at"},
    "response": {"created_at", "created_by_id"},
    "response_version": {"written_at", "written_by_id"},
    "approval_sheet": {"number", "at", "by_id"},
    "response_approval": {"id", "at", "note", "by_id"},
    "response_target": {"at"},
    "response_publication": {"id", "by_id"},
    "critique": {"divided_at"},
    "answer_remark": {"written_by_ids", "written_at", "signed_by_id", "on_whole"},
    "second_word_paper": {
        "letter_number", "letter_on", "signatory", "received_reason", "recorded_by_id", "scan_name", "scan_type",
        "scan_size",
    },
    "dialogue": {
        "called_by_id", "recorded_by_id", "invited", "attendees", "minutes_name", "minutes_type", "minutes_size",
    },
    "ledger_checkpoint": {"at"},
}  # fmt: skip
"""Columns no entry speaks of, and ids of rows to which no other refers; docs/ledger.md says the same in words."""


@pytest.fixture
def kept(app: Flask, lively: Lively, app_session: Session, tmp_path: Path) -> Path:
    """The database as a file of its own."""
    app_session.rollback()
    source = app.extensions["consult.database"].engine.url.database
    copy = tmp_path / "kept.sqlite"
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)
    return copy


def changed(value: Any) -> Iterator[Any]:
    """Values that differ in as little as possible."""
    if isinstance(value, bytes):
        yield bytes([value[0] ^ 1]) + value[1:]
    elif isinstance(value, int | float):
        yield 1 - value if value in (0, 1) else value + 1
    else:
        moment = len(value) > 18 and value[4:5] == "-"
        for place in (3, 12) if moment else {0, 2 * len(value) // 5}:
            yield value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]


def cells(raw: sqlite3.Connection) -> Iterator[tuple[str, str, int, Any]]:
    """Table, column, row and value of one row for each column that says something."""
    for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__tablename__):
        name = mapper.class_.__tablename__
        if not (issubclass(mapper.class_, OfConsultation) or name == "consultation") or name in OUTSIDE_TABLES:
            continue
        told = [
            column.name
            for column in mapper.local_table.columns
            if column.name not in OUTSIDE.get(name, set()) and (name, column.name) != ("consultation", "id")
        ]
        for column_name, only in product(told, ONLY.get(name, [""])):
            row = raw.execute(
                f'SELECT rowid, "{column_name}" FROM {name} WHERE "{column_name}" IS NOT NULL '
                f"AND \"{column_name}\" NOT IN ('', 'null', '[]', '{{}}') {only} ORDER BY rowid DESC"
            ).fetchone()
            if row is not None:
                yield name, column_name, row[0], row[1]


ONLY = {
    "transcript": ["AND checked_at IS NOT NULL"],
    # Each column once in an act with an entry of its own, and once in one by which a comment is answered.
    "comment_act": [
        "AND refused_at IS NULL AND kind NOT IN ('quarantined', 'passed_on', 'answered')",
        "AND kind = 'answered'",
    ],
}


@pytest.fixture
def copied(kept: Path) -> Iterator[Database]:
    """The same, opened as the site does."""
    database = Database(f"sqlite:///{kept}", kept.parent, "OFF")
    yield database
    database.engine.dispose()


def test_every_changed_byte_is_named(app: Flask, lively: Lively, kept: Path, copied: Database) -> None:
    assert verdict(app, lively.slug, copied) == ""
    unnoticed, checked = [], 0
    # One line for all of it: whoever opens one has SQLite read the whole schema first.
    with closing(sqlite3.connect(kept)) as behind:
        for table, column, row, value in list(cells(behind)):
            for other in changed(value):
                if not put(behind, table, column, row, other):
                    continue
                checked += 1
                if not verdict(app, lively.slug, copied):
                    unnoticed.append(f"{table}.{column}: {value!r} became {other!r}")
                assert put(behind, table, column, row, value)
    assert not unnoticed, "\n".join(unnoticed)
    assert checked > 200
    # Each was put right before the next: what was named is what was changed.
    assert verdict(app, lively.slug, copied) == ""


def put(raw: sqlite3.Connection, table: str, column: str, row: int, value: Any) -> bool:
    """Writes one cell behind the site's back; whether the database lets it."""
    try:
        with raw:
            written = raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (value, row)).rowcount
    except sqlite3.IntegrityError:
        return False
    return written == 1


def verdict(app: Flask, slug: str, database: Database) -> str:
    """What does not hold in a database; empty when everything does."""
    try:
        with database.session() as session:
            found = queries.by_slug(session, slug)
            list(verify(session, found, app.extensions["consult.files"], app.extensions["consult.signer"]))
    except (Tampered, NotFound) as bad:
        return str(bad) or "not found"
    except UNREADABLE as error:
        return f"unreadable {error}"
    return ""
