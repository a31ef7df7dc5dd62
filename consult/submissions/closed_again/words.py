"""What the list of closings says of comments and names, as codes."""

from enum import StrEnum


class ClosingKind(StrEnum):
    """What was done last: two people kept a text back, its sender withdrew it, or left it to those who had joined it,
    it was set apart, a sender's name was hidden; or it is open again."""

    KEPT_BACK = "kept_back"
    WITHDRAWN = "withdrawn"
    AUTHOR_LEFT = "author_left"
    SET_APART = "set_apart"
    NAME_HIDDEN = "name_hidden"
    OPEN = "open"


OF_TEXT = frozenset({ClosingKind.KEPT_BACK, ClosingKind.WITHDRAWN, ClosingKind.SET_APART, ClosingKind.OPEN})
"""Of several of these about one comment the last counts."""
