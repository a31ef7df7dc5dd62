"""Looks at the site and mails what is to be told: every few minutes by the machine's timer, every hour by the worker.

The two never tell the same thing twice: one looks at a time, and what was told is kept in a file that both read. What
could not be mailed is not taken as told, and is tried again by the next look.

Of a site of several machines each tells what is its own, naming itself; what they share is told once (`CommonAlerts`).
While the place where that is kept is away, each tells that too, and goes on telling it until it is good again.
"""

import fcntl
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from consult.administration.condition import alerts, kept_results
from consult.administration.condition.alerts import Alert
from consult.administration.condition.common_alerts import CommonAlerts
from consult.administration.condition.findings import Check, Finding, State, look_at

log = logging.getLogger(__name__)

Send = Callable[[Alert, datetime], None]
"""Mails an alert; raises NotSent when nobody could be told."""


class NotSent(Exception):
    """An alert reached nobody. `why` is a code: `nobody` (no address, or no mail server, is set) or `not_taken`."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(f"{why}: {said}")
        self.why = why
        self.said = said


class AlertRound:
    """The checks of the site, the folder where it is kept what this machine told, the way to tell it, and what several
    machines tell together (None for a site of one)."""

    def __init__(
        self, checks: Sequence[Check], folder: Path, send: Send, wanted: bool, common: CommonAlerts | None = None
    ) -> None:
        self.own = frozenset(one.name for one in checks if one.own)
        self.checks = checks
        self.folder = folder
        self.send = send
        self.wanted = wanted
        self.common = common

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
            kept_results.keep(self.folder, kept_results.ALERTS, alerts.written(before))
            shared = [one for one in found if self._is_shared(one, before)]
            told = self._told_together(shared, now)
            left = found if told is None else [one for one in found if one not in shared]
            return self._told_alone(before, left, now) or bool(told)

    def _is_shared(self, one: Finding, before: alerts.Memory) -> bool:
        """Whether it is told together: not what this machine told alone, until it has told its end."""
        known = before.parts.get(one.check)
        return self.common is not None and one.check not in self.own and (known is None or known.told == State.WELL)

    def _told_together(self, shared: Sequence[Finding], now: datetime) -> bool | None:
        """Whether anything was; None when nobody can tell what the others told."""
        if self.common is None:
            return None
        try:
            return self.common.tell(shared, now, self.send)
        except OSError:
            log.exception("what the machines told together is away")
            return None

    def _told_alone(self, before: alerts.Memory, found: Sequence[Finding], now: datetime) -> bool:
        alert, after = alerts.decided(before, found, now)
        if alert is not None:
            self.send(alert, now)
        kept_results.keep(self.folder, kept_results.ALERTS, alerts.written(after))
        return alert is not None
