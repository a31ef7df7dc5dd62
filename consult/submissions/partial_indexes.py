"""The few rows of large tables that have an index of their own. A statement uses one when it asks for the same, written
in the same way: what is compared stands in it as it is, not as a parameter."""

from typing import Any

from sqlalchemy import TextClause, text

ABOUT_A_PAGE = text("page_id IS NOT NULL")
OF_A_COMMENT = text("comment_id IS NOT NULL")
A_PART = text("split_from_id IS NOT NULL")
ENDING = text(
    "effective_at IS NOT NULL AND kind IN ('withdrawn', 'invalid', 'split', 'passed_on', 'answered')"
)  # fmt: skip
"""What gives a comment its outcome (`comments/outcome.py`, ENDS)."""
SHOWING = text("kind IN ('released', 'redacted', 'withheld', 'quarantined')")
"""What decides who may read a comment (the same, SHOWS)."""
UNDECIDED = text("effective_at IS NULL AND refused_at IS NULL")
"""What waits for a second person."""


def only(condition: TextClause) -> dict[str, Any]:
    """The arguments by which an index holds such rows alone, on both databases."""
    return {"sqlite_where": condition, "postgresql_where": condition}
