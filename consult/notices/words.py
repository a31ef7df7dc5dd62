"""What can be followed, as codes."""

from enum import StrEnum


class Followed(StrEnum):
    """đợt lấy ý kiến, điều khoản, địa bàn, lĩnh vực: as their addresses say it."""

    MATTER = "dot"
    CLAUSE = "dieu"
    AREA = "dia-ban"
    FIELD = "linh-vuc"
