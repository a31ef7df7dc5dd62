"""Lines that begin with the place they are about, as people write them: "khoản 3 Điều 12: …", "Điều 12, khoản 3"."""

import re
from dataclasses import dataclass

from consult.text import normal, one_line

_PART = r"(?:điều|khoản|điểm|chương|mục|phụ lục|mẫu)\s+[0-9a-zđ]+(?:\.[0-9]+)*(?![\w])"
_DRAFT = r"\(bản\s+dự\s+thảo\s+lần\s+[0-9]+\)"
_HEAD = re.compile(
    rf"\s*(?:[-–•*+]\s*|[0-9]+[.)]\s+)?(?P<place>{_PART}(?:(?:\s*,\s*|\s+)(?:của\s+)?{_PART})*(?:\s*{_DRAFT})?)(?P<mark>\s*[:.;–-]\s*)?",
    re.IGNORECASE,
)
_PARTS = re.compile(_PART, re.IGNORECASE)
_OF_DRAFT = re.compile(_DRAFT, re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The place at the beginning of a line, with its draft where that stands behind it, and its text: what follows a
    sign after the place, or else the whole line, of which nothing is lost."""

    place: str
    text: str


def read(line: str) -> Head | None:
    """The head of a line; None for one that begins with no place."""
    said = one_line(normal("NFC", line))
    found = _HEAD.match(said)
    if found is None:
        return None
    rest = said[found.end() :]
    return Head(one_line(found["place"]), rest if found["mark"] and rest else said)


def turned(place: str) -> str:
    """The same from the smallest part to the largest: "Điều 12, khoản 3" is khoản 3 Điều 12."""
    return " ".join([*reversed(_PARTS.findall(place)), *_OF_DRAFT.findall(place)])
