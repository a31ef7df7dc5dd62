"""Dispositions and states of an answer, as codes."""

from enum import StrEnum


class Disposition(StrEnum):
    """kết quả tiếp thu, giải trình."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"
    CLARIFIED = "clarified"
    NOTED = "noted"
    REFERRED = "referred"


NEEDS_REASON = frozenset({Disposition.PARTLY_ACCEPTED, Disposition.NOT_ACCEPTED})
"""Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 36 khoản 3: what is not accepted is explained."""

NEEDS_TEXT = NEEDS_REASON | {Disposition.CLARIFIED, Disposition.REFERRED}
"""A clarification says something, and who is referred elsewhere is told where; the others may be said by their name."""


class HandedOver(StrEnum):
    """How an answer reached who sent the comment."""

    MAIL = "mail"
    OPENED = "opened"
    TELEPHONE = "telephone"


class AnswerState(StrEnum):
    """Where the present wording of an answer stands: drafted, approved and published are different things."""

    DRAFTED = "drafted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PUBLISHED = "published"
