"""kill -9 of the site during 2,000 submissions from four processes: what was acknowledged is there, exactly once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult import clock
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import lookup_codes
from tests.application import CODES, SECRET, end, make_app
from tests.builders import DRAFT, make_consultation
from tests.spine.server import CHECKOUT, Server

pytestmark = pytest.mark.slow

SLUG = "phan-loai-rac"
PROCESSES, SUBMISSIONS = 4, 2_000
KILLED_AFTER = (400, 700)
"""After how many receipts of a start the site is killed; the third one lives on."""
KEYS = [f"{number:032x}" for number in range(SUBMISSIONS)]

Receipts = dict[str, dict[str, Any]]


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A site with one open matter; while it is set up nothing waits for the disk."""
    app = make_app(sqlite_url, tmp_path)
    app.extensions["consult.files"].put(DRAFT.encode())
    with app.extensions["consult.database"].session() as session:
        make_consultation(session, now=clock.now(), slug=SLUG)
    yield app
    end(app)


@pytest.fixture
def server(app: Flask, sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """The same site in processes of its own, with synchronous=FULL as in production."""
    end(app)
    server = Server(
        {
            "CONSULT_ENV": "test",
            "CONSULT_SECRET_KEY": SECRET,
            "CONSULT_INSTANCE": str(tmp_path / "instance"),
            "CONSULT_DATABASE_URL": sqlite_url,
            "CONSULT_SUBMISSIONS_PER_MINUTE": "0",
        }
    )
    yield server
    server.kill()


def send_all(server: Server, keys: Sequence[str], killed_after: int | None = None) -> Receipts:
    """Sends these keys from four processes; the receipts they read. Kills the site after so many of them."""
    reading, writing = os.pipe()
    senders = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.spine.sender", str(server.port), SLUG],
            cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=writing, text=True,
        )
        for _ in range(PROCESSES)
    ]  # fmt: skip
    os.close(writing)
    for number, sender in enumerate(senders):
        assert sender.stdin is not None
        json.dump(keys[number::PROCESSES], sender.stdin)
        sender.stdin.close()
    receipts: Receipts = {}
    # Each line is shorter than what a pipe takes in one piece, so that the lines of four writers stay whole.
    with os.fdopen(reading) as lines:
        for line in lines:
            receipt = json.loads(line)
            receipts[receipt["key"]] = receipt
            if len(receipts) == killed_after:
                server.kill()
    assert [sender.wait(timeout=60) for sender in senders] == [0] * PROCESSES
    return receipts


def check_kept(app: Flask, receipts: Receipts) -> None:
    """Every receipt stands in the database with its numbers; numbers run without a gap; the log verifies."""
    with app.extensions["consult.database"].session() as session:
        rows = session.execute(
            select(Submission.code_hash, Comment.number)
            .join(Comment, Comment.submission_id == Submission.id)
            .order_by(Comment.number)
        ).all()
    kept: dict[str, list[int]] = {}
    for code_hash, number in rows:
        kept.setdefault(code_hash, []).append(number)
    for receipt in receipts.values():
        assert kept[lookup_codes.code_hash(lookup_codes.typed(receipt["code"]), CODES)] == receipt["numbers"]
    assert [number for _, number in rows] == list(range(1, len(rows) + 1))
    verified = app.test_cli_runner().invoke(args=["ledger", "verify", SLUG])
    assert verified.exit_code == 0, verified.output


def test_what_was_acknowledged_survives_and_nothing_is_there_twice(app: Flask, server: Server) -> None:
    receipts: Receipts = {}
    for killed_after in KILLED_AFTER:
        server.start()
        left = [key for key in KEYS if key not in receipts]
        got = send_all(server, left, killed_after)
        assert killed_after <= len(got) < len(left)
        receipts |= got
        check_kept(app, receipts)
    server.start()
    # Some of those sent again are known: from receipts that were read, and from others that were lost on the way.
    again = send_all(server, [*KEYS[:40], *(key for key in KEYS[40:] if key not in receipts)])
    for key, receipt in again.items():
        assert receipts.setdefault(key, receipt) == receipt
    check_kept(app, receipts)
    assert sorted(receipts) == KEYS
    with app.extensions["consult.database"].session() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == SUBMISSIONS
        assert session.scalar(select(func.max(Submission.number))) == SUBMISSIONS
        assert session.scalar(select(func.count()).select_from(Comment)) == 2 * SUBMISSIONS
