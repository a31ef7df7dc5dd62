"""How far a comment has come, as the public is told."""

from enum import StrEnum

from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.visible import outside_outcome


class CommentWay(StrEnum):
    """How far a comment has come, as the public is told: what was passed on looks like what still waits."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    INVALID = "invalid"
    SPLIT = "split"


def way_of(outcome: str, assigned: bool) -> CommentWay:
    """How far a comment has come, from what became of it and whether somebody was given it."""
    told = outside_outcome(outcome)
    if told is Outcome.AWAITING:
        return CommentWay.IN_HAND if assigned else CommentWay.RECEIVED
    return CommentWay(told.value)
