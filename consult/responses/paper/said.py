"""What a sheet says once a person has looked: its ticks and what was typed of its handwriting, as opinions."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.errors import Invalid
from consult.responses.desk.typing.pasted_points import Point, points
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.submissions import anchors
from consult.submissions.inputs import AnchorInput
from consult.submissions.words import Stance


@dataclass(frozen=True)
class Said:
    """A sheet as confirmed: the choice for each clause ("" for none), the text, who it is from. `as_general` says that
    points whose place is not known are about the whole."""

    choices: tuple[str, ...]
    text: str = ""
    name: str = ""
    place: str = ""
    contact: str = ""
    day: str = ""
    publish: bool = False
    as_general: bool = False


@dataclass(frozen=True)
class Opinion:
    """One opinion of a sheet: its place, the stance of its box, and its words."""

    anchor: AnchorInput | None
    stance: Stance | None
    text: str


def opinions(clauses: Sequence[Sequence[str]], said: Said, places: NamedPlaces, words: dict[str, str]) -> list[Opinion]:
    """Its ticks, each with what was written on the same place, and all that was written beside. What was only ticked
    says the words of its box (`words`, by choice).

    Raises Invalid ({"text": "required"} for a sheet that says nothing, `unknown_places` for a place that is none).
    """
    written = points(said.text, places)
    if not said.as_general and any(not one.known for one in written):
        raise Invalid({"text": "unknown_places"})
    left = [(_place(one, places), one) for one in written]
    found = []
    for (anchor_words, *_rest), choice in zip(clauses, said.choices, strict=True):
        if choice:
            anchor = anchors.parse(anchor_words)
            mine = [one.text for place, one in left if place is not None and place == anchor]
            left = [(place, one) for place, one in left if place is None or place != anchor]
            found.append(Opinion(anchor, Stance(choice), "\n".join(mine) or words[choice]))
    found += [Opinion(place, None, _whole(one)) for place, one in left]
    if not found:
        raise Invalid({"text": "required"})
    return found


def unknown(text: str, places: NamedPlaces) -> list[str]:
    """The places in a text that are none, as they were typed."""
    return [one.place for one in points(text, places) if not one.known]


def _place(point: Point, places: NamedPlaces) -> AnchorInput | None:
    return places.find(point.place) if point.known and point.place else None


def _whole(point: Point) -> str:
    """The text; with its place where that is not known, so that the words stay as they were written."""
    return point.text if point.known or point.text.startswith(point.place) else f"{point.place}: {point.text}"
