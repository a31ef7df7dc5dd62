"""The way to a witness: one POST of C2SP tlog-witness, and what comes back."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

SECONDS_FOR_WITNESS = 10.0
"""How long a witness may take in all: one that says a letter now and then would hold up the worker for days."""
LONGEST_ANSWER = 16 * 1024
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Reply:
    """What a witness answered: the status, and what it says."""

    status: int
    said: str


def add_checkpoint(url: str, request: str) -> Reply | None:
    """Asks the witness below `url`; None when it does not answer, or not all of it in time. It is not led elsewhere,
    and a certificate is checked."""
    parts = urlsplit(url)
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    try:
        with _reached(parts) as (connection, late):
            connection.request("POST", f"{parts.path}/add-checkpoint", request.encode(), headers)
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.read(LONGEST_ANSWER).decode("utf-8", "replace"))
            return None if late.is_set() else reply
    except (OSError, http.client.HTTPException, ValueError):
        return None


@contextmanager
def _reached(parts: SplitResult) -> Iterator[tuple[http.client.HTTPConnection, Event]]:
    """A connection that is cut when the time is over, with what tells that it was."""
    place = (parts.hostname or "", parts.port or PORTS[parts.scheme])
    with socket.create_connection(place, SECONDS_FOR_WITNESS) as line, _cut_in_time(line) as late:
        connection = http.client.HTTPConnection(*place)
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(*place)
            line = ssl.create_default_context().wrap_socket(line, server_hostname=place[0])
        with closing(connection):
            connection.sock = line
            yield connection, late


@contextmanager
def _cut_in_time(line: socket.socket) -> Iterator[Event]:
    """Ends a line when the time is over, also while it waits for a handshake; tells that it was."""
    late = Event()

    # The line itself is given away to whoever encrypts it.
    with line.dup() as same:

        def cut() -> None:
            late.set()
            with suppress(OSError):
                same.shutdown(socket.SHUT_RDWR)

        over = Timer(SECONDS_FOR_WITNESS, cut)
        over.daemon = True
        over.start()
        try:
            yield late
        finally:
            over.cancel()
