"""The strings that were made to break pages, dealt out to fields."""

import json
from collections import deque
from pathlib import Path

from consult.text import one_line

# What one field for a long text takes at a time.
LINES = 32


class Suite:
    """The strings, in turn and round again; `dealt` are those that stood whole in a field that was sent."""

    def __init__(self, samples: Path) -> None:
        folder = samples / "suites" / "xss"
        typed = (folder / "html5sec-vectors.txt").read_text(encoding="utf-8").splitlines()
        typed += json.loads((folder / "blns.json").read_text(encoding="utf-8"))
        self.all = [word for word in dict.fromkeys(typed) if one_line(word)]
        self.dealt: set[str] = set()
        self._waiting = deque(self.all)

    def line(self, room: int) -> str:
        """The next string for a field of one line that takes `room` characters; cut where none is so short."""
        single = [word for word in self._waiting if len(word.splitlines()) == 1]
        return self._deal(next((word for word in single if len(word) <= room), single[0]))[:room]

    def text(self, many: bool, room: int) -> str:
        """What comes next into a field of `many` lines or one."""
        return self.lines(room) if many else self.line(room)

    def lines(self, room: int) -> str:
        """The next strings for a field of many lines, each in a line of its own."""
        text = self.line(room)
        for word in list(self._waiting)[: LINES - 1]:
            if len(text) + len(word) < room:
                text += f"\n{self._deal(word)}"
        return text

    def name(self, ending: str) -> str:
        """The next string as the name of a file."""
        return f"{self.line(60)}.{ending}"

    def whole(self) -> str:
        """All of them, each a paragraph: a document."""
        return "\n\n".join(self.all)

    def _deal(self, word: str) -> str:
        self._waiting.remove(word)
        self._waiting.append(word)
        self.dealt.add(word)
        return word
