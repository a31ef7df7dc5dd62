"""Backup and restore on both kinds of database: whole, while others write, and never over anything that is there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, make_url, select

from consult import create_app
from consult.administration.backups import MANIFEST, BackupFailed, back_up
from consult.db import Database
from consult.ledger.models import LedgerEntry
from consult.responses.answers import public_sums
from consult.stages import Stage
from consult.submissions.models import Comment
from tests.administration.installations import SCAN, Place, counted, place_of
from tests.application import end
from tests.builders import NOW
from tests.database import Databases
from tests.pages import Browser
from tests.responses.desk_builder import make_desk


def test_what_is_restored_is_what_was_there(live: Flask, empty: Place, tmp_path: Path) -> None:
    source, backup = place_of(live), tmp_path / "backup"
    made = source.back_up(backup)
    assert empty.restore(backup) == made
    assert (backup.stat().st_mode & 0o007) == 0
    for before, after in ((source.files, empty.files), (source.keys, empty.keys)):
        held = {path.relative_to(before): path.read_bytes() for path in before.rglob("*") if path.is_file()}
        assert held == {path.relative_to(after): path.read_bytes() for path in after.rglob("*") if path.is_file()}
        assert held
    assert counted(empty.url, tmp_path, Comment, LedgerEntry) == counted(source.url, tmp_path, Comment, LedgerEntry)


@pytest.fixture
def restored(live: Flask, empty: Place, tmp_path: Path) -> Iterator[Flask]:
    """A second site on a backup of the first."""
    place_of(live).back_up(tmp_path / "backup")
    empty.restore(tmp_path / "backup")
    own = {"DATABASE_URL": empty.url, "FILES_FOLDER": empty.files, "KEYS_FOLDER": empty.keys}
    app = create_app({**live.config, **own, "INSTANCE": tmp_path / "new"})
    yield app
    end(app)


def test_the_site_answers_from_what_was_restored(live: Flask, restored: Flask) -> None:
    browser = Browser(restored)
    [link] = set(browser.get("/lay-y-kien/").find("//main//a[starts-with(@href, '/lay-y-kien/quyet')]/@href"))
    assert browser.get(f"{link}y-kien/2/").text == Browser(live).get(f"{link}y-kien/2/").text
    keys = [site.extensions["consult.signer"].keys[0].private_key.private_bytes_raw() for site in (live, restored)]
    assert keys[0] == keys[1]


def test_others_write_meanwhile_and_the_copy_is_consistent(live: Flask, empty: Place, tmp_path: Path) -> None:
    enough, wrote = Event(), Event()

    def write() -> None:
        with live.extensions["consult.database"].session() as session:
            desk = make_desk(session, Stage.OPEN)
            while not enough.is_set():
                desk.receive("Ý kiến gửi trong lúc sao lưu")
                wrote.set()

    writer = Thread(target=write)
    writer.start()
    assert wrote.wait(60)
    place_of(live).back_up(tmp_path / "backup")
    wrote.clear()
    assert wrote.wait(60)
    enough.set()
    writer.join(60)
    empty.restore(tmp_path / "backup")
    comments, entries = counted(empty.url, tmp_path, Comment, LedgerEntry)
    assert 2 < comments < counted(place_of(live).url, tmp_path, Comment)[0]
    database = Database(empty.url, tmp_path, "OFF")
    with database.session() as session:
        received = [
            public_sums.outcome(session, matter)["received"]
            for matter in session.scalars(select(Comment.consultation_id).distinct())
        ]
        logged = session.scalar(
            select(func.count(LedgerEntry.comment_number.distinct())).where(LedgerEntry.kind == "received")
        )
    database.engine.dispose()
    assert sum(received) == comments and logged and entries > comments


@pytest.mark.parametrize("harm", ["changed", "missing", "no manifest", "no database named"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(
    live: Flask, empty: Place, tmp_path: Path, harm: str
) -> None:
    backup = tmp_path / "backup"
    place_of(live).back_up(backup)
    [scan] = (path for path in (backup / "files").rglob("*") if path.is_file() and path.read_bytes() == SCAN)
    if harm == "changed":
        scan.write_bytes(SCAN + b".")
    elif harm == "missing":
        scan.unlink()
    elif harm == "no manifest":
        (backup / MANIFEST).unlink()
    else:
        (backup / MANIFEST).write_text('{"files": {}}')
    with pytest.raises(BackupFailed, match="damaged|not_a_backup"):
        empty.restore(backup)
    assert not empty.files.exists() and not empty.keys.exists()
    # Nothing was put into the database either: the whole backup still goes in.
    place_of(live).back_up(tmp_path / "another")
    empty.restore(tmp_path / "another")


def test_keys_that_survived_stay_and_strange_ones_are_refused(live: Flask, empty: Place, tmp_path: Path) -> None:
    source = place_of(live)
    source.back_up(tmp_path / "backup")
    [receipts] = (source.keys / "receipts").iterdir()
    for name in ("20200101T000000Z.key", f"receipts/{receipts.name}", "receipts/20200101T000000Z.key"):
        (empty.keys / name).parent.mkdir(parents=True, exist_ok=True)
        (empty.keys / name).write_bytes(b"x" * 32)
        with pytest.raises(BackupFailed, match="strange_key"):
            empty.restore(tmp_path / "backup")
        (empty.keys / name).unlink()
    assert not empty.files.exists()
    replace(empty, keys=source.keys).restore(tmp_path / "backup")
    assert counted(empty.url, tmp_path, Comment) == [2]


@pytest.mark.parametrize("taken", ["url", "files"])
def test_nothing_is_ever_overwritten(live: Flask, empty: Place, tmp_path: Path, taken: str) -> None:
    source = place_of(live)
    source.back_up(tmp_path / "backup")
    target = replace(empty, **{taken: getattr(source, taken)})
    with pytest.raises(BackupFailed, match="installation_not_empty"):
        target.restore(tmp_path / "backup")
    assert counted(source.url, tmp_path, Comment) == [2]
    assert not empty.files.exists() or not any(empty.files.iterdir())
    with pytest.raises(BackupFailed, match="^not_empty"):
        source.back_up(tmp_path / "backup")


def test_the_commands_say_what_they_did_and_what_they_could_not(live: Flask, tmp_path: Path) -> None:
    runner, folder = live.test_cli_runner(), str(tmp_path / "backup")
    made = runner.invoke(args=["backup", folder])
    assert made.exit_code == 0 and "Đã sao lưu" in made.output
    for command in ("backup", "restore"):
        refused = runner.invoke(args=[command, folder])
        assert refused.exit_code != 0
        assert refused.output.startswith("Lỗi: ") and refused.output.count("\n") == 1


def test_a_database_that_is_not_there_is_named(databases: Databases, tmp_path: Path) -> None:
    url = databases.bare()
    gone = make_url(url).set(database=f"{make_url(url).database}-gone").render_as_string(hide_password=False)
    with pytest.raises(BackupFailed, match="-gone"):
        back_up(tmp_path / "backup", gone, tmp_path / "files", tmp_path / "keys", NOW)
    databases.drop(url)
