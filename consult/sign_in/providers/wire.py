"""The way to a provider: one request, bounded in time and size, which is led nowhere else."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import Event, Timer
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

SECONDS_IN_ALL = 8.0
"""How long one request may take from the first byte to the last: somebody waits in front of the page."""
LONGEST_ANSWER = 256 * 1024
PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):
    """The provider did not answer, not in time, or not with what was asked for."""


def fetched(url: str) -> dict[str, Any]:
    """The JSON object at an address. Raises Unreachable."""
    return _asked("GET", url, None, {"Accept": "application/json"})


def sent(url: str, form: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    """The JSON object that answers a form. Raises Unreachable, also for a refusal."""
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return _asked("POST", url, urlencode(form).encode(), {**kind, **headers})


def _asked(method: str, url: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with _reached(parts) as (connection, late):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read(LONGEST_ANSWER)
            if late.is_set() or answer.status != http.client.OK:
                raise Unreachable(f"{method} {parts.netloc}{parts.path}: {answer.status}")
        told = json.loads(said)
    except (OSError, http.client.HTTPException, ValueError, RecursionError, KeyError) as failed:
        raise Unreachable(type(failed).__name__) from failed
    if not isinstance(told, dict):
        raise Unreachable("no object")
    return told


@contextmanager
def _reached(parts: SplitResult) -> Iterator[tuple[http.client.HTTPConnection, Event]]:
    """A connection that is cut when the time is over, with what tells that it was."""
    place = (parts.hostname or "", parts.port or PORTS[parts.scheme])
    with socket.create_connection(place, SECONDS_IN_ALL) as line, _cut_in_time(line) as late:
        connection = http.client.HTTPConnection(*place)
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(*place)
            line = ssl.create_default_context().wrap_socket(line, server_hostname=place[0])
        with closing(connection):
            connection.sock = line
            yield connection, late


@contextmanager
def _cut_in_time(line: socket.socket) -> Iterator[Event]:
    late = Event()
    # The line itself is given away to whoever encrypts it.
    with line.dup() as same:

        def cut() -> None:
            late.set()
            with suppress(OSError):
                same.shutdown(socket.SHUT_RDWR)

        over = Timer(SECONDS_IN_ALL, cut)
        over.daemon = True
        over.start()
        try:
            yield late
        finally:
            over.cancel()
