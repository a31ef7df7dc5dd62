"""The code by which a row is known again: which comment or answer it is, in which version it was taken out.

It stands in a cell of its own as words, so that every program keeps it, and its last letters tell a code of another
matter, or one that was typed wrong, from one of this matter. It opens nothing: who brings it needs the same rights.
"""

import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from consult.text import normal

COMMENT, ANSWER = "YK", "TL"
_LETTERS = 4
_CODE = re.compile(r"\b(YK|TL)\s*(\d{1,8})\W+(\d{1,8})\W+([A-Z2-7]{4})\W*([A-Z2-7]{4})\b")


@dataclass(frozen=True)
class RowCode:
    """A comment without an answer by its number and `version`, or an answer by its number and the version of its
    wording; `comments` stands for the comments and the versions in which they were read."""

    kind: str
    number: int
    version: int
    comments: str

    @property
    def name(self) -> str:
        """What it is, without the version."""
        return f"{self.kind}{self.number}"


def written(consultation_id: UUID, code: RowCode) -> str:
    """The code as it stands in a cell."""
    return f"{code.name}-{code.version}-{code.comments}-{_check(consultation_id, code)}"


def read(consultation_id: UUID, cell: str) -> RowCode | None:
    """The code in a cell, whatever signs a program put between its parts; None for none of this matter."""
    found = _CODE.search(normal("NFC", cell).upper())
    if found is None:
        return None
    code = RowCode(found[1], int(found[2]), int(found[3]), found[4])
    return code if _check(consultation_id, code) == found[5] else None


def of_comments(versions: Iterable[tuple[int, int]]) -> str:
    """What stands for these comments: each with its number and the version of its words."""
    return _letters(repr(sorted(versions)))


def _check(consultation_id: UUID, code: RowCode) -> str:
    return _letters(f"{consultation_id}:{code.name}:{code.version}:{code.comments}")


def _letters(text: str) -> str:
    return b32encode(sha256(text.encode()).digest()).decode()[:_LETTERS]
