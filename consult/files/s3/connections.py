"""Connections to one server, kept open between requests; what it answers, and how long it is waited for.

Nobody waits for a server that is gone: it has a few seconds to be reached and to go on, what failed at once is
tried twice more, and after that it is left alone for some seconds in which every request fails at once.
"""

import http.client
import logging
import os
import select
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedIOBase
from threading import Lock
from time import monotonic
from typing import TypeVar

from consult import outgoing
from consult.files.s3.address import Endpoint
from consult.files.s3.failures import StoreAway, Why

REACHED_WITHIN, GOES_ON_WITHIN = 3.0, 10.0
"""Seconds to be reached, and between two pieces of what it sends or takes."""
SLOWEST = 50_000
"""Bytes a second below which nobody waits any longer for what goes or comes, after the first `GOES_ON_WITHIN`."""
UNTOLD = 8 * 1024 * 1024
"""Bytes for which an answer has time that does not say how long it is."""
LEFT_ALONE = 3.0
"""Seconds in which a server that failed is not asked again."""
TRIES = 3
KEPT = 8
"""Connections of a process that wait for the next request."""
IDLE = 30.0
"""Seconds for which they wait: what stands between may forget a line that is silent, and say so to nobody."""
SHORT = 64 * 1024
"""Bytes of an answer that says what is wrong, at most."""
Body = bytes | BufferedIOBase
Headers = Mapping[str, str]
Given = TypeVar("Given")

log = logging.getLogger(__name__)


class Broken(Exception):
    """The connection failed, or was cut. The word is for the log."""


class Late(Broken):
    """It did not go on in time: nobody waits as long once more."""


class Answer:
    """What came: status, headers with small letters, and the body, to be read once."""

    def __init__(self, response: http.client.HTTPResponse, clock: Callable[[], float]) -> None:
        self.response = response
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.clock = clock
        self.begun = clock()
        self.came = 0

    def pieces(self, size: int) -> Iterator[bytes]:
        """The body in pieces. Raises Broken when it ends before all of it came, or comes too slowly."""
        expected = self.response.length
        # What is there: a whole piece would be waited for while it drips.
        while piece := _or_broken(lambda: self.response.read1(size)):
            self.came += len(piece)
            if self.clock() - self.begun > _time_for(self.came):
                raise Late("slow")
            yield piece
        if expected is not None and self.came != expected:
            raise Broken("cut")
        # Nothing is left; the library notices it only so, and lets the next request come.
        _or_broken(self.response.read)

    def whole(self, most: int) -> bytes:
        """All of it. Raises Broken, also for more than `most` bytes."""
        read = bytearray()
        for piece in self.pieces(SHORT):
            read += piece
            if len(read) > most:
                raise Broken("too long")
        return bytes(read)


class Connections:
    """The connections of this process to one server."""

    def __init__(self, endpoint: Endpoint, clock: Callable[[], float] = monotonic) -> None:
        self.endpoint = endpoint
        self.clock = clock
        self.lock = Lock()
        self.idle: list[tuple[http.client.HTTPConnection, float]] = []
        self.process = os.getpid()
        self.asked_again_at = 0.0
        # Who the server is is looked at by the authorities of the machine (SSL_CERT_FILE names others).
        self.trust = ssl.create_default_context() if endpoint.secure else None

    @contextmanager
    def asked(self, method: str, target: str, headers: Headers, body: Body = b"") -> Iterator[Answer]:
        """The answer to one request. The connection is kept when all of it was read. Raises Broken."""
        connection = self._take()
        kept = False
        try:
            with _in_time(connection, int(headers.get("content-length", "0"))) as cut:
                response = _or_broken(lambda: _send(connection, method, target, headers, body))
                answer = Answer(response, self.clock)
                cut.after(_time_for(UNTOLD if response.length is None else response.length))
                yield answer
            # What is left of a long answer would have to be read first.
            kept = answer.response.isclosed() and not answer.response.will_close
        finally:
            if kept:
                self._give_back(connection)
            else:
                connection.close()

    def check_reachable(self) -> None:
        """Raises StoreAway while the server is left alone."""
        if self.clock() < self.asked_again_at:
            raise StoreAway(Why.AWAY, "left alone")

    def leave_alone(self, failure: StoreAway) -> StoreAway:
        """The server failed again and again: nobody else waits for it just now. Gives the failure back."""
        with self.lock:
            if self.clock() >= self.asked_again_at:
                log.warning("%s", failure)
            self.asked_again_at = self.clock() + LEFT_ALONE
        return failure

    def close(self) -> None:
        """Closes what is kept open."""
        with self.lock:
            idle, self.idle = self.idle, []
        for one, _since in idle:
            one.close()

    def _take(self) -> http.client.HTTPConnection:
        # What a process has open it does not share with those it forks.
        if self.process != os.getpid():
            self.process = os.getpid()
            self.close()
        while (waiting := self._waiting()) is not None:
            one, since = waiting
            if self.clock() - since < IDLE and not _ended(one):
                return one
            one.close()
        made = _or_broken(
            lambda: outgoing.kept_line(self.endpoint.host, self.endpoint.port, REACHED_WITHIN, self.trust)
        )
        made.sock.settimeout(GOES_ON_WITHIN)
        return made

    def _waiting(self) -> tuple[http.client.HTTPConnection, float] | None:
        with self.lock:
            return self.idle.pop() if self.idle else None

    def _give_back(self, connection: http.client.HTTPConnection) -> None:
        with self.lock:
            if len(self.idle) < KEPT and self.process == os.getpid():
                self.idle.append((connection, self.clock()))
                return
        connection.close()


def _send(
    connection: http.client.HTTPConnection, method: str, target: str, headers: Headers, body: Body
) -> http.client.HTTPResponse:
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(body if body != b"" else None)
    return connection.getresponse()


@contextmanager
def _in_time(connection: http.client.HTTPConnection, size: int) -> Iterator[outgoing.Cut]:
    """Cuts what does not go on in time with so many bytes, however little of it moves now and then. Raises Late."""
    with outgoing.Cut(connection.sock).after(_time_for(size)) as cut:
        try:
            yield cut
        except Broken as broken:
            if cut.late.is_set():
                raise Late("timeout") from broken
            raise
        if cut.late.is_set():
            raise Late("timeout")


def _time_for(size: int) -> float:
    return GOES_ON_WITHIN + size / SLOWEST


def _ended(idle: http.client.HTTPConnection) -> bool:
    """Whether the server let it go meanwhile: it says nothing else unasked."""
    looked = select.poll()
    looked.register(idle.sock, select.POLLIN)
    return bool(looked.poll(0))


def _or_broken(act: Callable[[], Given]) -> Given:
    """What `act` gives; a connection that failed is Broken, with a word that tells neither address nor key."""
    try:
        return act()
    except TimeoutError as late:
        raise Late("timeout") from late
    except ssl.SSLError as untrusted:
        raise Broken(f"TLS {untrusted.reason or ''}".strip()) from untrusted
    except (OSError, http.client.HTTPException) as failed:
        raise Broken(type(failed).__name__) from failed
