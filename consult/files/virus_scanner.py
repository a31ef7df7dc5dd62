"""A scanner for viruses, where the site names one: asked about every file from outside before anything else is done.

It is a command that reads the file on its standard input and ends with 0 when it found nothing and 1 when it did, as
`clamdscan --no-summary -` does. Whatever else it does counts as no answer, and without an answer no file is taken.
"""

import logging
import shlex
import subprocess

from consult.errors import Invalid
from consult.timed_cache import TimedCache

SECONDS = 60
ANSWERS_WITHIN = 20
"""Seconds that whoever asks only whether it answers waits at most."""
TRUSTED_FOR = 60.0
"""Seconds for which it is told in one process that it answers, or does not, before it is asked again."""
HARMLESS = b"Consult asks whether the scanner answers.\n"
CLEAN, INFECTED = 0, 1

log = logging.getLogger(__name__)


_chosen: list[tuple[str, ...]] = [()]
_answering = [TimedCache(True)]


def use(command: str) -> None:
    """From now on `command` (words as in a shell) is asked; empty: nobody is."""
    _chosen[0] = tuple(shlex.split(command))
    _answering[0] = TimedCache(True)


def scan(data: bytes, field: str = "file") -> None:
    """Returns when the scanner found nothing, or none is named.

    Raises Invalid({field: code}): `infected`, or `scanner_silent` when it gave no answer.
    """
    if not _chosen[0]:
        return
    ended = _asked(data)
    if ended == INFECTED:
        log.warning("the scanner found something in a file from outside; it was not taken")
        raise Invalid({field: "infected"})
    if ended != CLEAN:
        raise Invalid({field: "scanner_silent"})


def answers() -> bool:
    """Whether the scanner that the site names answers, now or a moment ago; true where none is named, and until it was
    asked for the first time."""
    return not _chosen[0] or _answering[0].now(_look)


def _look() -> tuple[bool, float]:
    return _asked(HARMLESS, ANSWERS_WITHIN) == CLEAN, TRUSTED_FOR


def _asked(data: bytes, seconds: float = SECONDS) -> int | None:
    """How the scanner ended; None when it did not, or could not be started."""
    try:
        told = subprocess.run(_chosen[0], input=data, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        log.error("the scanner does not answer: %s", type(failure).__name__)
        return None
    if told.returncode not in {CLEAN, INFECTED}:
        log.error("the scanner ended with %s: %s", told.returncode, told.stderr[-300:].decode("utf-8", "replace"))
    return told.returncode
