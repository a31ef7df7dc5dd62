"""What tests share between their sites and databases is what would have been compiled to the same."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment
from sqlalchemy import create_engine, text

from tests.application import end, make_app
from tests.compiled import AlikePostgresql, AlikeSqlite, CompiledTemplates
from tests.database import SqliteDatabases


def test_a_template_that_was_changed_is_compiled_anew(app: Flask, tmp_path: Path) -> None:
    kept, said = CompiledTemplates(tmp_path), {"one.html": "{{ _('Trang chủ') }}"}

    def rendered() -> str:
        site = app.jinja_env.overlay(loader=DictLoader(said), bytecode_cache=kept, cache_size=0)
        with app.test_request_context("/"):
            return site.get_template("one.html").render()

    assert (rendered(), rendered(), len(kept.kept)) == ("Trang chủ", "Trang chủ", 1)
    said["one.html"] += "."
    assert (rendered(), len(kept.kept)) == ("Trang chủ.", 2)
    # Another process of the run has it from the folder, and nothing that was compiled of another source.
    kept = CompiledTemplates(tmp_path)
    assert (rendered(), len(kept.kept)) == ("Trang chủ.", 1)
    said["one.html"] += "."
    assert (rendered(), len(kept.kept)) == ("Trang chủ..", 2)


def test_two_threads_that_compile_the_same_do_not_take_it_from_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, both, renamed = CompiledTemplates(tmp_path), Barrier(2), Path.rename

    def compiled(_turn: int) -> None:
        bucket = kept.get_bucket(Environment(), "one.html", None, "source")
        bucket.code = compile("1", "one.html", "eval")
        kept.dump_bytecode(bucket)

    def once_both_wrote(path: Path, target: Path) -> Path:
        both.wait(10)
        return renamed(path, target)

    monkeypatch.setattr(Path, "rename", once_both_wrote)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(compiled, range(2)))
    assert len(list(tmp_path.iterdir())) == 1


def test_another_site_says_the_same_in_both_languages(
    app: Flask, sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    other = make_app(sqlite_databases.fresh(), tmp_path / "other")
    for address in ("/", "/en/"):
        first, second = (site.test_client().get(address).get_data() for site in (app, other))
        assert first == second
        assert (b'<html lang="en"' in second) == (address == "/en/")
    end(other)


def test_engines_share_statements_where_they_would_compile_them_alike() -> None:
    one, other = (create_engine("sqlite://") for _ in range(2))
    unlike = create_engine("sqlite://", json_serializer=json.dumps)
    assert isinstance(one.dialect, AlikeSqlite)
    assert one.dialect == other.dialect != unlike.dialect
    with one.connect() as connection:
        connection.execute(text("SELECT 1"))
    before = len(AlikeSqlite.statements)
    for engine, more in ((other, 0), (unlike, 1)):
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        assert len(AlikeSqlite.statements) == before + more
    for engine in (one, other, unlike):
        engine.dispose()
    postgresql = create_engine("postgresql+psycopg://nobody@/nothing")
    assert isinstance(postgresql.dialect, AlikePostgresql) and postgresql.dialect != one.dialect
