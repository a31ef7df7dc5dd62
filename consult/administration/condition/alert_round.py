"""Looks at the site and mails what is to be told: every few minutes by the machine's timer, every hour by the worker.

The two never tell the same thing twice: one looks at a time, and what was told is kept in a file that both read. What
could not be mailed is not taken as told, and is tried again by the next look.
"""

import fcntl
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from consult.administration.condition import alerts, kept_results
from consult.administration.condition.alerts import Alert
from consult.administration.condition.findings import Check, Finding, look_at

Send = Callable[[Alert, datetime], None]
"""Mails an alert; raises NotSent when nobody could be told."""


class NotSent(Exception):
    """An alert reached nobody. `why` is a code: `nobody` (no address, or no mail server, is set) or `not_taken`."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(f"{why}: {said}")
        self.why = why
        self.said = said


class AlertRound:
    """The checks of the site, the folder where it is kept what was told, and the way to tell it."""

    def __init__(self, checks: Sequence[Check], folder: Path, send: Send, wanted: bool) -> None:
        self.checks = checks
        self.folder = folder
        self.send = send
        self.wanted = wanted

    def look(self, session: Session, now: datetime) -> None:
        """A chore of the worker: looks and tells, where somebody wants to be told. Raises NotSent."""
        if self.wanted:
            self.tell(look_at(self.checks, session, now), now)

    def tell(self, found: Sequence[Finding], now: datetime) -> bool:
        """Mails what is new in what was found; whether there was anything. Raises NotSent, and OSError when what was
        told cannot be kept: then nothing is mailed either, or it would be mailed again and again."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / f".{kept_results.ALERTS}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                # Somebody else is telling it.
                return False
            before = alerts.read(kept_results.last(self.folder, kept_results.ALERTS))
            alert, after = alerts.decided(before, found, now)
            kept_results.keep(self.folder, kept_results.ALERTS, alerts.written(before))
            if alert is not None:
                self.send(alert, now)
            kept_results.keep(self.folder, kept_results.ALERTS, alerts.written(after))
        return alert is not None
