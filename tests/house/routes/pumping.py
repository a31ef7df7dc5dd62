"""Asks expressions for long texts, each within a few seconds of the processor: run as a program of its own, since a
regular expression cannot be interrupted. What it is doing stands in what it has written last.

It reads expressions as JSON lines and writes the number of each and the text before it asks.
"""

import json
import re
import signal
import sys
import time
from typing import Any

from tests.house.routes.pumps import LENGTH, SHORTER, pumped

SECONDS = 0.3
"""Of the processor, for one text, which takes a linear expression a few milliseconds. A quadratic one has eight
hundred millions of steps to make."""
AT_ONCE = SECONDS / SHORTER**2 / 1.5
"""What is answered so soon, with a good deal to spare, of a text that is SHORTER, is answered in time of the long one
too unless it grows with more than the square of the length; and of what grows with the third power not even the short
one comes to an end. Most are: the long text is for the rest."""


def main() -> None:
    """Every expression of the standard input, in order."""
    for line in sys.stdin:
        one = json.loads(line)
        pattern = one["pattern"].encode("latin-1") if one["bytes"] else one["pattern"]
        compiled = re.compile(pattern, one["flags"])
        for pump in pumped(pattern, one["flags"]):
            short = pump.text(LENGTH // SHORTER)
            for way in one["ways"]:
                print(one["index"], way, f"{short[:40]!r}… ends {short[-3:]!r}", flush=True)
                if _takes(compiled, way, _sent(short, pattern)) > AT_ONCE:
                    _takes(compiled, way, _sent(pump.text(LENGTH), pattern))


def _sent(text: str, pattern: str | bytes) -> Any:
    return text.encode("utf-8") if isinstance(pattern, bytes) else text


def _takes(compiled: re.Pattern[Any], way: str, text: Any) -> float:
    """How long the answer takes, in seconds of the processor; no answer may take more than SECONDS."""
    _allow()
    began = time.process_time()
    _ask(compiled, way, text)
    return time.process_time() - began


def _ask(compiled: re.Pattern[Any], way: str, text: Any) -> None:
    if way == "sub":
        compiled.sub(text[:0], text)
    else:
        getattr(compiled, way)(text)


def _allow() -> None:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # whose signal, which nobody awaits, ends the process


if __name__ == "__main__":
    main()
