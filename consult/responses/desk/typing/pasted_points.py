"""Many points pasted at once: one in each line, which begins with the place that it is about ("khoản 3 Điều 12: …")."""

from collections.abc import Mapping
from dataclasses import dataclass

from consult.errors import NotFound
from consult.outline import place_heads
from consult.responses.desk.typing import pasted_table
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.text import normal, one_line


@dataclass(frozen=True)
class Point:
    """A point: its place as it was typed (the words that are known for it, when it is), and its text. `known` is
    whether the place was recognised; one without a place is about the whole. Of a table it has the other columns."""

    place: str
    text: str
    known: bool = True
    proposed: str = ""
    reason: str = ""


def points(pasted: str, places: NamedPlaces) -> list[Point]:
    """The points of a text, in their order, or the rows of a table; nothing of it is lost: what follows no sign after
    the place keeps the place in its text too."""
    if pasted_table.is_table(pasted):
        return [_of_row(row, places) for row in pasted_table.rows(normal("NFC", pasted))]
    return [_point(one_line(line), places) for line in normal("NFC", pasted).splitlines() if one_line(line)]


def _of_row(row: Mapping[str, str], places: NamedPlaces) -> Point:
    said = {key: row.get(key, "").strip() for key in pasted_table.KEYS}
    place, known = _known(one_line(said[pasted_table.PLACE]), places)
    return Point(place, said[pasted_table.TEXT], known, said[pasted_table.PROPOSED], said[pasted_table.REASON])


def _known(place: str, places: NamedPlaces) -> tuple[str, bool]:
    """A place as it is found, turned around where it was written so ("Điều 12, khoản 3"); as it was typed otherwise."""
    for one in (place, place_heads.turned(place)):
        try:
            places.find(one)
        except NotFound:
            continue
        return one, True
    return place, False


def _point(line: str, places: NamedPlaces) -> Point:
    head = place_heads.read(line)
    if head is None:
        return Point("", line)
    for place in (head.place, place_heads.turned(head.place)):
        try:
            places.find(place)
        except NotFound:
            continue
        return Point(place, head.text)
    return Point(head.place, head.text, False)
