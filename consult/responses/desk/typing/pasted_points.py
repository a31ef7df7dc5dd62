"""Many points pasted at once: one in each line, which begins with the place that it is about ("khoản 3 Điều 12: …")."""

from dataclasses import dataclass

from consult.errors import NotFound
from consult.outline import place_heads
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.text import normal, one_line


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
