"""A worker that is killed between doing and acknowledging: the next one does it again, and it is the same mail."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

from sqlalchemy import select

from consult.db import Database, Lock, writing
from consult.outbox.heartbeats import BEAT
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.outbox.worker import Worker
from tests.builders import NOW
from tests.outbox.mailing import mailing

PROGRAM = """
import sys
from pathlib import Path
from consult.db import Database
from consult.outbox.worker import Worker
from tests.builders import NOW
from tests.outbox.mailing import mailing, then_killed

database = Database(sys.argv[1], Path(sys.argv[2]), synchronous="OFF")
Worker(database.session, {"mail": (then_killed(mailing(Path(sys.argv[3]))),)}).work_once(NOW)
"""


def taken_over(worker: Worker) -> datetime:
    """When `worker`, which beats and looks every second as it would, first finds something to do."""
    for second in range(300):
        now = NOW + timedelta(seconds=second)
        if second % BEAT == 0:
            worker.beat(now)
        if worker.work_once(now):
            return now
    raise AssertionError("never")


def test_a_killed_worker_sends_one_mail(database: Database, database_url: str, tmp_path: Path) -> None:
    with database.session() as session, writing(session, Lock.OUTBOX):
        emit(session, "mail", NOW)
    folder = tmp_path / "mail"
    checkout = Path(__file__).resolve().parents[2]
    died = subprocess.run(
        [sys.executable, "-c", PROGRAM, database_url, str(tmp_path), str(folder)],
        cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, timeout=60, check=False,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    [first] = folder.glob("*.eml")
    worker = Worker(database.session, {"mail": (mailing(folder),)})
    handled_at = taken_over(worker)
    assert handled_at - NOW <= timedelta(minutes=1)
    [again] = folder.glob("*.eml")
    assert again == first
    with database.session() as session:
        row = session.scalars(select(OutboxMessage)).one()
    assert (row.attempts, row.done_at) == (2, handled_at)
    mail = BytesParser(policy=SMTP).parsebytes(again.read_bytes())
    assert mail["Message-ID"] == f"<{row.id}@example.invalid>"
