"""Backups while people send: each can be restored, holds against its log, and has every receipt handed over before."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.backups import back_up, restore
from consult.consultations.models import Consultation
from consult.db import Database
from consult.files.store import FileStore
from consult.keys import ring
from consult.ledger import keys as ledger_keys
from consult.ledger.service import Signer
from consult.submissions.models import Submission
from consult.transparency.drill import looking
from tests.administration.installations import Place
from tests.application import end, make_app
from tests.builders import DRAFT, make_consultation
from tests.database import Databases
from tests.transparency.set_back import send

SENT, BACKUPS = 100, 3
LONG = 120


@pytest.fixture
def open_site(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A site with an open matter."""
    app = make_app(database_url, tmp_path / "live", SUBMISSIONS_PER_MINUTE=0)
    app.extensions["consult.files"].put(DRAFT.encode())
    with app.extensions["consult.database"].session() as session:
        make_consultation(session, now=clock.now(), slug="phan-loai-rac")
    yield app
    end(app)


class Sending(threading.Thread):
    """Sends so many submissions, one after the other, and counts those that were acknowledged."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app, self.acknowledged, self.failure = app, 0, ""
        self.more = threading.Condition()

    def run(self) -> None:
        """Sends them all."""
        try:
            for number in range(SENT):
                send(self.app, "phan-loai-rac", f"Ý kiến {number}", key=f"{number:032}")
                with self.more:
                    self.acknowledged += 1
                    self.more.notify_all()
        except BaseException as failed:
            self.failure = repr(failed)
            raise

    def until(self, count: int) -> None:
        """Waits until so many were acknowledged."""
        with self.more:
            assert self.more.wait_for(lambda: self.acknowledged >= count, LONG), self.failure


def test_each_backup_restores_and_holds(open_site: Flask, databases: Databases, tmp_path: Path) -> None:
    config = open_site.config
    sending, before = Sending(open_site), list[int]()
    sending.start()
    for number in range(BACKUPS):
        sending.until(SENT * number // BACKUPS + 1)
        before.append(sending.acknowledged)
        back_up(
            tmp_path / f"backup-{number}", config["DATABASE_URL"], config["FILES_FOLDER"], config["KEYS_FOLDER"],
            clock.now(),
        )  # fmt: skip
    sending.join(LONG)
    assert sending.acknowledged == SENT, sending.failure
    for number, least in enumerate(before):
        url = databases.bare()
        place = Place(url, tmp_path / f"new-{number}" / "files", tmp_path / f"new-{number}" / "keys")
        restore(tmp_path / f"backup-{number}", place.url, place.files, place.keys)
        assert least <= held(place, tmp_path, config["LEDGER_ORIGIN"]) <= SENT
        databases.drop(url)


def held(place: Place, folder: Path, origin: str) -> int:
    """How many submissions a restored installation has, after its log and files were held against it."""
    database = Database(place.url, folder, "OFF")
    signer = Signer(origin, ledger_keys.of(ring.load(place.keys)))
    with database.session() as session:
        files = FileStore(place.files)
        assert looking.check_logs(session, files, signer) == 1 and looking.check_files(session, files) == 1
        count = counted(session)
    database.engine.dispose()
    return count


def counted(session: Session) -> int:
    own = session.scalars(select(Consultation.id)).one()
    return len(session.scalars(select(Submission.id).where(Submission.consultation_id == own)).all())
