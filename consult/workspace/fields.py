"""The fields of an organisation's draft: by the names its form gives them, and by the names of its points, which stay
the same when points are moved."""

from collections.abc import Mapping, Sequence

from consult.shown import words
from consult.submissions.words import IMPACT_FACETS
from consult.workspace.content import PLAIN_CRITERIA, TEXTS, DraftContent
from consult.workspace.points import PARTS, Point

ORDER = "order"
"""What the places of the points are called, as one field."""
NOTHING_LEFT = Point(key="0")
"""What a draft holds of which two people together took out every point."""


def by_place(content: DraftContent) -> dict[str, str]:
    """Every field of a draft by its name in the form: `letter_number`, `criteria.necessity`, `comments.0.text`."""
    return {**_texts(content), **_of_points(content, [str(place) for place in range(len(content.comments))])}


def by_name(content: DraftContent) -> dict[str, str]:
    """The same, with the points by their own names: `comments.01a2….text`."""
    return {**_texts(content), **_of_points(content, [point.key for point in content.comments])}


def content_of(
    texts: Mapping[str, str], order: Sequence[str], sources: Mapping[str, str], places: Sequence[str] = ()
) -> DraftContent:
    """The draft that has these fields, by the names of its points, which stand in this order; of all `places` some are
    of points that were taken out."""
    points = tuple(
        Point(**{part: texts.get(f"{named(key)}.{part}", "") for part in PARTS}, key=key, source=sources.get(key, ""))
        for key in order
    )
    return DraftContent(
        comments=points or (NOTHING_LEFT,),
        criteria=_said(texts, "criteria", PLAIN_CRITERIA),
        impact=_said(texts, "impact", IMPACT_FACETS),
        places=() if list(places) == list(order) else tuple(places),
        **{name: texts.get(name, "") for name in TEXTS},
    )


def named(key: str) -> str:
    """A point as a whole, as a field."""
    return f"comments.{key}"


def point_of(name: str) -> str:
    """The point that a field is of; "" for a field of the letter."""
    group, _, rest = name.partition(".")
    return rest.partition(".")[0] if group == "comments" else ""


def written(point: Point) -> str:
    """All that a point says, to be read as one text."""
    return "\n".join(text for text in (point.text, point.proposed, point.reason) if text)


def same_point(one: Point, other: Point) -> bool:
    """Whether two versions of a point say the same."""
    return all(words(getattr(one, part)) == words(getattr(other, part)) for part in PARTS)


def differing(before: DraftContent, after: DraftContent) -> list[tuple[str, str, str]]:
    """What changed from one version to another: the fields by the names of the points, with the words before and after;
    `ORDER`, with the names of the points as they stood, where points that both have were moved."""
    old, new = by_name(before), by_name(after)
    names = dict.fromkeys([*new, *old])
    found = [(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")]
    order = [[point.key for point in side.comments] for side in (before, after)]
    both = [[key for key in side if key in order[0] and key in order[1]] for side in order]
    moved = [(ORDER, " ".join(order[0]), " ".join(order[1]))] if both[0] != both[1] else []
    return found + moved


def _texts(content: DraftContent) -> dict[str, str]:
    return {
        **{name: getattr(content, name) for name in TEXTS},
        **{f"criteria.{name}": content.criteria.get(name, "") for name in PLAIN_CRITERIA},
        **{f"impact.{facet}": content.impact.get(facet, "") for facet in IMPACT_FACETS},
    }


def _of_points(content: DraftContent, names: Sequence[str]) -> dict[str, str]:
    return {
        f"{named(name)}.{part}": getattr(point, part)
        for name, point in zip(names, content.comments, strict=True)
        for part in PARTS
    }


def _said(texts: Mapping[str, str], group: str, names: Sequence[str]) -> dict[str, str]:
    said = {name: texts.get(f"{group}.{name}", "") for name in names}
    return {name: text for name, text in said.items() if text}
