"""Whether the walls of the sandbox stand on this machine: not read off its settings, but tried."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consult.sandbox import Limits, SandboxFailure, run
from consult.timed_cache import TimedCache

TRUSTED_FOR = 300.0
"""Seconds for which what was found holds in one process."""
TRIED_AGAIN_AFTER = 30.0
"""Seconds until the next try when there was no place for one, or no time."""

ALL = (
    "unix_socket", "network", "reading", "writing", "processes", "signals", "io_uring", "keys", "shared_memory",
)  # fmt: skip
_LIMITS = Limits(memory=128 * 1024 * 1024, processor_seconds=5, seconds=10.0, at_once=True)


@dataclass(frozen=True)
class Wall:
    """One thing that the confined process must not be able to do, and whether it was refused. `detail` is technical
    English, empty of a wall that holds."""

    name: str
    holds: bool
    detail: str = ""


_found: TimedCache[Sequence[Wall]] = TimedCache(())


def walls() -> Sequence[Wall]:
    """Each wall, as it was found when a confined process last ran against it: now, or some minutes ago.

    While such a process is running, or finds no place, what was found before; nothing at all when nothing was.
    """
    return _found.now(_look)


def _look() -> tuple[Sequence[Wall], float]:
    try:
        return _tried(), TRUSTED_FOR
    except SandboxFailure:
        return _found.found, TRIED_AGAIN_AFTER  # That says nothing about the walls.


def missing_walls() -> Sequence[Wall]:
    """The walls that do not hold. Where there is one, no file is read on this machine, or none should be."""
    return [wall for wall in walls() if not wall.holds]


def _tried() -> Sequence[Wall]:
    with tempfile.NamedTemporaryFile() as outside:
        try:
            told: Any = run("consult.sandbox.probes:tried", outside.name, data=b"", limits=_LIMITS)
        except SandboxFailure as failure:
            if failure.code in {"no_place", "too_slow"}:
                raise
            return [Wall(name, False, str(failure)) for name in ALL]
    return [Wall(name, bool(told.get(name)), "" if told.get(name) else "it was not refused") for name in ALL]
