"""What every act stands on: instants with their zone, turns that nobody else has, facts that are read again inside."""

import fcntl
import os
import sqlite3
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Table, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.compiled_statements import PreparedInsert
from consult.consultations.models import Consultation
from consult.db import Database, Moment, writing
from consult.locks import Lock
from consult.submissions.models import CommentVersion
from tests.submissions.rows import OPENS, matter

HANOI = timezone(timedelta(hours=7))


def test_an_instant_comes_back_as_it_went_in(session: Session) -> None:
    matter(session, published_at=datetime(2027, 3, 1, 6, 30, 15, 250, tzinfo=HANOI))
    session.expire_all()
    [kept] = session.scalars(select(Consultation.published_at))
    assert (kept, kept.utcoffset()) == (datetime(2027, 2, 28, 23, 30, 15, 250, tzinfo=UTC), timedelta())


def test_an_instant_without_a_zone_is_none(session: Session) -> None:
    dialect = session.get_bind().dialect
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2027, 3, 1), dialect)
    assert Moment().process_bind_param(None, dialect) is Moment().process_result_value(None, dialect) is None


def test_what_was_loaded_before_is_read_again_inside(database: Database) -> None:
    with database.session() as session, database.session() as other:
        made = matter(session)
        assert made.title == "Quyết định về phân loại chất thải"
        session.commit()
        with writing(other, made.id):
            other.execute(text("UPDATE consultation SET title = 'Tên khác'"))
        with writing(session, made.id):
            assert made.title == "Tên khác"


def test_a_turn_on_sqlite_is_nobody_elses(sqlite_url: str, tmp_path: Path) -> None:
    """From its first moment, before anything is written: neither a thread's, nor that of another process or program."""
    database = Database(sqlite_url, tmp_path, "OFF")
    file = database.engine.url.database
    assert file is not None
    with database.session() as session, writing(session, Lock.REFERENCE):
        stranger = sqlite3.connect(file, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            stranger.execute("BEGIN IMMEDIATE")
        stranger.close()
        beside = os.open(tmp_path / "write.lock", os.O_RDWR)
        with pytest.raises(BlockingIOError):
            fcntl.flock(beside, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(beside)
    database.engine.dispose()


ROW = {"text": "Điều riêng tư"}


@pytest.mark.parametrize("way", ["prepared", "session"])
def test_what_people_wrote_stands_in_no_error(database: Database, way: str) -> None:
    """Neither as a parameter, nor as the row that PostgreSQL tells of, nor in the error behind the error."""
    with database.session() as session:
        own = matter(session).id
    table = cast(Table, CommentVersion.__table__)
    row = {**dict.fromkeys(table.columns.keys()), "consultation_id": own, "at": OPENS, **ROW}
    with database.engine.begin() as connection, pytest.raises(DBAPIError) as failed:
        if way == "prepared":
            PreparedInsert(table).put(connection, [{"consultation_id": own, **ROW}])
        else:
            connection.execute(insert(table).values(row))
    told = "".join(traceback.format_exception(failed.value))
    assert "comment_version" in told and "riêng tư" not in told
