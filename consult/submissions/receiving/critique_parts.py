"""What a critique is owed an answer for beyond its comments by clause: each of the five contents that says something,
each recommendation of its conclusion, and each opinion of participants that differs from it. Each is received as a
comment of its own."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from consult.outline.grammar.conclusions import recommendations, says_something
from consult.submissions.inputs import CommentInput
from consult.submissions.words import CRITIQUE_CRITERIA, DIFFERING, IMPACT_FACETS, CritiquePart

MOST_RECOMMENDATIONS = 100


class CritiqueTexts(Protocol):
    """What the rules need to know of a critique, as it is typed, sent or stored."""

    @property
    def criteria(self) -> Mapping[str, Any]:
        """The text of each of CRITIQUE_TEXTS; that of `impact` may be a text for each of IMPACT_FACETS."""

    @property
    def conclusion(self) -> str:
        """The conclusion, with the recommendations."""


def answerable_parts(critique: CritiqueTexts, points: int) -> list[CommentInput]:
    """What `critique` says that is owed an answer, in its exact words and the order of the law. One that says nothing
    else, and has no comments by clause (`points`), has its conclusion answered, whatever that says."""
    said = [CommentInput(text, critique_part=part) for part, text in parts_of(critique) if says_something(text)]
    if not said and not points and critique.conclusion:
        return [CommentInput(critique.conclusion, critique_part=CritiquePart.CONCLUSION)]
    return said


def parts_of(critique: CritiqueTexts) -> Iterator[tuple[CritiquePart, str]]:
    """Everything that `critique` says, whether it is owed an answer or not."""
    for name in CRITIQUE_CRITERIA:
        said = critique.criteria.get(name, "")
        if isinstance(said, Mapping):
            yield from ((CritiquePart(facet), said[facet]) for facet in IMPACT_FACETS if facet in said)
        else:
            yield CritiquePart(name), said
    yield from ((CritiquePart.CONCLUSION, one) for one in recommendations(critique.conclusion))
    yield from ((CritiquePart.DIFFERING, one) for one in recommendations(critique.criteria.get(DIFFERING, "")))
