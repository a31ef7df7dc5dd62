"""A desk whose draft is a Word file."""

from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.files import uploaded_files
from consult.files.store import FileStore
from tests.outline.docx_builder import docx, paragraph, run
from tests.responses.desk_builder import Desk, make_desk

LINES = (
    "QUYẾT ĐỊNH",
    "Quy định về thu gom chất thải",
    "Điều 1. Phí thu gom",
    "1. Hộ gia đình nộp phí thu gom rác thải hằng tháng cho đơn vị thu gom.",
    "2. Đơn vị thu gom công khai mức phí tại nhà văn hóa thôn.",
    "Điều 2. Hiệu lực",
    "Quyết định này có hiệu lực từ ngày ký.",
)
FEE = LINES[3]
WORD = docx("".join(paragraph(run(line, "<w:b/>" if line.startswith("Điều") else "")) for line in LINES))
RICH_TEXT = (
    b"{\\rtf1\\ansi\\uc1 "
    + b"\\par\n".join(
        "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in line).encode() for line in LINES
    )
    + b"\\par}"
)
"""The same as RTF."""


def word_desk(session: Session, files: FileStore, data: bytes = WORD, **given: Any) -> Desk:
    """It with everybody of its desk."""
    return make_desk(session, upload=uploaded_files.read_upload(data, "du-thao.docx", files), **given)
