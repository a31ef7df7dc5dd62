"""`python -m bench.deadline [--seconds 120] [--rate 200]`: a period that ends while so many come in a second.

Everything sent until the end must be there, with a moment before the end; what was sent after it must not. What was on
the way at the very end may be either. It ends by itself, some seconds after the end of the period. Last it tells what
one submission took (processor, commits, bytes of the database), and what 500 in a second would take of the same.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text

from bench import processes
from bench.form import address, body
from bench.generators import RECEIPT, post
from bench.matter import Bench, begin
from bench.site import ROOT, environment, served
from consult.consultations.matter import queries
from consult.consultations.models import Period
from consult.consultations.words import Audience
from consult.db import writing
from consult.ledger.models import LedgerCheckpoint
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.web import tickets

CONNECTIONS = 100
FORETOLD = 500
AFTER = 5.0
"""Seconds that it goes on after the end."""


@dataclass
class Sent:
    """One submission: when it began to go out, when its answer was there (seconds of the clock), and its status."""

    number: int
    began: float
    ended: float
    status: str
    leads_to: str


@dataclass
class Rush:
    """What is sent to a port, evenly, and what came of it."""

    port: int
    requests: list[bytes]
    rate: int
    sent: list[Sent] = field(default_factory=list)

    async def run(self) -> None:
        """Sends everything, each at its moment, over connections that stay open."""
        waiting: asyncio.Queue[tuple[int, bytes] | None] = asyncio.Queue()
        senders = [asyncio.create_task(self._send(waiting)) for _ in range(CONNECTIONS)]
        start = time.monotonic()
        for number, request in enumerate(self.requests):
            await asyncio.sleep(max(0.0, start + number / self.rate - time.monotonic()))
            waiting.put_nowait((number, request))
        for _ in senders:
            waiting.put_nowait(None)
        await asyncio.gather(*senders)

    async def _send(self, waiting: "asyncio.Queue[tuple[int, bytes] | None]") -> None:
        streams = await asyncio.open_connection("127.0.0.1", self.port)
        while (given := await waiting.get()) is not None:
            number, request = given
            began = time.time()
            try:
                head = await _answered(*streams, request)
            except (asyncio.IncompleteReadError, ConnectionError):
                # The server closes what was idle. The ticket makes the second the same submission.
                streams = await asyncio.open_connection("127.0.0.1", self.port)
                head = await _answered(*streams, request)
            self.sent.append(Sent(number, began, time.time(), head[9:12].decode(), _headers(head).get("location", "")))
        streams[1].close()


async def _answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    """The head of the answer to a request; its body is read too."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(int(_headers(head).get("content-length", "0")))
    return head


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.partition(": ") for line in head.decode().split("\r\n")[1:])
    return {name.lower(): value for name, _, value in lines if name}


