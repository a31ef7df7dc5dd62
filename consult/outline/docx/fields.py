"""Word's fields: their results are text, their instructions never are, and none is ever carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

DANGEROUS = {
    "ADDIN", "AUTOTEXT", "AUTOTEXTLIST", "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED", "FILLIN", "HTMLACTIVEX",
    "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "RD",
}  # fmt: skip
NUMBERING = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"}
"""Word counts these anew whenever it opens the file, in which no number stands."""

COUNTED = {"SEQ", "REF", "STYLEREF", "="}
"""Their number or words stand in the file as a result; one that a program wrote and nobody brought up to date has none,
and Word fills it in when the document is printed."""

_DEEPEST = 100  # fields in fields; Word allows 20


@dataclass(slots=True)
class _Open:
    """A field that has not ended: what of its instruction was not judged yet, the first that was, and whether its
    result has begun and says something."""

    pieces: list[str] = field(default_factory=list)
    instruction: str = ""
    begun: bool = False
    says: bool = False


class Fields:
    """Follows the fields of one document across its runs, to raise a doubt where one reaches out of the document."""

    def __init__(self, doubt: Callable[[str, str], None]) -> None:
        self._doubt = doubt
        self._open: list[_Open] = []

    def mark(self, kind: str | None) -> None:
        """A `w:fldChar`: "begin", "separate" or "end"."""
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            self._judge()
            self._open[-1].begun = True
        elif kind == "end" and self._open:
            self._judge()
            ended = self._open.pop()
            self.result(ended.instruction, ended.says)

    def words(self, text: str) -> None:
        """Words of the document, which are a part of the results that have begun."""
        if self._open and text.strip():
            for one in self._open:
                one.says = one.says or one.begun

    def result(self, instruction: str, says: bool) -> None:
        """Raise a doubt when a field that prints a number or words has no result."""
        words = _words(instruction)
        if words and words[0] in COUNTED and not says and not ("H" in words and words[0] == "SEQ"):
            self._doubt("number_not_stored", f"field {words[0]} has no stored result")

    def instruction(self, text: str) -> None:
        """A piece of an instruction; Word cuts them over runs, and hiding a command that way is an old trick."""
        if self._open:
            self._open[-1].pieces.append(text)
        else:
            self.judge(text)

    def close(self) -> None:
        """The document has ended; judge the fields that never did."""
        while self._open:
            self._judge()
            self._open.pop()

    def judge(self, instruction: str) -> None:
        """Raise a doubt when the instruction's first word names a field that reaches out of the document."""
        words = _words(instruction)
        if words and words[0] in DANGEROUS:
            self._doubt("field", f"field {words[0]}, its stored result was read, it was not carried out")
        elif words and words[0] in NUMBERING:
            self._doubt("number_not_stored", f"field {words[0]} prints a number that is not in the file")

    def _judge(self) -> None:
        last = self._open[-1]
        instruction = "".join(last.pieces)
        self.judge(instruction)
        last.instruction = last.instruction or instruction
        last.pieces.clear()


def _words(instruction: str) -> list[str]:
    return instruction.upper().replace("\\", " ").replace('"', " ").split()
