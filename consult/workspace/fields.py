"""The fields of an organisation's draft by the names its form gives them, and what differs between two versions."""

from consult.submissions.words import IMPACT_FACETS
from consult.workspace.content import PLAIN_CRITERIA, TEXTS, DraftContent
from consult.workspace.points import PARTS


def by_name(content: DraftContent) -> dict[str, str]:
    """Every field of a draft: `letter_number`, `criteria.necessity`, `impact.politics`, `comments.0.text`."""
    return {
        **{name: getattr(content, name) for name in TEXTS},
        **{f"criteria.{name}": content.criteria.get(name, "") for name in PLAIN_CRITERIA},
        **{f"impact.{facet}": content.impact.get(facet, "") for facet in IMPACT_FACETS},
        **{
            f"comments.{place}.{part}": getattr(comment, part)
            for place, comment in enumerate(content.comments)
            for part in PARTS
        },
    }


def differing(mine: DraftContent, theirs: DraftContent) -> list[tuple[str, str]]:
    """The fields in which `theirs` is not what `mine` is, each with what stands in `theirs`; empty where they have
    nothing, as with a comment that they took out or never had."""
    own, other = by_name(mine), by_name(theirs)
    names = dict.fromkeys([*other, *own])
    return [(name, other.get(name, "")) for name in names if own.get(name, "") != other.get(name, "")]
