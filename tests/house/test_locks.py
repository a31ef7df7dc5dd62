"""Whoever writes says what nobody else may change meanwhile, and locks are taken in one order."""

import ast
from contextlib import ExitStack

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.consultations.matter.queries import by_slug
from consult.db import Pool, connect, new_id, writing
from consult.locks import LOCK_ORDER, Lock
from tests.application import end, make_app
from tests.builders import make_consultation
from tests.database import PostgresDatabases
from tests.house.rooms import CHECKOUT, modules, nodes_of
from tests.pages import Browser


def test_every_transaction_names_its_lock() -> None:
    silent = [
        f"{path.relative_to(CHECKOUT)}:{call.lineno}"
        for path in modules()
        for call in nodes_of(path)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "writing"
        if len(call.args) != 2
    ]
    assert not silent, silent


def test_nobody_writes_without_a_lock(session: Session) -> None:
    with pytest.raises(TypeError):
        writing(session)  # type: ignore[call-arg]


def test_each_lock_has_its_place() -> None:
    assert set(LOCK_ORDER) == {*Lock, "matter"} and len(LOCK_ORDER) == len(Lock) + 1


@pytest.mark.parametrize("later", [Lock.OUTBOX, Lock.MATTERS])
def test_who_takes_locks_out_of_order_is_stopped_on_every_database(session: Session, later: Lock) -> None:
    with pytest.raises(RuntimeError, match="locked before"), writing(session, later), writing(session, Lock.PEOPLE):
        raise AssertionError("this would be one of two that wait for each other")


def test_nobody_holds_two_matters(session: Session) -> None:
    for between in ([], [Lock.OUTBOX]):
        with pytest.raises(AssertionError, match="second head lock"), ExitStack() as stack:
            for lock in (new_id(), *between, new_id()):
                stack.enter_context(writing(session, lock))
            raise RuntimeError("two that do this in another order wait for each other")


def test_an_act_may_take_further_locks_in_order_and_its_own_again(session: Session) -> None:
    one = new_id()
    in_order = (Lock.REFERENCE, Lock.PEOPLE, one, one, Lock.OUTBOX, Lock.REFERENCE)
    with ExitStack() as stack:
        for lock in in_order:
            stack.enter_context(writing(session, lock))
    with writing(session, Lock.REFERENCE):
        pass


@pytest.mark.postgres
def test_after_the_database_came_back_nobody_meets_a_dead_connection(
    postgresql_databases: PostgresDatabases, tmp_path
) -> None:
    url = postgresql_databases.fresh()
    app = make_app(url, tmp_path)
    with app.extensions["consult.database"].session() as session:
        slug = make_consultation(session).slug
        assert by_slug(session, slug)
    browser = Browser(app)
    browser.get("/")
    with postgresql_databases.administration.connect() as connection:
        ended = text("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :name")
        name = app.extensions["consult.database"].engine.url.database
        assert connection.scalar(ended.bindparams(name=name))
    for path in (f"/lay-y-kien/{slug}/", "/", "/dang-nhap/"):
        assert browser.client.get(path).status_code == 200
    end(app)
    postgresql_databases.drop(url)


@pytest.mark.postgres
def test_how_many_connections_there_are_is_set(postgresql_databases: PostgresDatabases) -> None:
    engine = connect(postgresql_databases.server.render_as_string(), pool=Pool(kept=2, more=1))
    assert (engine.pool.size(), engine.pool._max_overflow) == (2, 1)  # type: ignore[attr-defined]
    engine.dispose()
