"""What every act stands on: instants with their zone, turns that nobody else has, facts that are read again inside."""

import fcntl
import os
import sqlite3
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import Table, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledInsert
from consult.consultations.models import Consultation, Counter
from consult.db import Database, Moment, new_id, writing
from consult.locks import Lock, take
from consult.outbox.models import OutboxMessage
from consult.outbox.service import MessageRow
from consult.sqlite import make_no_file
from consult.submissions.models import CommentVersion
from consult.submissions.receiving.rows import VersionRow
from tests.database import PostgresDatabases
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


def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    with database.session() as session:
        made = matter(session)
        with pytest.raises(ZeroDivisionError), writing(session, made.id):
            session.execute(text("UPDATE consultation SET title = 'Tên khác'"))
            raise ZeroDivisionError
        assert session.scalars(select(Consultation.title)).one() == "Quyết định về phân loại chất thải"
        assert not session.info.get("writing") and not session.info.get("written")
        with writing(session, made.id):
            session.execute(text("UPDATE consultation SET title = 'Tên khác'"))
        assert session.info["written"]
    with database.session() as session:
        assert session.scalars(select(Consultation.title)).one() == "Tên khác"


@pytest.mark.postgres
def test_a_lock_on_postgresql_keeps_out_its_like_and_nobody_else(
    postgresql_databases: PostgresDatabases, tmp_path: Path
) -> None:
    """What one act keeps to itself another waits for, in whatever process; of another matter, or another lock, nobody
    has to wait."""
    url = postgresql_databases.fresh()
    database = Database(url, tmp_path)
    with database.session() as session:
        mine, other = matter(session).id, matter(session, "khac", "013").id
    for own, free in ((mine, other), (Lock.PEOPLE, Lock.MATTERS), (Lock.PEOPLE, mine)):
        with database.session() as session, writing(session, Lock.REFERENCE), writing(session, own):
            assert [tried(database, one) for one in (free, own, Lock.REFERENCE)] == ["taken", "held", "held"]
        assert tried(database, own) == "taken"
    database.engine.dispose()
    postgresql_databases.drop(url)


def tried(database: Database, lock: UUID | Lock) -> str:
    """Whether a connection that does not wait gets the lock."""
    with database.engine.begin() as stranger:
        stranger.execute(text("SET LOCAL lock_timeout = '50ms'"))
        try:
            take(stranger, lock, [])
        except OperationalError:
            return "held"
        return "taken"


def test_keys_between_rows_are_checked_on_both_kinds(database: Database) -> None:
    """SQLite does not, unless each connection is told to."""
    row = {"consultation_id": new_id(), "name": "comment", "value": 1}
    with pytest.raises(IntegrityError), database.engine.begin() as connection:
        connection.execute(insert(cast(Table, Counter.__table__)).values(row))


def test_a_default_fills_only_what_a_row_leaves_out(database: Database) -> None:
    with database.session() as session:
        own = matter(session).id
    message = MessageRow(new_id(), own, "done", {}, None, OPENS, OPENS)
    with database.engine.begin() as connection:
        statement = CompiledInsert(OutboxMessage, MessageRow)
        statement.insert(connection, [message, replace(message, id=new_id(), attempts=3)])
    with database.session() as session:
        kept = session.scalars(select(OutboxMessage.attempts).where(OutboxMessage.event == "done")).all()
    assert sorted(kept) == [0, 3]


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


@pytest.mark.parametrize("way", ["compiled", "session"])
def test_what_people_wrote_stands_in_no_error(database: Database, way: str) -> None:
    """Neither as a parameter, nor as the row that PostgreSQL tells of, nor in the error behind the error."""
    with database.session() as session:
        own = matter(session).id
    table = cast(Table, CommentVersion.__table__)
    row = {**dict.fromkeys(table.columns.keys()), "consultation_id": own, "at": OPENS, **ROW}
    with database.engine.begin() as connection, pytest.raises(DBAPIError) as failed:
        if way == "compiled":
            CompiledInsert(CommentVersion, VersionRow).insert(connection, [VersionRow(**row)])
        else:
            connection.execute(insert(table).values(row))
    told = "".join(traceback.format_exception(failed.value))
    assert "comment_version" in told and "riêng tư" not in told


def test_a_database_that_is_away_is_not_made_anew(tmp_path: Path) -> None:
    """A site whose disk is away would go on as a new one, and what people send would be lost with it."""
    away = tmp_path / "consult.sqlite"
    engine = create_engine(f"sqlite:///{away}")
    make_no_file(engine)
    with pytest.raises(OperationalError):
        engine.connect()
    assert not away.exists()
    away.touch()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