def main() -> int:
    """Prints what came of it; 0 when nothing was lost, taken late or refused in time."""
    parser = argparse.ArgumentParser(prog="python -m bench.deadline", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--rate", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="consult-deadline-") as name:
        given = environment(Path(name))
        subprocess.run([sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"], cwd=ROOT, env=given,
                       check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        made = begin(given, datetime.now(UTC))
        ready = requests(made, round(asked.rate * (asked.seconds + AFTER)))
        with served(given, "consult:create_app()") as port:
            closes_at = datetime.now(UTC) + timedelta(seconds=asked.seconds)
            end(made, closes_at)
            rush = Rush(port, ready, asked.rate)
            before = _spent(made)
            asyncio.run(rush.run())
            after = _spent(made)
            found = received(made)
            if found:
                _tell_model(rush, len(found), {name: after[name] - before[name] for name in after})
            return told(rush, found, closes_at)


def requests(made: Bench, count: int) -> list[bytes]:
    """So many submissions, each with a ticket of its own."""
    with made.app.extensions["consult.database"].session() as session:
        scope = str(queries.by_slug(session, made.slug).id)
    return [
        post(address(made.slug), body(_ticket(made.app, scope), number)).encode() for number in range(count)
    ]  # fmt: skip


def _ticket(app: Flask, scope: str) -> str:
    with app.test_request_context():
        return tickets.issue(scope, datetime.now(UTC))


def end(made: Bench, closes_at: datetime) -> None:
    """The public period ends at `closes_at`, which is no midnight: nobody waits for one here."""
    with made.app.extensions["consult.database"].session() as session:
        matter = queries.by_slug(session, made.slug)
        with writing(session, matter.id):
            public = select(Period).where(Period.consultation_id == matter.id, Period.audience == Audience.PUBLIC)
            session.scalars(public).one().closes_at = closes_at
            matter.touch()


def received(made: Bench) -> dict[int, datetime]:
    """When each number that is there was received."""
    with made.app.extensions["consult.database"].session() as session:
        rows = session.execute(
            select(CommentVersion.text, Submission.received_at)
            .select_from(Comment)
            .join(Comment.versions)
            .join(Comment.submission)
        ).all()
        return {int(text.rpartition("ý kiến ")[2].rstrip(").")): at for text, at in rows}


def _spent(made: Bench) -> dict[str, float]:
    """What the processes of the server took so far, how often the matter's log was signed, which every commit of
    submissions does once, and how large the database is."""
    with made.app.extensions["consult.database"].session() as session:
        pages, size = (session.scalar(text(f"PRAGMA {one}")) or 0 for one in ("page_count", "page_size"))
        commits = session.scalar(select(func.count()).select_from(LedgerCheckpoint)) or 0
    seconds = sum(map(processes.processor_seconds, processes.beneath(os.getpid())))
    return {"seconds": seconds, "commits": commits, "bytes": pages * size}


def _tell_model(rush: Rush, rows: int, spent: dict[str, float]) -> None:
    """What one submission took, those that were refused counted as well, and what more of them would take."""
    lasted = max(one.ended for one in rush.sent) - min(one.began for one in rush.sent)
    each = spent["seconds"] / len(rush.sent)
    print(f"each took {1000 * each:.2f} ms of the server's processor; {spent['commits'] / lasted:.0f} commits in a "
          f"second, of {rows / spent['commits']:.1f} submissions; {spent['bytes'] / rows:,.0f} bytes of the database "
          f"each; {FORETOLD} in a second would take {FORETOLD * each:.1f} cores of web processes")  # fmt: skip


def told(rush: Rush, found: dict[int, datetime], closes_at: datetime) -> int:
    """Prints the counts; how many are wrong."""
    until = closes_at.timestamp()
    early = [one for one in rush.sent if one.ended <= until]
    late = [one for one in rush.sent if one.began > until]
    on_the_way = [one for one in rush.sent if one.began <= until < one.ended]
    lost = [one for one in rush.sent if one.leads_to.startswith(RECEIPT) and one.number not in found]
    refused = [one for one in early if one.number not in found]
    taken_late = [one for one in late if one.number in found]
    moments = [one for one in found.values() if one >= closes_at]
    waits = sorted(one.ended - one.began for one in rush.sent)
    print(f"sent {len(rush.sent)} at {rush.rate}/s: {len(early)} before the end, {len(on_the_way)} on the way at it "
          f"({sum(one.number in found for one in on_the_way)} taken), {len(late)} after it")  # fmt: skip
    print(f"answers: {dict(Counter(one.status for one in rush.sent))}; rows {len(found)}")
    print(f"acknowledged and lost {len(lost)}; in time and refused {len(refused)}; late and taken {len(taken_late)}; "
          f"received after the end {len(moments)}")  # fmt: skip
    print(f"wait: half {waits[len(waits) // 2]:.3f} s, 99 of 100 {waits[len(waits) * 99 // 100]:.3f} s, "
          f"longest {waits[-1]:.3f} s")  # fmt: skip
    return len(lost) + len(refused) + len(taken_late) + len(moments)


if __name__ == "__main__":
    sys.exit(min(1, main()))
