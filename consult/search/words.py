"""What can be found and what it can be narrowed by, as codes."""

from enum import StrEnum

from consult.responses.words import Disposition
from consult.submissions.words import SubmissionKind


class Thing(StrEnum):
    """What a result is: a matter, a provision or page of its documents, a comment, an answer."""

    MATTER = "matter"
    PROVISION = "provision"
    COMMENT = "comment"
    ANSWER = "answer"


SOURCES = tuple(kind.value for kind in SubmissionKind)
"""Who comments are from: phiếu góp ý, văn bản góp ý, văn bản phản biện xã hội."""

UNANSWERED = "unanswered"
RESULTS = (*(one.value for one in Disposition), UNANSWERED)
"""What became of comments, as far as search tells it apart."""


def source_fact(kind: str) -> str:
    """The fact that a comment is of this kind of submission, an answer to one."""
    return f"source:{kind}"


def result_fact(result: str) -> str:
    """The fact that a comment was answered like this, an answer says so."""
    return f"result:{result}"


def year_fact(year: int) -> str:
    """The fact that something is from this year."""
    return f"year:{year}"


def clause_fact(path: str) -> str:
    """The fact that something is, stands in or is about a provision with this short path."""
    return f"clause:{path}"


def own_clause_fact(path: str) -> str:
    """The fact that a provision is itself the one with this short path."""
    return f"own:{path}"


def area_fact(area: str) -> str:
    """The fact that a matter is about an area."""
    return f"area:{area}"
