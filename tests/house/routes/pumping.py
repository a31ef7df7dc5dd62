"""Asks expressions for long texts, each within a few seconds of the processor: run as a program of its own, since a
regular expression cannot be interrupted. What it is doing stands in what it has written last.

It reads expressions as JSON lines and writes the number of each and the text before it asks.
"""

import json
import re
import signal
import sys
from typing import Any

from tests.house.routes.pumps import pumped

SECONDS = 0.3
"""Of the processor, for one text, which takes a linear expression a few milliseconds. A quadratic one has eight
hundred millions of steps to make."""


def main() -> None:
    """Every expression of the standard input, in order."""
    for line in sys.stdin:
        one = json.loads(line)
        pattern = one["pattern"].encode("latin-1") if one["bytes"] else one["pattern"]
        compiled = re.compile(pattern, one["flags"])
        for text in pumped(pattern, one["flags"]):
            sent: Any = text.encode("utf-8") if one["bytes"] else text
            for way in one["ways"]:
                print(one["index"], way, f"{text[:40]!r}… ends {text[-3:]!r}", flush=True)
                _allow()
                _ask(compiled, way, sent)


def _ask(compiled: re.Pattern[Any], way: str, text: Any) -> None:
    if way == "sub":
        compiled.sub(text[:0], text)
    else:
        getattr(compiled, way)(text)


def _allow() -> None:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # whose signal, which nobody awaits, ends the process


if __name__ == "__main__":
    main()
