"""Many points pasted at once: one in each line, which begins with the place that it is about ("khoản 3 Điều 12: …")."""

import re
from dataclasses import dataclass

from consult.errors import NotFound
from consult.responses.desk.typed_places import NamedPlaces
from consult.text import normal, one_line

_PART = r"(?:điều|khoản|điểm|chương|mục|phụ lục|mẫu)\s+[0-9a-zđ]+(?:\.[0-9]+)*"
_HEAD = re.compile(
    rf"\s*(?:[-–•*+]\s*|[0-9]+[.)]\s+)?(?P<place>{_PART}(?:(?:\s*,\s*|\s+)(?:của\s+)?{_PART})*)(?P<mark>\s*[:.;–-]\s*)?",
    re.IGNORECASE,
)
_PARTS = re.compile(_PART, re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """A point: its place as it was typed (the words that are known for it, when it is), and its text. `known` is
    whether the place was recognised; one without a place is about the whole."""

    place: str
    text: str
    known: bool = True


def points(pasted: str, places: NamedPlaces) -> list[Point]:
    """The points of a text, in their order; nothing of it is lost: what follows no sign after the place keeps the place
    in its text too."""
    return [_point(one_line(line), places) for line in normal("NFC", pasted).splitlines() if one_line(line)]


def _point(line: str, places: NamedPlaces) -> Point:
    head = _HEAD.match(line)
    if head is None:
        return Point("", line)
    text = line[head.end() :] if head["mark"] and line[head.end() :] else line
    said = one_line(head["place"])
    for place in (said, _turned(said)):
        try:
            places.find(place)
        except NotFound:
            continue
        return Point(place, text)
    return Point(said, text, False)


def _turned(place: str) -> str:
    """The same from the smallest part to the largest: "Điều 12, khoản 3" is khoản 3 Điều 12."""
    return " ".join(reversed(_PARTS.findall(place)))
