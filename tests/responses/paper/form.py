"""A printed form for tests: its clauses, its sheets as the site prints them, and what each page of the PDF is."""

from datetime import datetime
from uuid import UUID

from flask import Flask

from consult.db import new_id
from consult.files.paper_forms import layout
from consult.files.paper_forms.corner_codes import PageMark
from consult.responses.paper import sheets, views_drawing
from consult.responses.paper.models import PaperForm
from consult.responses.paper.views_drawing import Words
from tests.application import CODES
from tests.builders import NOW

TAG = "TEST2345"
CLAUSES = [
    [f"1:d{number}", f"Điều {number}", "Trách nhiệm của Ủy ban nhân dân cấp xã trong việc thu gom, phân loại chất thải"]
    for number in range(1, 13)
]
WORDS = Words(
    "Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên",
    "Dự thảo Quy định phân loại chất thải rắn sinh hoạt tại nguồn",
    "Ông/bà có đồng ý phân loại rác thành ba nhóm tại nhà không?",
    "nộp đến hết ngày 30/12/2026",
    "Điện thoại 0208 3855 000.",
)


def make_form(
    consultation_id: UUID | None = None,
    count: int = 4,
    tag: str = TAG,
    now: datetime = NOW,
    clauses: int = len(CLAUSES),
) -> PaperForm:
    """A form with so many sheets, not stored."""
    made = PaperForm(
        id=new_id(), tag=tag, consultation_id=consultation_id, clauses=CLAUSES[:clauses], sheets=count, printed_at=now
    )
    made.key_mark = sheets.mark_of(made.id, CODES.newest)
    return made


def printed(app: Flask, form: PaperForm) -> bytes:
    """The form as the site prints it."""
    with app.test_request_context("/"):
        drawn = [
            sheets.printed(
                form, number, lambda *_: ("001234567890123", "123456"), CODES, "https://gopy.example/tra-cuu/"
            )
            for number in range(1, form.sheets + 1)
        ]
        return views_drawing.pdf(form, WORDS, drawn)


def marks(form: PaperForm) -> list[PageMark]:
    """What each page of its PDF is."""
    pages = layout.pages(len(form.clauses))
    return [PageMark(form.tag, sheet, page.number) for sheet in range(1, form.sheets + 1) for page in pages]
