"""Word's fields: their results are text, their instructions never are, and none is ever carried out."""

from __future__ import annotations

from collections.abc import Callable

DANGEROUS = {
    "ADDIN", "AUTOTEXT", "AUTOTEXTLIST", "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED", "FILLIN", "HTMLACTIVEX",
    "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "RD",
}  # fmt: skip
NUMBERING = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"}
"""Word counts these anew whenever it opens the file, in which no number stands."""

_DEEPEST = 100  # fields in fields; Word allows 20


class Fields:
    """Follows the fields of one document across its runs, to raise a doubt where one reaches out of the document."""

    def __init__(self, doubt: Callable[[str, str], None]) -> None:
        self._doubt = doubt
        self._open: list[list[str]] = []

    def mark(self, kind: str | None) -> None:
        """A `w:fldChar`: "begin", "separate" or "end"."""
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append([])
        elif kind == "separate" and self._open:
            self._judge()
        elif kind == "end" and self._open:
            self._judge()
            self._open.pop()

    def instruction(self, text: str) -> None:
        """A piece of an instruction; Word cuts them over runs, and hiding a command that way is an old trick."""
        if self._open:
            self._open[-1].append(text)
        else:
            self.judge(text)

    def close(self) -> None:
        """The document has ended; judge the fields that never did."""
        while self._open:
            self._judge()
            self._open.pop()

    def judge(self, instruction: str) -> None:
        """Raise a doubt when the instruction's first word names a field that reaches out of the document."""
        words = instruction.upper().replace("\\", " ").replace('"', " ").split()
        if words and words[0] in DANGEROUS:
            self._doubt("field", f"field {words[0]}, its stored result was read, it was not carried out")
        elif words and words[0] in NUMBERING:
            self._doubt("number_not_stored", f"field {words[0]} prints a number that is not in the file")

    def _judge(self) -> None:
        self.judge("".join(self._open[-1]))
        self._open[-1].clear()
