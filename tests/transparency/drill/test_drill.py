"""The newest backup is restored on trial: the site runs from it, holds, and what would be lost is told."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

import config
from consult import clock
from consult.administration.backups import last_drill
from consult.administration.backups.commands import site_of
from consult.administration.backups.encryption import new_identity
from consult.administration.backups.manifest import BackupFailed
from consult.administration.backups.nightly import nightly
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.db import new_id
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.closing_list import Closing, ClosingList
from consult.stages import Stage
from consult.submissions.models import Comment
from consult.transparency.drill import looking, running
from consult.transparency.drill.place import FOLDER, DrillFailed, TrialPlace
from consult.transparency.drill.service import Trial, drill
from tests import s3_server
from tests.application import SECRET, end, make_keys
from tests.builders import DRAFT, NOW, make_consultation
from tests.database import Databases, SqliteDatabases
from tests.house.rooms import CHECKOUT
from tests.keys.site import site as site_at
from tests.pages import SITE
from tests.transparency.set_back import send

HOST = SITE.partition("://")[2]
ORIGIN = "consult.invalid/ledger"


@contextmanager
def backed_up(url: str, folder: Path) -> Iterator[Flask]:
    """A site with a public matter, one comment on it that anybody reads at once, and one backup of both."""
    make_keys(folder / "live" / "instance" / "keys")
    app = site_at(url, folder / "live", BACKUP_FOLDER=folder / "backups")
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with app.extensions["consult.database"].session() as session:
        make_consultation(session, Stage.OPEN, now=clock.now(), disclosure=Disclosure.AT_ONCE)
    app.extensions["consult.files"].put(DRAFT.encode())
    send(app, slug_of(app), "Gửi trước khi sao lưu.")
    nightly(site_of(app.config), clock.now())
    yield app
    end(app)


@pytest.fixture
def live(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Flask]:
    """Such a site on SQLite."""
    with backed_up(sqlite_databases.upgraded(), tmp_path) as app:
        yield app


@pytest.fixture
def on_either(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Such a site on both kinds of database."""
    url = databases.upgraded()
    with backed_up(url, tmp_path) as app:
        yield app
    databases.drop(url)


def slug_of(app: Flask) -> str:
    with app.extensions["consult.database"].session() as session:
        return str(session.scalars(select(Consultation.slug)).one())


def given() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")}
    return own | {"CONSULT_ENV": "test", "CONSULT_SECRET_KEY": SECRET, "CONSULT_SITE_URL": SITE,
                  "CONSULT_LEDGER_ORIGIN": ORIGIN}  # fmt: skip


def trial_of(app: Flask, **more: Any) -> Trial:
    return Trial(
        site_of(app.config), Path(app.config["CHECKPOINTS_FOLDER"]), ORIGIN, HOST, **({"given": given()} | more)
    )


