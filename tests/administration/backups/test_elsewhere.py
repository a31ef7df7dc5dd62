"""The second place of backups: what this machine had is whole there when the machine is gone."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from pyrage import x25519

from config import Misconfigured, settings
from consult import clock
from consult.administration.backups import BackupFailed, elsewhere, last_sending, manifest
from consult.administration.backups.commands import site_of
from consult.administration.backups.nightly import Site, nightly
from consult.administration.condition import storage_checks
from consult.administration.condition.findings import State
from tests.administration.installations import SCAN, Place
from tests.builders import NOW
from tests.s3_server import ENVIRONMENT, S3Server

DAY = timedelta(days=1)
IDENTITY = x25519.Identity.generate()
LARGE = b"a long report " * 20_000
OPENS = {
    "CONSULT_BACKUP_URL_KEY": ENVIRONMENT["CONSULT_FILES_KEY"],
    "CONSULT_BACKUP_URL_SECRET": ENVIRONMENT["CONSULT_FILES_SECRET"],
}
Run = Callable[..., Result]


@pytest.fixture
def store(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """The store of backups."""
    for name, value in OPENS.items():
        monkeypatch.setenv(name, value)
    return s3


@pytest.fixture
def site(app: Flask, store: S3Server, tmp_path: Path) -> Site:
    """A site with two files, whose backups are sealed and have a second place."""
    app.extensions["consult.files"].put(LARGE)
    app.extensions["consult.files"].put(SCAN)
    app.config |= {
        "BACKUP_FOLDER": tmp_path / "backups",
        "BACKUP_KEY": str(IDENTITY.to_public()),
        "BACKUP_STORE": store.url,
    }
    return site_of(app.config)


@pytest.fixture
def run(app: Flask, site: Site) -> Run:
    """`backup` with these words."""
    return lambda *words: app.test_cli_runner().invoke(args=["backup", *words])


def manifests(store: S3Server) -> list[str]:
    """The backups that are there."""
    return [name.split("/")[1] for name in store.store.names("site/2")]


def files(store: S3Server) -> set[str]:
    """The hashes of the files that are there."""
    return {name.rpartition("/")[2] for name in store.store.names("site/files/")}


def test_a_backup_is_there_whole_and_comes_back_on_another_machine(
    run: Run, site: Site, store: S3Server, tmp_path: Path
) -> None:
    made = nightly(site, NOW)
    sent = run("send")
    assert sent.exit_code == 0 and made.folder.name in sent.output and f"{made.count} tệp" in sent.output
    assert manifests(store) == [made.folder.name] and b"a long report" not in b"".join(
        one.data for one in store.store.objects.values()
    )
    before = manifest.read(made.folder)
    shutil.rmtree(site.folder)
    assert run("elsewhere").output.split() == [made.folder.name]
    fetched = run("fetch", str(tmp_path / "fetched"))
    assert fetched.exit_code == 0 and "nguyên vẹn" in fetched.output
    assert manifest.checked(tmp_path / "fetched") == before
    new = Place(
        f"sqlite:///{tmp_path / 'new' / 'consult.sqlite'}", tmp_path / "new" / "files", tmp_path / "new" / "keys"
    )
    assert new.restore(tmp_path / "fetched", IDENTITY) == made.count
    kept = {path.read_bytes() for path in new.files.rglob("*") if path.is_file()}
    assert {LARGE, SCAN} <= kept


def test_what_did_not_change_is_sent_once_and_what_is_old_goes(run: Run, site: Site, store: S3Server) -> None:
    first = nightly(site, clock.now() - 40 * DAY)
    run("send")
    were = files(store)
    second = nightly(site, clock.now())
    store.store.asked.clear()
    assert run("send").exit_code == 0
    put = [line for line in store.store.asked if line.startswith("PUT")]
    assert len(put) < first.count and manifests(store) == [second.folder.name]
    assert files(store) == set(manifest.read(second.folder).files.values())
    assert were & files(store) and were - files(store)


def test_a_line_that_breaks_leaves_no_backup_there_and_is_gone_on_with(run: Run, site: Site, store: S3Server) -> None:
    made = nightly(site, NOW)
    store.store.always, store.store.only = "500", (manifest.MANIFEST,)
    failed = run("send")
    assert failed.exit_code != 0 and failed.stderr.count("\n") == 1 and "127.0.0.1" in failed.stderr
    assert manifests(store) == [] and last_sending.last(site.instance) is None
    store.store.always, store.store.only = "", ("",)
    store.store.asked.clear()
    assert run("send").exit_code == 0 and manifests(store) == [made.folder.name]
    assert sum(line.startswith("PUT") for line in store.store.asked) == 1


def test_one_gone_bad_here_is_not_sent(run: Run, site: Site, store: S3Server) -> None:
    made = nightly(site, NOW)
    bad = next(path for path in (made.folder / "files").rglob("*") if path.is_file())
    bad.write_bytes(b"gone bad")
    failed = run("send")
    assert failed.exit_code != 0 and bad.name in failed.stderr and manifests(store) == []


def test_what_was_changed_there_is_refused_here(run: Run, site: Site, store: S3Server, tmp_path: Path) -> None:
    nightly(site, NOW)
    run("send")
    some = store.store.names("site/files/")[0]
    store.store.objects[some].data = b"?" * len(store.store.objects[some].data)
    refused = run("fetch", str(tmp_path / "fetched"))
    assert refused.exit_code != 0 and not (tmp_path / "fetched" / manifest.MANIFEST).exists()
    del store.store.objects[some]
    assert run("fetch", str(tmp_path / "fetched")).exit_code != 0


def test_nothing_is_fetched_among_something_else(run: Run, site: Site, tmp_path: Path) -> None:
    nightly(site, NOW)
    run("send")
    (tmp_path / "fetched").mkdir()
    (tmp_path / "fetched" / "mine").write_text("mine")
    refused = run("fetch", str(tmp_path / "fetched"))
    assert refused.exit_code != 0 and "không trống" in refused.stderr
    assert [path.name for path in (tmp_path / "fetched").iterdir()] == ["mine"]


@pytest.mark.parametrize("strange", ["2026-99-99-0230", "../../etc", "2026-11-30-0230/x"])
def test_a_name_that_is_none_is_no_backup(run: Run, site: Site, store: S3Server, strange: str) -> None:
    nightly(site, NOW)
    run("send")
    kept = store.store.objects[store.store.names("site/2")[0]]
    store.store.objects[f"site/{strange}/{manifest.MANIFEST}"] = kept
    assert len(run("elsewhere").output.split()) == 1


def test_without_any_it_says_so(run: Run, app: Flask, site: Site, tmp_path: Path) -> None:
    assert "CONSULT_BACKUP_FOLDER" in run("send").stderr
    assert "chưa có bản nào" in run("fetch", str(tmp_path / "fetched")).stderr
    app.config["BACKUP_STORE"] = ""
    for words in (("send",), ("elsewhere",), ("fetch", str(tmp_path / "fetched"))):
        assert "CONSULT_BACKUP_URL" in run(*words).stderr


def test_unsealed_it_stays_here(app: Flask, site: Site, store: S3Server) -> None:
    made = nightly(site_of(app.config | {"BACKUP_KEY": ""}), NOW)
    with pytest.raises(BackupFailed, match="not_sealed"):
        elsewhere.send(elsewhere.opened(store.url), made.folder, 30, NOW.date())
    assert store.store.objects == {}


def test_the_page_of_the_condition_says_how_old_what_lies_there_is(run: Run, app: Flask, site: Site) -> None:
    def found(ago: timedelta = timedelta()) -> tuple[State, str]:
        with app.extensions["consult.database"].session() as session:
            one = storage_checks.second_place(site.instance, app.config["BACKUP_STORE"], session, clock.now() + ago)
        return one.state, one.reason

    assert found() == (State.ATTENTION, "never")
    nightly(site, NOW)
    run("send")
    assert found() == (State.WELL, "well") and found(2 * DAY) == (State.BROKEN, "old")
    (site.instance / last_sending.RECORD).write_text("{")
    assert found() == (State.ATTENTION, "never")
    app.config["BACKUP_STORE"] = ""
    assert found() == (State.WELL, "none_set")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"CONSULT_BACKUP_KEY": ""}, "CONSULT_BACKUP_KEY"),
        ({"CONSULT_BACKUP_URL_SECRET": ""} | ENVIRONMENT, "CONSULT_BACKUP_URL_SECRET"),
        ({"CONSULT_BACKUP_URL": "s3://x"}, "CONSULT_BACKUP_URL"),
        ({"CONSULT_FILES_URL": "s3://consult/other?endpoint=http://127.0.0.1:9"} | ENVIRONMENT, "CONSULT_FILES_URL"),
    ],
)
def test_a_setting_that_would_not_help_starts_no_site(given: dict[str, Any], named: str, tmp_path: Path) -> None:
    whole = {
        "CONSULT_ENV": "test", "CONSULT_INSTANCE": str(tmp_path), "CONSULT_SECRET_KEY": "x" * 64,
        "CONSULT_BACKUP_URL": "s3://consult/site?endpoint=http://127.0.0.1:9", "CONSULT_BACKUP_KEY": "age1x", **OPENS,
    }  # fmt: skip
    assert settings(whole)["BACKUP_STORE"].startswith("s3://consult/site?")
    with pytest.raises(Misconfigured, match=named):
        settings(whole | given)


def test_what_opens_it_is_no_setting_of_the_program(app: Flask, site: Site) -> None:
    assert os.environ["CONSULT_BACKUP_URL_SECRET"] not in repr(app.config)
