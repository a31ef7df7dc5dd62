"""Of what a site of several machines tells together: a fault that all of them share is mailed once, by whoever sees it
first, and once more when none of them sees it any more.

What was told, and what each machine saw last, lies at a place that all of them see. A machine that does not look any
more is forgotten after a while.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from consult.administration.condition import alerts, kept_results
from consult.administration.condition.alerts import Alert
from consult.administration.condition.findings import Finding, State
from consult.files.places.place import Place

FILE, LOCK = "common-alerts.json", "common-alerts.lock"
"""Names of their own: the machine whose folder the others see keeps there what it told alone, too."""
LOOKED = timedelta(minutes=90)
"""So long what a machine saw counts: its worker looks every hour, its timer every five minutes."""
WORSE = (State.WELL, State.UNKNOWN, State.ATTENTION, State.BROKEN)


class CommonAlerts:
    """What the machines of a site told together, at `place`, as this `machine` sees it."""

    def __init__(self, place: Place, machine: str) -> None:
        self.place = place
        self.machine = machine

    def tell(self, found: Sequence[Finding], now: datetime, send: Callable[[Alert, datetime], None]) -> bool:
        """Mails what is new in what all machines found; whether there was anything. Raises what `send` does, and
        OSError when the place is away: then nothing was mailed."""
        with self.place.alone(LOCK) as mine:
            if not mine:
                # Another machine is telling it; what this one sees counts from its next look.
                return False
            said = self._said()
            seen = _fresh(said.get("machines"), now) | {self.machine: _record(found, now)}
            before = alerts.read(said)
            alert, after = alerts.decided(before, _worst(found, seen), now)
            self._keep(before, seen)
            if alert is not None:
                send(replace(alert, common=True), now)
            self._keep(after, seen)
        return alert is not None

    def _said(self) -> dict[str, Any]:
        try:
            said = json.loads(self.place.read(FILE))
        except (FileNotFoundError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}

    def _keep(self, memory: alerts.Memory, seen: Mapping[str, Any]) -> None:
        told = alerts.written(memory) | {"machines": seen}
        self.place.write(FILE, json.dumps(told, ensure_ascii=False, default=str).encode())


def _record(found: Iterable[Finding], now: datetime) -> dict[str, Any]:
    """What a machine saw that is not in order."""
    return {"at": now.isoformat(), "bad": [asdict(one) for one in found if _tells(one)]}


def _tells(one: Finding) -> bool:
    return one.state is not State.WELL and one.reason != "hidden"


def _fresh(machines: object, now: datetime) -> dict[str, Any]:
    """The records of those that looked not long ago; what is none is left out."""
    known = machines if isinstance(machines, dict) else {}
    return {name: one for name, one in known.items() if isinstance(one, dict) and _looked(one, now)}


def _looked(record: Mapping[str, Any], now: datetime) -> bool:
    at = kept_results.moment(record.get("at"))
    # A clock that was put right since may have noted it for next year.
    return at is not None and abs(now - at) < LOOKED


def _worst(found: Iterable[Finding], seen: Mapping[str, Any]) -> list[Finding]:
    """Of each part what is worst of all that was found of it."""
    kept = {one.check: one for one in found}
    for record in seen.values():
        for bad in map(_finding, record.get("bad") or ()):
            if bad is not None and WORSE.index(bad.state) > WORSE.index(kept.get(bad.check, bad).state):
                kept[bad.check] = bad
    return list(kept.values())


def _finding(said: Any) -> Finding | None:
    """None for what another release wrote otherwise: it must not keep this one from telling what it sees."""
    with suppress(KeyError, TypeError, ValueError):
        return Finding(said["check"], State(said["state"]), said["reason"], dict(said["details"]))
    return None
