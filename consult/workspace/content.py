"""What an organisation's draft holds while it is prepared, and how it becomes a submission."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from consult.submissions.words import (
    CRITIQUE_TEXTS,
)
from consult.workspace import points
from consult.workspace.points import FIRST, Point


@dataclass(frozen=True)
class DraftContent:
    """Everything typed so far, as text: days as the date field writes them (2026-11-23). Nothing is required yet."""

    letter_number: str = ""
    letter_on: str = ""
    signatory_name: str = ""
    signatory_office: str = ""
    signing_line: str = ""
    comments: tuple[Point, ...] = (FIRST,)
    form: str = ""
    held_on: str = ""
    criteria: dict[str, str] = field(default_factory=dict)
    impact: dict[str, str] = field(default_factory=dict)
    conclusion: str = ""
    participants: str = ""
    agreement_number: str = ""
    agreement_on: str = ""
    held_at: str = ""
    chaired_by: str = ""
    recorded_by: str = ""
    invited: str = ""
    questions: str = ""
    explanations: str = ""
    authority_view: str = ""
    places: tuple[str, ...] = field(default=(), compare=False)
    """The names of all points, with those that were taken out where they stood; () when none was."""

    def kept(self) -> dict[str, Any]:
        """As it is stored, and as it is read back: what was saved unchanged is equal to it."""
        return {**asdict(self), "comments": points.kept(self.comments), "places": list(self.places)}

    @property
    def said(self) -> dict[int, Point]:
        """The comments in which something was said, by their place among all that the draft holds."""
        return {place: comment for place, comment in enumerate(self.comments) if not comment.empty}

    def with_points(self, *more: Point) -> "DraftContent":
        """More points, named where they have no name yet; an untouched one that stands alone gives way to them."""
        kept = () if len(self.comments) == 1 and self.comments[0].untouched else self.comments
        named = (one if one.key else replace(one, key=points.new_key()) for one in more)
        return replace(self, comments=(*kept, *named))

    def without_point(self, key: str) -> "DraftContent":
        """Without one point; without the last one a single empty one is left."""
        kept = tuple(one for one in self.comments if one.key != key)
        return replace(self, comments=kept or (Point(key=points.new_key()),))

    def about(self, places: Mapping[str, str]) -> "DraftContent":
        """With each named point about the place that is given for it; what was typed stays."""
        placed = (replace(one, anchor=places[one.key]) if one.key in places else one for one in self.comments)
        return replace(self, comments=tuple(placed))

    def moved(self, key: str, by: int) -> "DraftContent":
        """With one point so many places further down; as it was where there is no such place."""
        at = next((place for place, one in enumerate(self.comments) if one.key == key), -1)
        if at < 0 or not 0 <= at + by < len(self.comments):
            return self
        others = self.comments[:at] + self.comments[at + 1 :]
        return replace(self, comments=(*others[: at + by], self.comments[at], *others[at + by :]))


PLAIN_CRITERIA = tuple(name for name in CRITIQUE_TEXTS if name != "impact")
TEXTS = tuple(item.name for item in fields(DraftContent) if item.type is str)
"""The fields that are one text each."""


def read(stored: dict[str, Any]) -> DraftContent:
    """A draft as it was stored."""
    places = tuple(stored.get("places", ()))
    return DraftContent(**{**stored, "comments": points.read(stored["comments"]), "places": places})
