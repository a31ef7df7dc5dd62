"""The load generator as a whole: a few processes of `bench.load`, started once and given the same job at once."""

import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

PROCESSES = 4
CONNECTIONS = 2
RECEIPT = "/tra-cuu/phieu/"
"""Where the answer to a form leads that was taken."""


@dataclass
class Measured:
    """What came of one address in all its rounds: how many answers in how many seconds, and how long each took."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second over all rounds."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The time (milliseconds) within which this share of the answers came."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan

    def add(self, told: Sequence[dict[str, Any]]) -> None:
        """Adds one round, as each process tells it. Raises RuntimeError when nothing in it was as it should be: else a
        row of nothing would be told as one that is slow."""
        seconds = max(one["ended"] for one in told) - min(one["began"] for one in told)
        times = [time for one in told for time in one["times"]]
        for one in told:
            self.wrong.update(one["wrong"])
        if not times:
            raise RuntimeError(f"nothing was answered as it should be; the others by status: {dict(self.wrong)}")
        self.seconds += seconds
        self.times += times
        self.rates.append(len(times) / seconds)


class Generators:
    """The processes, each waiting for its next job."""

    def __init__(self, port: int, processes: Sequence[subprocess.Popen[str]]) -> None:
        self.port, self.processes = port, processes

    def repeat(self, measured: Measured, request: str | Sequence[str], seconds: float) -> None:
        """Sends one request, or several in turn, over and over for so many seconds."""
        requests = [request] if isinstance(request, str) else list(request)
        self._round(measured, [requests] * len(self.processes), seconds, True)

    def once(self, measured: Measured, requests: Sequence[str], most_seconds: float) -> None:
        """Sends each of these forms once, divided among the processes. One that was taken leads on to its receipt."""
        shares = [list(requests[start :: len(self.processes)]) for start in range(len(self.processes))]
        self._round(measured, shares, most_seconds, False, RECEIPT)

    def _round(
        self, measured: Measured, shares: Sequence[list[str]], seconds: float, repeat: bool, leads_to: str = ""
    ) -> None:
        for process, requests in zip(self.processes, shares, strict=True):
            job = {"port": self.port, "connections": CONNECTIONS, "requests": requests, "seconds": seconds,
                   "repeat": repeat, "leads_to": leads_to}  # fmt: skip
            _say(process, json.dumps(job))
        measured.add([json.loads(_heard(process)) for process in self.processes])


@contextmanager
def generators(port: int) -> Iterator[Generators]:
    """The processes of the load generator, ended with the block."""
    command = [sys.executable, "-m", "bench.load"]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    try:
        yield Generators(port, processes)
    finally:
        for process in processes:
            with suppress(BrokenPipeError):
                process.stdin.close()  # type: ignore[union-attr]
        for process in processes:
            process.wait(timeout=30)
            process.stdout.close()  # type: ignore[union-attr]


def get(path: str) -> str:
    """A request for an address as a browser sends it."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"


def post(path: str, body: str) -> str:
    """A form sent as a browser sends it; `body` is already written as a form is."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nOrigin: http://127.0.0.1\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("a process of the load generator ended; what it said stands above")
    return line
