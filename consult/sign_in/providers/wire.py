"""The way to a provider: one request, bounded in time and size, which is led nowhere else."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from consult import outgoing

SECONDS_IN_ALL = 8.0
"""How long one request may take in all: somebody waits in front of the page."""
LONGEST_ANSWER = 256 * 1024


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
        with outgoing.http_line(parts, SECONDS_IN_ALL) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read(LONGEST_ANSWER)
            if answer.status != http.client.OK:
                raise Unreachable(f"{method} {parts.netloc}{parts.path}: {answer.status}")
        told = json.loads(said)
    except (OSError, http.client.HTTPException, ValueError, RecursionError, KeyError) as failed:
        raise Unreachable(type(failed).__name__) from failed
    if not isinstance(told, dict):
        raise Unreachable("no object")
    return told
