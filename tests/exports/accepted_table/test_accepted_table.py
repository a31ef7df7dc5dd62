"""The accepted wordings as a Word file: in the order of the draft, each beside what it says, its comment and answer."""

from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.submissions.inputs import Sender
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.responses.redlines.scene import FEE
from tests.responses.redlines.test_pages import answered, officer

LINES = ("Điều 1. Phí thu gom", FEE, "2. Đơn vị thu gom công khai mức phí.", "Điều 2. Hiệu lực", "Từ ngày ký.")


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A desk whose draft is plain text: no change can be tracked in it."""
    return make_desk(app_session, now=clock.now(), opened_before=70, text="\n".join(LINES))


def taken(app: Flask, desk: Desk) -> list[list[str]]:
    """The rows of the file as the officer takes it from the page, below the names of the columns."""
    page = officer(app, desk).get(f"/xu-ly/{desk.matter.slug}/du-thao-tiep-thu/")
    assert "không phải tệp soạn thảo Word" in page.text
    file = page.click("Tải danh sách lời văn tiếp thu (Word)")
    assert file.headers["Cache-Control"] == "no-store"
    [_names, *rows] = Document(BytesIO(file.body)).tables[1].rows
    return [[cell.text for cell in row.cells] for row in rows]


def test_wordings_stand_in_the_order_of_the_draft_beside_what_it_says(app: Flask, desk: Desk) -> None:
    answered(desk, "2. Đơn vị thu gom công khai mức phí hằng tháng.", "d1.k2")
    answered(desk, FEE.replace("hằng tháng", "hằng năm"))
    first, later = taken(app, desk)
    assert first[:3] == ["Khoản 1 Điều 1", FEE, FEE.replace("hằng tháng", "hằng năm")]
    assert later[0] == "Khoản 2 Điều 1" and later[3].startswith("Ý kiến 1.") and "Tiếp thu." in later[3]


def test_the_same_wording_is_one_row(app: Flask, desk: Desk) -> None:
    for _ in range(2):
        answered(desk, FEE.replace("hằng tháng", "hằng năm"))
    [row] = taken(app, desk)
    assert row[3].startswith("Ý kiến 1, 2.")


def test_what_is_about_no_clause_says_so(app: Flask, desk: Desk) -> None:
    answered(desk, "Thêm một điều về rác y tế.", "")
    [row] = taken(app, desk)
    assert row[2] == "Thêm một điều về rác y tế." and "không về một điều khoản" in row[3]


def test_a_name_that_is_not_public_is_not_in_it(app: Flask, desk: Desk) -> None:
    sender = Sender("Lý Thị Kín")
    (number,) = desk.receive(comment("Sửa.", "d1.k1", proposed=FEE.replace("hằng tháng", "hằng năm")), sender=sender)
    desk.release(number)
    desk.answer(number)
    assert "Kín" not in str(taken(app, desk))


def test_it_is_for_the_desk_alone(app: Flask, desk: Desk, browser: Browser) -> None:
    assert app and "Đăng nhập" in browser.get(f"/xu-ly/{desk.matter.slug}/du-thao-tiep-thu/loi-van.docx").heading
