"""Which papers of a concluded matter are signed, as codes."""

from enum import StrEnum


class SignedPaper(StrEnum):
    """bảng tổng hợp, báo cáo tổng hợp."""

    TABLE = "table"
    REPORT = "report"
