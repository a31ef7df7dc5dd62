"""The tables for the office: whoever works at the desk gets them, marked as internal; nobody else learns of them."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document
from sqlalchemy.orm import Session

from consult.exports import internal
from consult.exports.internal import Internal
from consult.exports.official_language import official
from consult.exports.service import Format
from consult.submissions.inputs import Sender
from tests.builders import NOW
from tests.exports.test_table import everything_happens, file_of
from tests.responses.desk_builder import Desk, make_desk

MARK = "NỘI BỘ – KHÔNG CÔNG KHAI"


def rows(desk: Desk, wanted: Internal, set_apart: bool = False) -> list[list[str]]:
    """The words of the table."""
    made = BytesIO()
    internal.write(made, desk.session, desk.matter, wanted, set_apart, NOW, official)
    document = Document(made)
    section = document.sections[0]
    assert all(MARK in header.paragraphs[-1].text for header in (section.header, section.first_page_header))
    assert any("NỘI BỘ" in paragraph.text for paragraph in document.paragraphs)
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows][1:]


def words(desk: Desk, wanted: Internal, set_apart: bool = False) -> str:
    """All of them."""
    return "\n".join(cell for row in rows(desk, wanted, set_apart) for cell in row)


def test_the_names_of_all_senders_stand_in_the_one(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Nên giữ.", sender=Sender("Lý Thị Kín"))
    told = words(desk, Internal.NAMES)
    assert "Lý Thị Kín" in told and "Nên giữ." in told
    assert "Lý Thị Kín" not in words(desk, Internal.DRAFTS)


def test_the_drafts_of_answers_stand_in_the_other(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    desk.draft(first, text="Còn bàn.")
    desk.answer(second, text="Đã xong.")
    told = words(desk, Internal.DRAFTS)
    assert "Còn bàn." in told and f"({official('answer_state.drafted')}.)" in told and "Đã xong." in told
    assert "Còn bàn." not in words(desk, Internal.NAMES)


def test_what_is_set_apart_is_for_those_who_deal_with_it(session: Session) -> None:
    desk = everything_happens(session)
    for wanted in Internal:
        assert "Tố cáo ông C." not in words(desk, wanted)
        assert "Tố cáo ông C." in words(desk, wanted, set_apart=True)


def test_the_public_table_is_as_it_was(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Nên giữ.", sender=Sender("Lý Thị Kín"))
    desk.draft(number, text="Còn bàn.")
    told = file_of(desk, Format.CSV).decode()
    assert not any(secret in told for secret in ("Kín", "Nên giữ", "Còn bàn"))


@pytest.mark.parametrize(("wanted", "said"), [(Internal.NAMES, "Lý Thị Kín"), (Internal.DRAFTS, "Còn bàn.")])
def test_every_file_of_a_variant_says_the_same_and_what_it_is(session: Session, wanted: Internal, said: str) -> None:
    desk = make_desk(session)
    first, _second = desk.receive("Nên giữ.", "Nên bỏ.", sender=Sender("Lý Thị Kín"))
    desk.draft(first, text="Còn bàn.")
    mark = official(f"exports.internal_{wanted.name.lower()}_mark")
    for ending, told in told_by_all(desk, wanted).items():
        assert said in told and MARK in told and mark in told, ending
        assert told.index("Ý kiến số 1.") < told.index("Nên giữ.") < told.index("Ý kiến số 2."), ending


def told_by_all(desk: Desk, wanted: Internal) -> dict[str, str]:
    """The words of every file of a variant, by their endings."""
    found = {}
    for ending, form in internal.FORMS.items():
        made = BytesIO()
        internal.write(made, desk.session, desk.matter, wanted, False, NOW, official, form=form)
        found[ending] = " ".join(READ[ending](made.getvalue()).split())
    return found


def _of_docx(data: bytes) -> str:
    document = Document(BytesIO(data))
    header = document.sections[0].header.paragraphs[-1].text
    return " ".join([header, *(cell.text for row in document.tables[1].rows for cell in row.cells)])


def _of_xlsx(data: bytes) -> str:
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    return " ".join(str(one) for row in sheet.iter_rows(values_only=True) for one in row if one)


def _of_pdf(data: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


READ: dict[str, Callable[[bytes], str]] = {
    "docx": _of_docx, "xlsx": _of_xlsx, "pdf": _of_pdf, "csv": bytes.decode, "json": bytes.decode,
}  # fmt: skip
