"""PostgreSQL is restarted, or away for a while: who comes after a restart notices nothing, who sends meanwhile loses
nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, make_url, select, text
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.words import Disclosure
from consult.submissions.models import Submission
from tests.application import end, make_app
from tests.builders import DRAFT, make_consultation
from tests.database import PostgresDatabases
from tests.pages import Browser, Page

pytestmark = pytest.mark.postgres

MATTER = "/lay-y-kien/phan-loai-rac/"
TEXT = "Nên thu gom rác hai lần mỗi tuần, vào buổi sáng."
PUT_OUT = text("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = :name")


class Server:
    """The server, as whoever runs it."""

    def __init__(self, databases: PostgresDatabases, url: str) -> None:
        self.databases, self.name = databases, str(make_url(url).database)

    def restart(self) -> None:
        """Ends every connection to the database, as a restart or a fail-over does."""
        self._say(PUT_OUT)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Takes nobody in during the block."""
        self._say(text(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS false'))
        try:
            self.restart()
            yield
        finally:
            self._say(text(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS true'))

    def _say(self, statement: object) -> None:
        with self.databases.administration.connect() as connection:
            connection.execute(statement, {"name": self.name} if statement is PUT_OUT else {})  # type: ignore[call-overload]


@pytest.fixture
def url(postgresql_databases: PostgresDatabases) -> Iterator[str]:
    found = postgresql_databases.fresh()
    yield found
    postgresql_databases.drop(found)


@pytest.fixture
def site(url: str, tmp_path: Path) -> Iterator[Flask]:
    """A site on it with an open matter."""
    app = make_app(url, tmp_path)
    app.extensions["consult.files"].put(DRAFT.encode())
    with app.extensions["consult.database"].session() as session:
        make_consultation(session, now=now(), slug="phan-loai-rac", disclosure=Disclosure.AT_ONCE)
    yield app
    end(app)


@pytest.fixture
def server(postgresql_databases: PostgresDatabases, url: str) -> Server:
    return Server(postgresql_databases, url)


def checked(site: Flask) -> Page:
    """A comment that only has to be sent."""
    return Browser(site).get(f"{MATTER}gop-y/").walk(
        {"comments.0.text": TEXT}, "Xem lại trước khi gửi", "Tiếp tục"
    )  # fmt: skip


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_after_a_restart_nobody_meets_a_dead_connection(site: Flask, server: Server) -> None:
    check = checked(site)
    server.restart()
    assert Browser(site).get(f"{MATTER}y-kien/").status == 200
    server.restart()
    assert check.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"


def test_what_is_sent_while_it_is_away_comes_back_and_is_sent_again(site: Flask, server: Server) -> None:
    check = checked(site)
    body, headers = {"comments": [{"text": TEXT}], "consent": "2026-11"}, {"Idempotency-Key": "k" * 22}
    with server.away():
        page = check.browser.send(check, check.form("Gửi").fill({}), "Gửi", 503)
        assert TEXT in page.text and "Retry-After" in page.headers
        client = Browser(site).client
        told = client.post("/api/v1/consultations/phan-loai-rac/submissions", json=body, headers=headers)
        assert (told.status_code, told.json) == (503, {"reason": "storage_unavailable"})
        assert client.get("/readyz").status_code == 503
    assert page.submit(button="Gửi lại").heading == "Đã tiếp nhận ý kiến"
    with site.extensions["consult.database"].session() as session:
        assert count(session) == 1


def test_what_libpq_waits_for_has_an_end(site: Flask) -> None:
    with site.extensions["consult.database"].engine.connect() as connection:
        given = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    assert given["connect_timeout"] == "5" and given["tcp_user_timeout"] == "30000"
