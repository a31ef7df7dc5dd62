"""One process of the load generator: `python -m bench.load` reads jobs as lines of JSON and answers each with one.

A job is {"port", "connections", "requests", "seconds", "repeat", "leads_to"}: ready-made requests, sent one after the
other over connections that stay open, in a circle until the seconds are over when they may be repeated, else each at
most once. The answer is {"began", "ended", "times", "wrong"}: the monotonic clock, seconds for each answer that was as
wanted (a 200; with `leads_to` a redirection to an address that begins so), and the others by status. It uses the
standard library alone and parses no more of an answer than its length and where it leads, so that it takes little of
the machine that it shares with the server.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

LONGEST_WAIT = 20.0


class Connection:
    """One open connection, and the answer that is coming in on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.sent_at = 0.0

    def close(self) -> None:
        """Ends the connection."""
        self.socket.close()

    def send(self, request: bytes) -> None:
        """Sends a whole request."""
        self.received.clear()
        self.sent_at = time.monotonic()
        self.socket.sendall(request)

    def answer(self) -> tuple[str, str] | None:
        """Reads what has come; the status and where it leads once the answer is complete, None before."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        self.received += chunk
        head = self.received.find(b"\r\n\r\n")
        if head < 0:
            return None
        told = _headers(bytes(self.received[:head]))
        if len(self.received) < head + 4 + int(told["content-length"]):
            return None
        return self.received[9:12].decode("ascii"), told.get("location", "")


@dataclass
class Job:
    """What is to be sent, and what came of it."""

    port: int
    requests: list[str]
    connections: int = 1
    seconds: float = 1.0
    repeat: bool = True
    leads_to: str = ""
    times: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    def run(self) -> dict[str, Any]:
        """Sends everything there is to send in the time there is."""
        waiting = self._waiting()
        with selectors.DefaultSelector() as selector, ExitStack() as opened:
            began = time.monotonic()
            lines = [opened.enter_context(closing(Connection(self.port))) for _ in range(self.connections)]
            busy = sum(self._send_next(line, waiting, selector) for line in lines)
            while busy:
                ready = selector.select(LONGEST_WAIT)
                if not ready:
                    raise TimeoutError(f"no answer within {LONGEST_WAIT} s")
                for key, _ in ready:
                    busy -= self._take(key.data, waiting, selector, began + self.seconds)
            ended = time.monotonic()
        return {"began": began, "ended": ended, "times": self.times, "wrong": self.wrong}

    def _waiting(self) -> Iterator[bytes]:
        ready = [request.encode() for request in self.requests]
        return cycle(ready) if self.repeat else iter(ready)

    def _send_next(self, line: Connection, waiting: Iterator[bytes], selector: selectors.BaseSelector) -> bool:
        request = next(waiting, None)
        if request is not None:
            line.send(request)
            selector.register(line.socket, selectors.EVENT_READ, line)
        return request is not None

    def _take(self, line: Connection, waiting: Iterator[bytes], selector: selectors.BaseSelector, until: float) -> bool:
        """Reads from one connection and sends the next request on it; whether it has nothing more to do."""
        answered = line.answer()
        if answered is None:
            return False
        now = time.monotonic()
        if self._as_wanted(*answered):
            self.times.append(now - line.sent_at)
        else:
            self.wrong[answered[0]] += 1
        request = next(waiting, None) if now < until else None
        if request is None:
            selector.unregister(line.socket)
            return True
        line.send(request)
        return False

    def _as_wanted(self, status: str, location: str) -> bool:
        if not self.leads_to:
            return status == "200"
        # A form that is given back leads on as well, to itself.
        return status == "303" and location.startswith(self.leads_to)


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.partition(": ") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.lower(): value for name, _, value in lines}


def main() -> None:
    """Does the jobs that come in, until no more come."""
    for line in sys.stdin:
        print(json.dumps(Job(**json.loads(line)).run()), flush=True)


if __name__ == "__main__":
    main()
