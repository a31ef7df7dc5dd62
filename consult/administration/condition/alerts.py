"""Of what the operators are told by mail: once when a part turns bad, once when it is good again, and never in a storm.

Pure decisions over what was found now and what was told before. What turns again and again, or comes when enough has
been sent for a day, waits for the morning. In the morning everything that is broken is told together; what only wants
to be looked at is told again on Mondays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from consult import clock
from consult.administration.condition.findings import Finding, State

MORNING = 7
"""The hour, in local time, from which the day's summary is sent."""
A_DAY = timedelta(days=1)
MOST_TURNS = 4
"""What turned so often within a day is not told each time."""
MOST_MAILS = 6
"""So many mails a day, beside the one in the morning."""
MONDAY = 0
SEVERE = frozenset({State.BROKEN, State.UNKNOWN})


@dataclass(frozen=True)
class Part:
    """What is known of a part: how it was found last and since when, what of it was told last, and when it turned."""

    state: str = State.WELL.value
    since: str = ""
    told: str = State.WELL.value
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Memory:
    """What is known of all parts, when mails left within the last day, and the day of the last summary."""

    parts: dict[str, Part] = field(default_factory=dict)
    sent: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True)
class Alert:
    """One mail: what turned bad, what is good again, and what has been bad for longer; `daily`: it is the day's
    summary; `common`: it is about what several machines share, and not about the one that mails it."""

    bad: tuple[Finding, ...]
    good: tuple[str, ...]
    standing: tuple[Finding, ...]
    daily: bool = False
    common: bool = False


def decided(memory: Memory, found: Sequence[Finding], now: datetime) -> tuple[Alert | None, Memory]:
    """What is to be mailed now, None for nothing, and what is known once that has left; without a mail, at once."""
    seen = _seen(memory, found, now)
    sent = _lately(memory.sent, now)
    seen = replace(seen, sent=sent)
    by_name = {one.check: one for one in found}
    turned = {name: part for name, part in seen.parts.items() if part.state != part.told and name in by_name}
    daily = _summary_is_due(seen, by_name, turned, now)
    told = turned if daily else _told_at_once(turned, len(sent))
    if not told and not daily:
        return None, seen
    bad = tuple(by_name[name] for name, part in told.items() if part.state != State.WELL)
    good = tuple(name for name, part in told.items() if part.state == State.WELL)
    standing = tuple(
        by_name[name] for name, part in seen.parts.items()
        if part.state != State.WELL and name not in told and name in by_name
    )  # fmt: skip
    return Alert(bad, good, standing, daily), _after(seen, told, daily, now)


def _seen(memory: Memory, found: Sequence[Finding], now: datetime) -> Memory:
    """What is known with what was found now. What could not be seen, since something beneath it is broken, is as it
    was."""
    parts = dict(memory.parts)
    for one in found:
        if one.state is State.UNKNOWN and one.reason == "hidden":
            continue
        before = parts.get(one.check, Part())
        if before.state == one.state:
            continue
        turns = (*_lately(before.turns, now), now.isoformat())
        parts[one.check] = Part(one.state.value, now.isoformat(), before.told, turns)
    return replace(memory, parts=parts)


def _lately(moments: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Those within a day; not what was noted for later by a clock that has been put right since."""
    return tuple(one for one in moments if abs(now - datetime.fromisoformat(one)) < A_DAY)


def _told_at_once(turned: dict[str, Part], sent: int) -> dict[str, Part]:
    if sent >= MOST_MAILS:
        return {}
    return {name: part for name, part in turned.items() if len(part.turns) < MOST_TURNS}


def _summary_is_due(
    memory: Memory, found: dict[str, Finding], turned: dict[str, Part], now: datetime
) -> bool:  # fmt: skip
    today, hour = clock.local_day(now), now.astimezone(clock.LOCAL_ZONE).hour
    if hour < MORNING or memory.summary == today.isoformat() or not memory.summary:
        return False
    severe = any(one.state in SEVERE and one.reason != "hidden" for one in found.values())
    wanting = any(one.state is State.ATTENTION for one in found.values())
    return severe or bool(turned) or (wanting and _is_monday(today))


def _is_monday(day: date) -> bool:
    return day.weekday() == MONDAY


def _after(memory: Memory, told: dict[str, Part], daily: bool, now: datetime) -> Memory:
    parts = memory.parts | {name: replace(part, told=part.state) for name, part in told.items()}
    today = clock.local_day(now).isoformat()
    # The first mail of all tells everything: it is that day's summary too.
    summary = today if daily or not memory.summary else memory.summary
    return Memory(parts, memory.sent if daily else (*memory.sent, now.isoformat()), summary)


def written(memory: Memory) -> dict[str, Any]:
    """The memory as it is kept."""
    parts = {
        name: {"state": one.state, "since": one.since, "told": one.told, "turns": list(one.turns)}
        for name, one in memory.parts.items()
    }
    return {"parts": parts, "sent": list(memory.sent), "summary": memory.summary}


def read(said: dict[str, Any]) -> Memory:
    """The memory that was kept; an empty one for what is none."""
    try:
        parts = {
            name: Part(one["state"], one["since"], one["told"], tuple(one["turns"]))
            for name, one in said["parts"].items()
        }
        return Memory(parts, tuple(said["sent"]), said["summary"])
    except (KeyError, TypeError, AttributeError):
        return Memory()
