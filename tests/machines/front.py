"""What stands before the machines and gives each request to the next one, as nginx does; what no machine answered it
gives to another one, as `proxy_next_upstream error timeout non_idempotent` has nginx do."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any
from urllib.parse import quote

from tests.pages import SITE
from tests.spine.sender import body_of

LONGEST_ANSWER = 60.0
OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "server", "date"}


class Front:
    """A door to several machines: for the test client in place of a site, and for programs that send."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ports = ports
        self.turns = count()
        self.answered: Counter[int] = Counter()
        self.passed_on = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        path = quote(environ["PATH_INFO"].encode("latin-1")) + (f"?{query}" if query else "")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status, headers, answer = self.ask(environ["REQUEST_METHOD"], path, _headers(environ), body)
        start_response(status, headers)
        return [answer]

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[str, list[tuple[str, str]], bytes]:
        """The answer of the machine whose turn it is, or of the next one: status, headers, body. Raises AssertionError
        when none answers."""
        turn = next(self.turns)
        for place in range(len(self.ports)):
            port = self.ports[(turn + place) % len(self.ports)]
            try:
                found = _asked(port, method, path, headers, body)
            except (OSError, HTTPException):
                self.passed_on += 1
                continue
            self.answered[port] += 1
            return found
        raise AssertionError(f"no machine answered {method} {path}")

    def send(self, slug: str, key: str) -> dict[str, Any]:
        """Sends one submission through the API: its receipt. Raises AssertionError for any other answer than 201."""
        headers = {"Host": "localhost", "Content-Type": "application/json", "Idempotency-Key": key}
        path = f"/api/v1/consultations/{slug}/submissions"
        status, _headers, body = self.ask("POST", path, headers, body_of(key).encode())
        assert status.startswith("201"), (status, body)
        told: dict[str, Any] = json.loads(body)
        return {"key": key, "code": told["code"], "numbers": told["comments"]}


def ready(port: int) -> tuple[int, dict[str, Any]]:
    """What a machine says of itself: status and parts."""
    status, _headers, body = _asked(port, "GET", "/readyz", {"Host": "localhost"}, b"")
    return int(status[:3]), json.loads(body)


def _asked(
    port: int, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> tuple[str, list[tuple[str, str]], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)
    try:
        connection.request(method, path, body or None, dict(headers))
        answer = connection.getresponse()
        kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in OF_ONE_CONNECTION]
        return f"{answer.status} {answer.reason}", kept, answer.read()
    finally:
        connection.close()


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    found = {name[5:].replace("_", "-").title(): value for name, value in environ.items() if name.startswith("HTTP_")}
    kind = environ.get("CONTENT_TYPE")
    return {"Host": SITE.partition("//")[2], **found, **({"Content-Type": kind} if kind else {})}
