"""What can be found, as codes."""

from enum import StrEnum


class Thing(StrEnum):
    """What a result is: a matter, a provision or page of its documents, a comment, an answer."""

    MATTER = "matter"
    PROVISION = "provision"
    COMMENT = "comment"
    ANSWER = "answer"
