"""The kinds of things of a survey, as codes."""

from enum import StrEnum


class Way(StrEnum):
    """How an answer came: from somebody who was drawn, from a meeting of whoever came, or online from anybody. Only the
    first is weighted and stands for a commune; the others are told apart."""

    DRAWN = "drawn"
    MEETING = "meeting"
    OPEN = "open"


class QuestionKind(StrEnum):
    """What can be asked. A question of the last two kinds counts in the index."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    INTEGER = "integer"
    TEXT = "text"
    LIKERT = "likert"
    RANGE = "range"
