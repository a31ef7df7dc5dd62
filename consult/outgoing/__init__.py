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
            return tried
    raise failure


@contextmanager
def _cut_at(until: float, made: socket.socket) -> Iterator[threading.Event]:
    """Ends a line when the time is over, also while it waits for a handshake; tells that it was."""
    late = threading.Event()

    # The line itself is given away to whoever encrypts it.
    with made.dup() as same:

        def cut() -> None:
            late.set()
            with suppress(OSError):
                same.shutdown(socket.SHUT_RDWR)

        over = threading.Timer(max(until - monotonic(), 0), cut)
        over.daemon = True
        over.start()
        try:
            yield late
        finally:
            over.cancel()
            # Who is about to cut is waited for: the number of a closed line may soon be that of another.
            over.join()
