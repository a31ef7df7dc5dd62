"""How opinions are gathered, by which way they come in, and what the files beside them are, as codes."""

from enum import StrEnum


class Gathered(StrEnum):
    """How people said it: họp, phiếu giấy, đến thăm, gọi điện, gửi qua điện thoại hoặc máy tính."""

    MEETING = "meeting"
    PAPER = "paper"
    VISIT = "visit"
    CALL = "call"
    ONLINE = "online"


SPOKEN = frozenset({Gathered.MEETING, Gathered.VISIT, Gathered.CALL})
"""Where people speak and somebody else writes: what they said counts in sums only if it stands in signed minutes
(the guidance of the Ministry of Justice on the consultation of 2025, kept as the province's rule)."""


class WayIn(StrEnum):
    """By what it came in here: trang ghi ý kiến, bảng tính, phần mềm thu thập, trang không cần mạng, bản quét."""

    PAGE = "page"
    SPREADSHEET = "spreadsheet"
    PROGRAM = "program"
    OFFLINE = "offline"
    SCAN = "scan"


class FileKind(StrEnum):
    """What a file of a gathering is: biên bản có ký, trang phiếu, ảnh, ghi âm, tệp khác."""

    MINUTES = "minutes"
    PAGE = "page"
    PICTURE = "picture"
    SOUND = "sound"
    OTHER = "other"


class CarriedBy(StrEnum):
    """How an answer was carried down: thư điện tử, gọi điện, nói trực tiếp, tờ trả lời đọc tại cuộc họp."""

    MAIL = "mail"
    CALL = "call"
    IN_PERSON = "in_person"
    SHEET = "sheet"
