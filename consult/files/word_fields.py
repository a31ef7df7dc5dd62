"""The fields of a Word file and the links of a workbook, read as they are written: which of them would call another
program. Sandbox only."""

from __future__ import annotations

from consult.files.rejection import FileRejected

_CALLING = {"DDE", "DDEAUTO"}
MOST_OPEN = 100


class Fields:
    """Follows a part from its beginning. A field is an attribute, or words between marks, cut into as many pieces as
    its writer liked; and a field may stand within another, even in the place of its name."""

    def __init__(self) -> None:
        self.open: list[list[str]] = []
        self.in_words = False

    def begins(self, element: str, told: dict[str, str]) -> None:
        """An element with its attributes. Raises FileRejected for a field that calls a program."""
        name = element.rpartition(":")[2]
        self.in_words = name == "instrText"
        if name == "ddeLink":
            raise FileRejected("with_calls")
        if name == "fldSimple":
            _check(_plain(told).get("instr", ""))
        if name == "fldChar":
            self._mark(_plain(told).get("fldCharType", ""))

    def says(self, words: str) -> None:
        """Text between two elements."""
        if self.in_words and self.open:
            self.open[-1].append(words)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            if self.open and not "".join(self.open[-1]).strip():
                raise FileRejected("with_calls")  # What it is called, another field tells: no honest writer does that.
            if len(self.open) >= MOST_OPEN:
                raise FileRejected("damaged_file")
            self.open.append([])
        elif kind == "separate" and self.open:
            _check("".join(self.open[-1]))
        elif kind == "end" and self.open:
            _check("".join(self.open.pop()))


def _plain(told: dict[str, str]) -> dict[str, str]:
    """Attributes by their names without prefixes."""
    return {key.rpartition(":")[2]: value for key, value in told.items()}


def _check(words: str) -> None:
    name = words.split(maxsplit=1)[:1]
    if name and name[0].strip('"').upper() in _CALLING:
        raise FileRejected("with_calls")
