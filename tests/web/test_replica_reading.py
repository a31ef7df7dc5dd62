"""What may be read from a replica, and which settings make none."""

from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import config
from consult import create_app
from consult.administration.condition.findings import State
from consult.db import Database, connect
from consult.outbox.worker import Worker
from consult.reading.freshness import of_everybody
from consult.replica.measurement import Replica
from consult.search import condition
from consult.search.engines.fts5_index import Fts5Index
from tests.application import settings_of
from tests.builders import NOW
from tests.search.engine import engine_with

MATTER = "/lay-y-kien/phan-loai-rac/"


@pytest.mark.parametrize(
    "path",
    ["/", "/lay-y-kien/", MATTER, f"{MATTER}du-thao/1/", f"{MATTER}y-kien/12/", f"{MATTER}so-lieu/", "/dia-ban/",
     "/theo-doi/tat-ca/x/tin.atom"],
)  # fmt: skip
def test_what_everybody_sees_may_be_a_moment_late(path: str) -> None:
    assert of_everybody(path)


@pytest.mark.parametrize(
    "path",
    ["/tra-cuu/", "/tra-cuu/001-169-913-759-158/", f"{MATTER}gop-y/", f"{MATTER}cung-y-kien/1/", "/dang-nhap/",
     "/xu-ly/phan-loai-rac/", "/nhat-ky/", f"{MATTER}niem-yet/ket-qua.pdf", "/api/v1/status/1", "/readyz"],
)  # fmt: skip
def test_what_is_ones_own_signed_or_sent_is_not(path: str) -> None:
    assert not of_everybody(path)


def test_without_postgresql_there_is_no_replica(sqlite_url: str, tmp_path: Path) -> None:
    elsewhere = "postgresql+psycopg://consult:hidden@replica.invalid/consult"
    settings: dict[str, Any] = {**settings_of(sqlite_url, tmp_path), "DATABASE_REPLICA_URL": elsewhere}
    with pytest.raises(config.Misconfigured, match="CONSULT_DATABASE_REPLICA_URL") as told:
        create_app(settings)
    assert "hidden" not in told.value.format_message()
    with pytest.raises(config.Misconfigured, match="CONSULT_DATABASE_REPLICA_URL"):
        config.settings({"CONSULT_ENV": "test", "CONSULT_DATABASE_REPLICA_URL": "nonsense"})


def test_who_looks_how_the_replica_is_waits_for_who_measures_it() -> None:
    """The page of the site's condition measures too: two at once would take the same moments out."""
    away = connect("postgresql+psycopg://consult@127.0.0.1:1/x")
    found = Replica(away, away, 5)
    measuring = Thread(target=found.measure, args=(NOW,))
    with found.lock:
        measuring.start()
        measuring.join(0.3)
        assert measuring.is_alive() and not found.primary_away
    measuring.join(10)
    assert found.primary_away and found.look_at > 0


def test_an_index_of_each_machine_is_told_where_several_have_workers(database: Database, tmp_path: Path) -> None:
    engine = engine_with(Fts5Index(tmp_path), "rác")
    Worker(database.session, {}).beat(NOW)
    with database.session() as session:
        assert condition.index(engine, session, NOW).state is State.WELL
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socket.gethostname", lambda: "the-other")
        Worker(database.session, {}).beat(NOW)
    with database.session() as session:
        assert condition.index(engine, session, NOW).reason == "split"
