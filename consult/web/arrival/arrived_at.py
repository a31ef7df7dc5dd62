"""When a request arrived: the instant that decides what is in time, taken where it comes in and not behind a queue.

A proxy of ours tells it by its own clock: when it passed the request on, and how long it had taken to come in. Without
one the server tells when the first byte of it came to its socket (`consult/web/arrival/server.py`).
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from consult.clock import LONGEST_WAY

REACHED = "consult.reached"
"""In the environment of a request: when it came to the server's socket, in seconds of the epoch."""

STARTED, TOOK = "HTTP_X_REQUEST_START", "HTTP_X_REQUEST_TIME"
"""What the proxy says (deploy/nginx.conf.example): when it passed the request on, and the seconds it had taken."""

_SECONDS = re.compile(r"(?:t=)?([0-9]{1,11}(?:\.[0-9]{1,6})?)")


def instant(environ: Mapping[str, Any], proxies: int, now: datetime) -> datetime:
    """When a request with this environment arrived. `proxies` of our own stand in front: without any, what a stranger
    says about it does not count. Never later than `now`, whatever the clocks say, nor longer ago than LONGEST_WAY."""
    present = now.timestamp()
    told = [present, environ.get(REACHED, present)]
    started = _seconds(environ.get(STARTED, "")) if proxies else None
    if started is not None:
        told.append(started - (_seconds(environ.get(TOOK, "")) or 0))
    return now - min(timedelta(seconds=present - min(told)), LONGEST_WAY)


def bounded(moment: datetime, now: datetime) -> datetime:
    """`moment`, or the instant LONGEST_WAY before `now` where that is later."""
    return max(moment, now - LONGEST_WAY)


def _seconds(text: str) -> float | None:
    found = _SECONDS.fullmatch(text.strip())
    return float(found[1]) if found else None
