"""What looking at one part of the site found, and looking at all of them."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from consult.command_line.faults import short

log = logging.getLogger(__name__)


class State(StrEnum):
    """How a part of the site is: in order, in need of somebody's eyes, broken, or hidden by what is broken."""

    WELL = "well"
    ATTENTION = "attention"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """What was found of `check`; the sentence is that of the code `condition.<check>.<reason>` with `details`, or of
    `condition.unknown.<reason>` for what could not be seen."""

    check: str
    state: State
    reason: str = State.WELL.value
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of its sentence in the catalogues."""
        return f"condition.{'unknown' if self.state is State.UNKNOWN else self.check}.{self.reason}"


Look = Callable[[Session, datetime], Finding]


@dataclass(frozen=True)
class Check:
    """One part of the site and how to look at it. Without what is `needed` no request can be served; what is `stored`
    can be asked only of a database that answers and has the tables of this version. A fault of it is the machine's
    `own`, or one of the whole site."""

    name: str
    look: Look
    needed: bool = False
    stored: bool = False
    own: bool = False


def well(check: str, **details: Any) -> Finding:
    """Nothing to do."""
    return Finding(check, State.WELL, details=details)


def attention(check: str, reason: str, **details: Any) -> Finding:
    """The site works, but somebody should see to this."""
    return Finding(check, State.ATTENTION, reason, details)


def broken(check: str, reason: str, **details: Any) -> Finding:
    """Something that people rely on does not work."""
    return Finding(check, State.BROKEN, reason, details)


def unknown(check: str, reason: str, **details: Any) -> Finding:
    """What cannot be seen: `hidden` by what it rests on; `not_to_be_had` since the machine did not give what looking
    takes; `failed` in some other way."""
    return Finding(check, State.UNKNOWN, reason, details)


def look_at(checks: Sequence[Check], session: Session, now: datetime, traced: bool = True) -> list[Finding]:
    """A finding for each of `checks`, in their order, at the instant `now`.

    Those about what is stored are not asked once one that is needed for them, and stands before them, was broken.
    Never raises: a look that fails is itself a finding, and its traceback goes to the log when it is to be `traced`.
    """
    found: list[Finding] = []
    for check in checks:
        hidden = check.stored and any(one.state is State.BROKEN and one.check in _BENEATH for one in found)
        found.append(unknown(check.name, "hidden") if hidden else _looked(check, session, now, traced))
    return found


_BENEATH = frozenset({"database", "schema"})
"""What everything stored rests on."""


def _looked(check: Check, session: Session, now: datetime, traced: bool) -> Finding:
    try:
        return check.look(session, now)
    except Exception as failure:
        # Telling the rest matters more than what is wrong with this one.
        if traced:
            log.exception("looking at %s failed", check.name)
        reason = "not_to_be_had" if isinstance(failure, OSError) else "failed"
        return unknown(check.name, reason, why=short(getattr(failure, "orig", None) or failure))
    finally:
        session.rollback()


def summary(found: Iterable[Finding]) -> tuple[str, int]:
    """All findings as one code of the catalogues, and how many parts it is about."""
    counts = Counter(one.state for one in found)
    broken = counts[State.BROKEN] + counts[State.UNKNOWN]
    if broken:
        return "condition.broken", broken
    return (
        ("condition.to_look_at", counts[State.ATTENTION])
        if counts[State.ATTENTION]
        else ("condition.nothing_broken", 0)
    )
