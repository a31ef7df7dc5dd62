"""What stands in the columns of a table of answers, and what becomes of its rows, as codes."""

from enum import StrEnum

CODE, TOPIC, CONTRIBUTOR, OPINION, RESULT, ANSWER = "code", "topic", "contributor", "opinion", "result", "answer"
PROPERTY = "ConsultAnswerTable"
"""The property of the file that nobody sees: which rows it had when it was taken out."""


class RowOutcome(StrEnum):
    """What a row of a table that was brought back would do, or why it does nothing."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    NO_RESULT = "no_result"
    WRONG = "wrong"
    NOT_ANSWERABLE = "not_answerable"
    MIXED = "mixed"
    TWICE = "twice"
    UNKNOWN = "unknown"
    EMPTIED = "emptied"
    UNCHANGED = "unchanged"
    EMPTY = "empty"


SAVED = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.CONFLICT, RowOutcome.NO_RESULT})
"""Those that become a version when somebody chooses them."""
NOTHING_TO_DO = frozenset({RowOutcome.UNCHANGED, RowOutcome.EMPTY})
