"""What can be followed, as codes."""

from enum import StrEnum


class Followed(StrEnum):
    """đợt lấy ý kiến, điều khoản, địa bàn, lĩnh vực; chương trình phối hợp, cam kết ở một địa bàn, cam kết của một cơ
    quan: as their addresses say it."""

    MATTER = "dot"
    CLAUSE = "dieu"
    AREA = "dia-ban"
    FIELD = "linh-vuc"
    PROGRAMME = "chuong-trinh"
    PROMISES_OF_AREA = "cam-ket-o"
    PROMISES_OF_BODY = "cam-ket-cua"


OF_PROGRAMMES = (Followed.PROGRAMME, Followed.PROMISES_OF_AREA, Followed.PROMISES_OF_BODY)
"""What is told once a day, of all that became public under it."""
