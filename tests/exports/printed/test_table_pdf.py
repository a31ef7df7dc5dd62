"""The table as a PDF: tagged, with the table's own head on every page; a longer one is for Word."""

from io import BytesIO

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from consult.exports.lines import Copy
from consult.exports.official_language import official
from consult.exports.printed import table_pdf
from consult.exports.printed.table_pdf import MOST_ROWS, TooLong
from tests.exports.made import head, line
from tests.pages import Browser
from tests.responses.desk_builder import make_desk
from tests.tagged_pdfs import problems_of


def made(count: int) -> bytes:
    """The table of so many opinions."""
    file = BytesIO()
    table_pdf.write(file, head(), (line(number, f"d{number}") for number in range(1, count + 1)), official)
    return file.getvalue()


def test_it_can_be_listened_to() -> None:
    assert problems_of(made(40)) == []


def test_the_names_of_the_columns_stand_on_every_page() -> None:
    pages = list(pypdfium2.PdfDocument(made(60)))
    assert len(pages) > 1
    assert all("CHỦ THỂ GÓP Ý" in page.get_textpage().get_text_range() for page in pages[:-1])


def test_one_row_more_than_there_may_be_is_too_long() -> None:
    with pytest.raises(TooLong):
        made(MOST_ROWS + 1)


def test_copies_are_one_row() -> None:
    file = BytesIO()
    copies = [
        line(number, copy="same", organisation="", text="Như nhau.", response=1) for number in range(MOST_ROWS + 9)
    ]
    table_pdf.write(file, head(), copies, official)
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file.getvalue()))
    assert words.count("Như nhau.") == 1


def test_anybody_may_take_it_away(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session)
    desk.release(*desk.receive("Nên giữ."))
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    given = browser.client.get(str(page.find("//a[contains(., 'PDF')]/@href")[0]))
    assert given.mimetype == "application/pdf" and given.data.startswith(b"%PDF")


def test_names_of_copies_are_set_too() -> None:
    file = BytesIO()
    table_pdf.write(file, head(), [line(1, copies=(Copy(2, "Lý Thị Mai 😀"),))], official)
    assert problems_of(file.getvalue()) == []
