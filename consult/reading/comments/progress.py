"""How far a comment has come, as the public is told."""

from enum import StrEnum

from consult.submissions.comments.outcome import Outcome


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
    if outcome in {Outcome.AWAITING, Outcome.PASSED_ON}:
        return CommentWay.IN_HAND if assigned else CommentWay.RECEIVED
    return CommentWay(outcome)
