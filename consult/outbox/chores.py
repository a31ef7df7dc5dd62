"""What a worker does beside handling events: when it starts, by the hour, by the minute. What fails is told, and keeps
nothing else from being done."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.outbox.heartbeats import Heartbeat

Preparation = Callable[[Session, datetime], None]
"""What is put in order when the worker starts, or now and then, with a session of its own and now."""

log = logging.getLogger(__name__)


def try_each(open_session: Callable[[], Session], acts: Sequence[Preparation], now: datetime) -> None:
    """Does each of them."""
    for act in acts:
        try:
            with open_session() as session:
                act(session, now)
        except Exception:
            log.exception("preparing the worker failed")


def of_site(open_session: Callable[[], Session], life: Heartbeat, acts: Sequence[Preparation], now: datetime) -> bool:
    """Does what is done once for the whole site, if that is for this worker to do: whether it was. It is for nobody
    while nobody can tell."""
    eldest: list[bool] = []
    try_each(open_session, [lambda session, _now: eldest.append(life.eldest(session))], now)
    if not any(eldest):
        return False
    try_each(open_session, acts, now)
    return True
