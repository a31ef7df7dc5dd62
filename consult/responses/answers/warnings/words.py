"""What an answer is warned of, as codes; the sentence is `answer_warning.<code>`."""

from enum import StrEnum


class AnswerWarning(StrEnum):
    """Nothing that forbids an answer: its writer and its leader each say that they saw it."""

    TOO_SHORT = "too_short"
    MANY_CLAUSES = "many_clauses"
    QUESTION_ACCEPTED = "question_accepted"
    NO_PLACE = "no_place"
    SAME_TEXT = "same_text"
    NO_SUCH_CLAUSE = "no_such_clause"
