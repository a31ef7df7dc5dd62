"""What the reading of a file was in doubt about, for the person who prepares the matter."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from consult.outline import Outline

KNOWN = frozenset(
    {
        "repeated_label",
    }
)
"""Codes with a sentence `outline_warning.<code>` in the catalogues; any other is told as `outline_warning.other`."""

MOST = 200


def told(warnings: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """The first warnings as (code with a sentence, path of the provision, technical English)."""
    return [
        {
            "code": warning["code"] if warning["code"] in KNOWN else "other",
            "path": warning["path"],
            "message": warning["message"],
        }
        for warning in warnings[:MOST]
    ]


def counts(outline: Outline) -> list[tuple[str, int]]:
    """How many provisions of each kind there are, in the order in which the kinds are first met."""
    return list(Counter(node.kind for node in outline.walk()).items())
