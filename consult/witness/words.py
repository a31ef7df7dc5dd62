"""What a witness says when it is asked to sign a checkpoint, as codes."""

from enum import StrEnum


class Said(StrEnum):
    """The answer of a witness."""

    COSIGNED = "cosigned"
    SILENT = "silent"
    """It did not answer, or not in time."""
    UNKNOWN_LOG = "unknown_log"
    """404: nobody has told it to witness this log."""
    NOT_TRUSTED = "not_trusted"
    """403: it knows another key for this log."""
    ELSEWHERE = "elsewhere"
    """409: it signed another beginning of this log last, of which the site has no answer; it is asked from there."""
    FORKED = "forked"
    """422, or 409 of the same size: what it signed before is not the beginning of this log."""
    AHEAD = "ahead"
    """409: it has signed more than this log has."""
    UNREADABLE = "unreadable"
    """Anything else: a status of its own, or a signature that is not good."""


REFUSALS = frozenset({Said.FORKED, Said.AHEAD})
"""What tells that there are two histories."""
