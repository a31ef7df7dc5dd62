"""The way out to other machines. Every line of the site is cut when its time is over, whoever is at the other end and
however little they say now and then: a time limit for each answer alone lets one that drips hold a worker for days.

Nothing else in the house opens a line (`tests/house/rules/test_ways_out.py`). Finding the address of a name is bounded
by the machine's own resolver (`/etc/resolv.conf`), before the time begins to run.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from time import monotonic
from urllib.parse import SplitResult

PORTS = {"http": 80, "https": 443}
KEPT_PIECE = 64 * 1024
"""Bytes of a file that go out at once."""


class Cut:
    """Ends a line when its time is over, whoever waits for it and for what. Whoever comes to the end of a block looks
    whether it was `late`: what was read may be half."""

    def __init__(self, made: socket.socket) -> None:
        self.late = threading.Event()
        # The line itself is given away to whoever encrypts it, and one that is encrypted knows no second.
        self.line = socket.fromfd(made.fileno(), made.family, made.type)
        self.over: threading.Timer | None = None

    def after(self, seconds: float) -> "Cut":
        """From now on there are so many seconds left."""
        self._rest()
        self.over = threading.Timer(max(seconds, 0), self._cut)
        self.over.daemon = True
        self.over.start()
        return self

    def __enter__(self) -> "Cut":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._rest()
        self.line.close()

    def _rest(self) -> None:
        if self.over is not None:
            self.over.cancel()
            # Who is about to cut is waited for: the number of a closed line may soon be that of another.
            self.over.join()

    def _cut(self) -> None:
        self.late.set()
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)


@contextmanager
def line(host: str, port: int, seconds: float) -> Iterator[socket.socket]:
    """A line to `host`, which lasts `seconds` in all, connecting included, and is closed after the block.

    Whoever encrypts it may take it over: it is cut all the same. Raises TimeoutError at the end of a block that came to
    its end after the time was over, since what it read may be half; OSError and ValueError for who cannot be reached.
    """
    until = monotonic() + seconds
    with closing(_connected(host, port, until)) as made, _cut_at(until, made) as late:
        yield made
        if late.is_set():
            raise TimeoutError


@contextmanager
def http_line(parts: SplitResult, seconds: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the server of an address, on such a line. It leads nowhere else, and a certificate is checked."""
    place = (parts.hostname or "", parts.port or PORTS[parts.scheme])
    with line(*place, seconds) as made:
        connection = http.client.HTTPConnection(*place)
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(*place)
            made = ssl.create_default_context().wrap_socket(made, server_hostname=place[0])
        with closing(connection):
            connection.sock = made
            yield connection


def kept_line(host: str, port: int, seconds: float, trust: ssl.SSLContext | None) -> http.client.HTTPConnection:
    """A connection for several requests, one after the other, reached within `seconds` and with `trust` encrypted:
    each of them in a `Cut`, and when it has gone none is opened in its place. Raises as `line` does."""
    until = monotonic() + seconds
    made = _connected(host, port, until)
    try:
        with _cut_at(until, made):
            sure = trust.wrap_socket(made, server_hostname=host) if trust else made
    except BaseException:
        made.close()
        raise
    connection = http.client.HTTPConnection(host, port, blocksize=KEPT_PIECE)
    connection.sock, connection.auto_open = sure, 0
    return connection


def _connected(host: str, port: int, until: float) -> socket.socket:
    """A line to the first address of `host` that answers; all of them together have until the end of the time."""
    failure = OSError("no address")
    for family, kind, protocol, _name, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        tried = socket.socket(family, kind, protocol)
        tried.settimeout(max(until - monotonic(), 0.001))
        try:
            tried.connect(place)
        except OSError as failed:
            tried.close()
            failure = failed
        else:
            # What is small goes at once, beside what is not acknowledged yet.
            tried.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return tried
    raise failure


@contextmanager
def _cut_at(until: float, made: socket.socket) -> Iterator[threading.Event]:
    """Ends a line when the time is over, also while it waits for a handshake; tells that it was."""
    with Cut(made).after(until - monotonic()) as cut:
        yield cut.late