def processes_of(folder: Path) -> list[str]:
    """The processes of this machine that were told of a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(folder).encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def withdrawn_since(live: Flask, trial: Trial) -> None:
    """Notes that the comment was withdrawn after the backup: whoever restores it keeps visitors out for that."""
    with live.extensions["consult.database"].session() as session:
        one = session.scalars(select(Comment).where(Comment.number == 1)).one()
        line = Closing("withdrawn", one.consultation_id, one.id, new_id(), clock.now().isoformat())
    ClosingList(trial.checkpoints).note([line])


@pytest.mark.slow
def test_the_site_runs_from_the_newest_backup_and_nothing_of_it_is_left(on_either: Flask) -> None:
    live = on_either
    send(live, slug_of(live), "Gửi sau khi sao lưu.")
    trial, said = trial_of(live), list[str]()
    withdrawn_since(live, trial)
    kept = {path: path.read_bytes() for path in trial.checkpoints.iterdir()}
    found = drill(trial, said.append, clock.now())
    # What came after it was received, and public at once.
    assert found.ok and found.lost == 2, (found, said)
    assert "Trang chạy được" in said[1] and "đúng với nhật ký" in said[2] and "mất 2 mục" in said[-1]
    assert "mất 2 mục nhật ký của 1 đợt" in found.said
    folder = trial.site.instance / FOLDER
    assert not folder.exists() and not processes_of(folder)
    assert last_drill.state(trial.site.instance) == found
    record = json.loads((trial.site.instance / last_drill.RECORD).read_text())
    assert set(record) == {"at", "ok", "lost", "said"} and record["at"].endswith("+00:00")
    # The real place outside is read alone.
    assert kept == {path: path.read_bytes() for path in trial.checkpoints.iterdir()}


def test_the_site_on_trial_knows_neither_the_store_of_files_nor_the_replica(tmp_path: Path) -> None:
    real = {
        "CONSULT_FILES_URL": s3_server.address(9000), **s3_server.ENVIRONMENT,
        "CONSULT_SHARED": str(tmp_path / "shared"),
        "CONSULT_DATABASE_REPLICA_URL": "postgresql+psycopg://consult@/consult?host=hai",
    }  # fmt: skip
    place = TrialPlace(tmp_path, "sqlite:///trial.sqlite")
    place.instance.mkdir()
    own = config.settings(place.environment(given() | real))
    assert own["FILES_FOLDER"] == place.files and own["DATABASE_REPLICA_URL"] == ""
    assert str(tmp_path / "shared") not in str(own) and s3_server.KEY not in str(own)


def test_what_cannot_be_restored_is_written_down_too(live: Flask, tmp_path: Path) -> None:
    trial = trial_of(live)
    instance = trial.site.instance
    for wrong, failure, said in (
        (replace(trial, site=replace(trial.site, folder=tmp_path / "none")), DrillFailed, "chưa có bản sao lưu"),
        (replace(trial, site=replace(trial.site, free=lambda _folder: 1000)), BackupFailed, "còn trống"),
        (replace(trial, given=given() | {"CONSULT_ENV": "nonsense"}), DrillFailed, "CONSULT_ENV"),
    ):
        with pytest.raises(failure):
            drill(wrong, lambda _said: None, clock.now())
        known = last_drill.state(instance)
        assert known is not None and not known.ok and known.lost is None and said in known.said, known
        assert not (instance / FOLDER).exists()


def test_an_encrypted_one_is_never_called_good_unopened(live: Flask, tmp_path: Path) -> None:
    recipient = new_identity(tmp_path / "key.txt", NOW)
    trial = trial_of(live)
    nightly(replace(trial.site, recipient=recipient), clock.now())
    with pytest.raises(BackupFailed, match="encrypted"):
        drill(trial, lambda _said: None, clock.now())


def test_a_file_that_a_row_names_and_the_backup_lacks_is_named(live: Flask) -> None:
    with live.extensions["consult.database"].session() as session:
        files = live.extensions["consult.files"]
        [name] = looking.named_files(session)
        assert looking.check_files(session, files) == 1
        files.discard(name)
        with pytest.raises(DrillFailed, match=name):
            looking.check_files(session, files)


def test_what_is_known_outside_is_held_against_it(live: Flask, tmp_path: Path) -> None:
    """A log that is longer outside, another history of the same length, a matter that the backup does not know, and a
    checkpoint that somebody holds."""
    slug, signer = slug_of(live), live.extensions["consult.signer"]
    store = CheckpointStore(Path(live.config["CHECKPOINTS_FOLDER"]))
    with live.extensions["consult.database"].session() as session:
        own_id = session.scalars(select(Consultation.id)).one()
        assert looking.losses(session, store, [], signer) == []
        held = store.last(own_id)
        assert held is not None
        longer = signer.note(own_id, held.size + 3, b"\1" * 32, clock.now())
        [loss] = looking.losses(session, store, [longer], signer)
        assert (loss.name, loss.entries, loss.forked) == (slug, 3, False)
        store.keep(own_id, held, replace(held, root=b"\2" * 32))
        [loss] = looking.losses(session, store, [], signer)
        assert loss.forked and loss.entries == 0
        other = CheckpointStore(tmp_path / "other")
        other.begin()
        other.keep(UUID(int=7), None, held)
        [loss] = looking.losses(session, other, [], signer)
        assert (loss.here, loss.entries) == (0, held.size)
        with pytest.raises(DrillFailed, match="not_signed"):
            looking.losses(session, store, [longer.replace(slug, "x").replace(str(own_id), "y")], signer)


def test_the_parts_that_are_asked_for_are_those_that_a_request_needs(live: Flask) -> None:
    needed = {one.name for one in live.extensions["consult.checks"] if one.needed}
    assert needed == {*running.NEEDED, "log"}


@pytest.mark.slow
def test_who_is_ended_ends_the_site_too(live: Flask, tmp_path: Path) -> None:
    """systemd's way to stop: SIGTERM in the middle leaves no process and no copy of what people wrote."""
    config = live.config
    own = given() | {
        "CONSULT_INSTANCE": str(config["INSTANCE"]), "CONSULT_DATABASE_URL": config["DATABASE_URL"],
        "CONSULT_BACKUP_FOLDER": str(config["BACKUP_FOLDER"]),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "consult", "restore-drill"], cwd=CHECKOUT, env=own,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None and "Đang khôi phục thử" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    folder = config["INSTANCE"] / FOLDER
    assert process.returncode != 0 and not folder.exists() and not processes_of(folder)
