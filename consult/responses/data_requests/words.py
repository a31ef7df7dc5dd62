"""Kinds of requests of people about their own data, and what was done about one, as codes."""

from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked for: cung cấp bản sao, chỉnh sửa, xóa dữ liệu cá nhân."""

    COPY = "copy"
    CORRECTION = "correction"
    ERASURE = "erasure"


class RequestActKind(StrEnum):
    """What was done about a request; the latest counts."""

    COPIED = "copied"
    CORRECTED = "corrected"
    PROPOSED = "proposed"
    NOT_CONFIRMED = "not_confirmed"
    ERASED = "erased"
    DECLINED = "declined"


ENDING = frozenset({RequestActKind.COPIED, RequestActKind.CORRECTED, RequestActKind.ERASED, RequestActKind.DECLINED})
"""After which nothing more is owed."""


class Scope(StrEnum):
    """What is erased: who sent it and how they are reached, or what they said with all that came with it."""

    SENDER = "sender"
    WORDS = "words"


class Checked(StrEnum):
    """How it was made sure that who asks is who sent: both codes of the receipt, a paper with the name that was left,
    or an answer from the telephone number or mail address that was left."""

    CODES = "codes"
    NAME = "name"
    CONTACT = "contact"
