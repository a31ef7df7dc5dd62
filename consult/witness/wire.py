"""The way to a witness: one POST of C2SP tlog-witness, and what comes back."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from consult import outgoing

SECONDS_FOR_WITNESS = 10.0
"""How long a witness may take in all."""
LONGEST_ANSWER = 16 * 1024


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
        with outgoing.http_line(parts, SECONDS_FOR_WITNESS) as connection:
            connection.request("POST", f"{parts.path}/add-checkpoint", request.encode(), headers)
            answer = connection.getresponse()
            return Reply(answer.status, answer.read(LONGEST_ANSWER).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException, ValueError):
        return None
