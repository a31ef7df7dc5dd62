"""What can be followed, and how a telephone call ends, as codes."""

from enum import StrEnum


class Followed(StrEnum):
    """đợt lấy ý kiến, điều khoản, địa bàn, lĩnh vực: as their addresses say it."""

    MATTER = "dot"
    CLAUSE = "dieu"
    AREA = "dia-ban"
    FIELD = "linh-vuc"


class CallOutcome(StrEnum):
    """đã báo, không gặp, sai số, đã báo bằng cách khác, gửi lại tin nhắn."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    TOLD_OTHERWISE = "told_otherwise"
    SENT_AGAIN = "sent_again"


ENDING = frozenset({CallOutcome.REACHED, CallOutcome.TOLD_OTHERWISE, CallOutcome.SENT_AGAIN})
"""After which nobody has to call any more."""
