"""The way to a witness: one POST of C2SP tlog-witness, and what comes back."""

import http.client
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS_FOR_WITNESS = 10
LONGEST_ANSWER = 16 * 1024


@dataclass(frozen=True)
class Reply:
    """What a witness answered: the status, and what it says."""

    status: int
    said: str


def add_checkpoint(url: str, request: str) -> Reply | None:
    """Asks the witness below `url`; None when it does not answer. It is not led elsewhere, and a certificate is
    checked."""
    parts = urlsplit(url)
    place = (parts.hostname or "", parts.port)
    secure = parts.scheme == "https"
    connection = (
        http.client.HTTPSConnection(*place, timeout=SECONDS_FOR_WITNESS, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(*place, timeout=SECONDS_FOR_WITNESS)
    )
    try:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        connection.request("POST", f"{parts.path}/add-checkpoint", request.encode(), headers)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read(LONGEST_ANSWER).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
