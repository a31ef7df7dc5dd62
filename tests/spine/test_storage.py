"""Which failures mean that nothing can be kept at the moment, and which are faults of ours."""

import errno
import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from consult.db import connect
from consult.errors import Refused, Unavailable
from consult.storage_faults import unavailable

AWAY, BUSY = "storage_unavailable", "busy"


def reason(error: BaseException) -> str | None:
    found = unavailable(error)
    return found.reason if found else None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
def test_a_disk_that_fails(number: int) -> None:
    assert reason(OSError(number, "…")) == AWAY


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        (psycopg.errors.DiskFull(), AWAY),
        (psycopg.errors.IoError(), AWAY),
        (psycopg.errors.AdminShutdown(), AWAY),
        (psycopg.errors.CannotConnectNow(), AWAY),
        (psycopg.errors.ReadOnlySqlTransaction(), AWAY),
        (psycopg.OperationalError("connection refused"), AWAY),
        (psycopg.errors.LockNotAvailable(), BUSY),
        (psycopg.errors.QueryCanceled(), BUSY),
        (psycopg.errors.DeadlockDetected(), BUSY),
        (psycopg.errors.TooManyConnections(), BUSY),
        (psycopg.errors.UndefinedTable(), None),
        (psycopg.errors.UniqueViolation(), None),
    ],
)
def test_what_postgresql_says(failure: psycopg.Error, means: str | None) -> None:
    wrapped = DBAPIError.instance("SELECT 1", None, failure, psycopg.Error)
    assert isinstance(wrapped, BaseException) and reason(wrapped) == means


def test_what_sqlite_says(tmp_path: Path) -> None:
    for path, means in ((tmp_path / "none" / "a.sqlite", AWAY), (tmp_path, AWAY)):
        engine = connect(f"sqlite:///{path}")
        with pytest.raises(OperationalError) as failed:
            engine.connect()
        assert reason(failed.value) == means
    wrong = sqlite3.OperationalError("no such table: comment")
    assert reason(OperationalError("SELECT 1", None, wrong)) is None


def test_what_came_of_such_a_failure_is_one(engine: Engine) -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, "full")
        except OSError as full:
            raise RuntimeError("the picture could not be kept") from full
    except RuntimeError as failure:
        assert reason(failure) == AWAY


def test_faults_of_ours_and_refusals_are_none(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as failed:
        connection.execute(text("SELECT 1 FROM there_is_none"))
    assert reason(failed.value) is None
    for failure in (
        ValueError(),
        OSError(errno.ENOENT, "…"),
        Refused("too_late"),
        IntegrityError("", None, ValueError()),
    ):
        assert reason(failure) is None


def test_waiting_in_vain() -> None:
    assert (reason(Unavailable(BUSY)), reason(NoConnectionFree())) == (BUSY, BUSY)
