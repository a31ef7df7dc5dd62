"""`python -m bench.soak [--minutes 60] [--rate 5]`: the site and its worker under an even, moderate load for an hour.

One request in five sends the form; the others read, search, look up what is not there, and work at the desk. Every
minute the memory (proportional set size) and descriptors of all processes, the rows of every table and the files of the
instance folder are counted. What is to grow is what people sent, and nothing else: what the last quarter holds is told
beside what the second held, and a table beside the submissions of its time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from statistics import mean

from sqlalchemy import func, select

from bench import processes
from bench.deadline import requests
from bench.desk import signed_in
from bench.matter import Bench, begin
from bench.site import ROOT, environment, served
from consult.models import metadata
from consult.people.words import Role
from consult.search.handlers import IndexHandlers

MINUTE = 60.0
SENDERS = 4
MOST_GROWTH = 1.1
"""Memory, descriptors and files of the last quarter may be so many times those of the second: the first fills what is
kept on purpose (pages, statements, templates)."""
KEPT_ON_PURPOSE = ("search/",)
"""Folders that grow with what people sent, as its table does."""


@dataclass
class Sample:
    """What there is at one moment."""

    submissions: int
    megabytes: float
    descriptors: int
    processes: int
    rows: dict[str, int]
    files: Counter[str]


@dataclass
class Visitors:
    """Those who ask, each on a line of their own, until `until` (monotonic seconds)."""

    port: int
    reads: Sequence[tuple[str, str]]
    sends: list[bytes]
    pause: float
    until: float
    answers: Counter[int] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    def come(self) -> list[threading.Thread]:
        """Begins; each ends by itself."""
        threads = [threading.Thread(target=self._visit, args=(place,)) for place in range(SENDERS)]
        for thread in threads:
            thread.start()
        return threads

    def _visit(self, place: int) -> None:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        turn = place
        while time.monotonic() < self.until:
            self._ask(line, turn)
            turn += 1
            time.sleep(self.pause * SENDERS)
        line.close()

    def _ask(self, line: HTTPConnection, turn: int) -> None:
        if turn % 5 == 0 and self.sends:
            head, _, body = self.sends.pop().partition(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            headers = dict(row.split(": ", 1) for row in head.decode().split("\r\n")[1:])
            line.request("POST", path, body, headers)
        else:
            path, cookie = self.reads[turn % len(self.reads)]
            line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = line.getresponse()
        answer.read()
        self.answers[answer.status] += 1
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.failures[f"{answer.status} at {path}"] += 1


def main() -> int:
    """Prints a line a minute and what grew; 1 when something did that should not."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--rate", type=float, default=5.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="consult-soak-") as name:
        given = environment(Path(name))
        upgrade = [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"]
        subprocess.run(upgrade, cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)
        made = begin(given, datetime.now(UTC))
        with made.app.extensions["consult.database"].session() as session:
            # A new site says that its search is being made, until its worker has come to it.
            IndexHandlers(made.app.extensions["consult.search"]).rebuild(session, datetime.now(UTC))
        with served(given, "consult:create_app()") as port, _worker(given):
            samples, visitors = _soaked(made, Path(name), port, asked.minutes, asked.rate)
    print("answers:", dict(visitors.answers))
    grown = [*_told(samples), *(f"{count} answers {what}" for what, count in visitors.failures.items())]
    print(*(grown or ["nothing grew but what people sent"]), sep="\n")
    return int(bool(grown))


@contextmanager
def _worker(given: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "flask", "--app", "consult", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def _soaked(made: Bench, folder: Path, port: int, minutes: int, rate: float) -> tuple[list[Sample], Visitors]:
    """A sample a minute while the visitors come, and they, with how they were answered."""
    sends = requests(made, int(minutes * MINUTE * rate / 5) + SENDERS)
    visitors = Visitors(port, _reads(made), sends, 1 / rate, time.monotonic() + minutes * MINUTE)
    threads, samples = visitors.come(), []
    for number in range(minutes):
        time.sleep(MINUTE)
        samples.append(_sample(made, folder))
        last = samples[-1]
        print(f"{number + 1:3} min: {last.submissions} sent, {last.megabytes:.0f} MB and {last.descriptors} "
              f"descriptors in {last.processes} processes, {sum(last.files.values())} files", flush=True)  # fmt: skip
    for thread in threads:
        thread.join()
    return samples, visitors


def _reads(made: Bench) -> list[tuple[str, str]]:
    """Addresses with the cookie of who asks for them."""
    start, desk = f"/lay-y-kien/{made.slug}/", f"/xu-ly/{made.slug}/"
    client = signed_in(made, Role.OFFICER, datetime.now(UTC))
    cookies = "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())
    anybody = (
        "/", "/lay-y-kien/", start, f"{start}du-thao/1/", f"{start}y-kien/", f"{start}gop-y/?tai=d3", "/nowhere/",
        "/tim-kiem/?q=thu+gom", "/tra-cuu/000-000-000-000-000-000/", f"/api/v1/consultations/{made.slug}",
    )  # fmt: skip
    return [(path, "") for path in anybody] + [(path, cookies) for path in ("/xu-ly/", desk, f"{desk}so-lieu/")]


def _sample(made: Bench, folder: Path) -> Sample:
    own = [pid for pid in processes.beneath(os.getpid()) if processes.has_command(pid)]
    with made.app.extensions["consult.database"].engine.connect() as connection:
        rows = {table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables}  # fmt: skip
    files = Counter(
        f"{Path(where).relative_to(folder).parts[0] if where != str(folder) else '.'}/"
        for where, _folders, names in os.walk(folder)
        for _name in names
    )
    memory = sum(processes.proportional_megabytes(pid) for pid in own)
    return Sample(rows["submission"], memory, sum(map(processes.descriptors, own)), len(own), rows, files)


def _told(samples: Sequence[Sample]) -> list[str]:
    """What is more in the last quarter than in the second, other than what people sent."""
    quarter = max(1, len(samples) // 4)
    early, late = samples[quarter : 2 * quarter] or samples[:1], samples[-quarter:]
    found = []
    for name in ("megabytes", "descriptors", "processes"):
        before, after = (mean(getattr(one, name) for one in part) for part in (early, late))
        print(f"{name}: {before:.0f} in the second quarter, {after:.0f} in the last")
        found += [f"{name} grew"] if after > before * MOST_GROWTH else []
    sent = late[-1].submissions - early[-1].submissions
    for name, count in late[-1].rows.items():
        grown = count - early[-1].rows[name]
        if grown > 0:
            print(f"{name}: {grown} rows, {grown / max(1, sent):.2f} a submission")
    for folder, count in late[-1].files.items():
        if folder not in KEPT_ON_PURPOSE and count > early[-1].files[folder] * MOST_GROWTH + 2:
            found.append(f"files in {folder}: {early[-1].files[folder]}, then {count}")
    return found


if __name__ == "__main__":
    sys.exit(main())
