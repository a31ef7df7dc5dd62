"""kill -9 around the commit and around what is kept outside: what is kept never claims more than the database has."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import Database
from consult.ledger.checkpoint_store import CheckpointStore, KeptCheckpoint
from consult.ledger.guard import STORE, Guard
from consult.ledger.log import Log
from consult.submissions.receiving.service import receive
from tests.house.rooms import CHECKOUT
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new

MOMENTS = ("before the commit", "between commit and keeping", "after keeping")


class Dying(CheckpointStore):
    """A store whose process is killed before or after it keeps something."""

    moment = ""

    def keep(self, consultation_id: UUID, seen: KeptCheckpoint | None, new: KeptCheckpoint) -> None:
        """Keeps, and dies at its moment."""
        if self.moment == MOMENTS[1]:
            die()
        super().keep(consultation_id, seen, new)
        if self.moment == MOMENTS[2]:
            die()


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def opened(url: str, folder: Path, moment: str = "") -> tuple[Database, CheckpointStore]:
    database, store = Database(url, folder), Dying(folder / "kept")
    store.moment = moment
    database.engine.update_execution_options(**{STORE: Guard(store)})
    if moment == MOMENTS[0]:
        event.listen(database.engine, "commit", die)
    return database, store


def send(session: Session, word: str) -> str:
    """Sends a comment with a key of its own; the checkpoint of its receipt."""
    consultation = session.scalars(select(Consultation)).one()
    sent = new(comment(f"Ý kiến {word}"), at=MIDWAY, word=word)
    note: str = receive(session, consultation, sent, MIDWAY, SIGNER, CODES).proof["checkpoint"]
    return note


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_that_is_killed_leaves_a_log_that_goes_on(database_url: str, tmp_path: Path, moment: str) -> None:
    database, store = opened(database_url, tmp_path)
    with database.session() as session:
        own = matter(session).id
        session.commit()
        send(session, "first")
    before = store.last(own)
    words = [sys.executable, "-m", "tests.ledger.test_killed", database_url, str(tmp_path), moment]
    assert subprocess.run(words, cwd=CHECKOUT, check=False).returncode == -signal.SIGKILL
    with database.session() as session:
        kept, size = store.last(own), Log(session, own).size
        assert before is not None and kept is not None
        assert kept.size <= size and size - before.size == (0 if moment == MOMENTS[0] else 1)
        assert kept.size - before.size == (1 if moment == MOMENTS[2] else 0)
        # Sent again it is the same, and what its receipt says is kept before it is handed over.
        note = send(session, "second")
        again = store.last(own)
        assert again is not None and again.note == note and again.size == before.size + 1
        assert Log(session, own).size == before.size + 1
        send(session, "third")
    database.engine.dispose()


if __name__ == "__main__":
    with opened(sys.argv[1], Path(sys.argv[2]), sys.argv[3])[0].session() as dying:
        send(dying, "second")
