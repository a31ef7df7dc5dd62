"""The page that says what goes into the next draft, and the file."""

import shutil
import zipfile
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files import uploaded_files
from consult.sandbox import conversion
from tests.application import sign_in
from tests.outline.redlining.accepting import words
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.responses.redlines.scene import FEE, LINES, RICH_TEXT, word_desk


@pytest.fixture
def word(app: Flask, app_session: Session) -> Desk:
    """A desk whose draft is a Word file, on the site's own database."""
    return word_desk(app_session, app.extensions["consult.files"], now=clock.now(), opened_before=70)


def answered(desk: Desk, proposed: str, path: str = "d1.k1") -> int:
    """A public comment with a wording that was accepted."""
    (number,) = desk.receive(comment("Đề nghị sửa.", path, proposed=proposed))
    desk.release(number)
    desk.answer(number)
    return number


def officer(app: Flask, desk: Desk) -> Browser:
    """The officer at a browser."""
    browser = Browser(app)
    sign_in(browser, desk.people["officer"])
    return browser


def test_the_page_says_what_goes_in_and_gives_the_file(app: Flask, word: Desk) -> None:
    number = answered(word, FEE.replace("hằng tháng", "hằng năm"))
    browser = officer(app, word)
    page = browser.get(f"/xu-ly/{word.matter.slug}/").click("Dự thảo ghi sẵn các chỗ tiếp thu")
    assert "1 lời văn ghi được vào tệp, 0 chỗ xung đột, 0 chưa đặt được." in page.text
    answer = browser.client.get(f"/xu-ly/{word.matter.slug}/du-thao-tiep-thu/du-thao.docx")
    assert "attachment" in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"
    assert words(answer.data, accept=True)[3] == FEE.replace("hằng tháng", "hằng năm")
    assert words(answer.data, accept=False) == list(LINES)
    with zipfile.ZipFile(BytesIO(answer.data)) as file:
        remark = file.read("word/comments.xml").decode()
    assert 'w:author="Ý kiến 1"' in remark and "Tiếp thu." in remark
    assert f"{app.config['SITE_URL']}/lay-y-kien/{word.matter.slug}/y-kien/{number}/" in remark


def test_conflicts_stand_on_the_page_and_in_the_file(app: Flask, word: Desk) -> None:
    for instead in ("hằng năm", "hằng quý"):
        answered(word, FEE.replace("hằng tháng", instead))
    browser = officer(app, word)
    page = browser.get(f"/xu-ly/{word.matter.slug}/du-thao-tiep-thu/")
    assert "0 lời văn ghi được vào tệp, 2 chỗ xung đột" in page.text
    assert "Cùng chỗ với ý kiến: 2." in page.text and "Cùng chỗ với ý kiến: 1." in page.text
    data = browser.client.get(f"/xu-ly/{word.matter.slug}/du-thao-tiep-thu/du-thao.docx").data
    assert words(data) == list(LINES)
    with zipfile.ZipFile(BytesIO(data)) as file:
        remarks = file.read("word/comments.xml").decode()
    assert remarks.count("Chưa ghi vào văn bản: cùng chỗ này") == 2 and "hằng quý" in remarks


def test_a_draft_that_is_no_word_file_says_so(app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    browser = officer(app, desk)
    assert "không phải tệp soạn thảo Word" in browser.get(f"/xu-ly/{desk.matter.slug}/du-thao-tiep-thu/").text
    assert browser.client.get(f"/xu-ly/{desk.matter.slug}/du-thao-tiep-thu/du-thao.docx").status_code == 404


@pytest.fixture
def rich(app: Flask, app_session: Session) -> Desk:
    """A desk whose draft was given as RTF."""
    upload = uploaded_files.read_upload(RICH_TEXT, "du-thao.rtf", app.extensions["consult.files"])
    return make_desk(app_session, upload=upload, now=clock.now(), opened_before=70)


@pytest.mark.libreoffice
def test_a_draft_of_another_program_is_turned_into_a_word_file_first(app: Flask, rich: Desk) -> None:
    answered(rich, FEE.replace("hằng tháng", "hằng năm"))
    page = officer(app, rich).get(f"/xu-ly/{rich.matter.slug}/du-thao-tiep-thu/")
    assert "tệp du-thao.rtf, không phải .docx" in page.text and "LibreOffice" in page.text
    assert "1 lời văn ghi được vào tệp, 0 chỗ xung đột, 0 chưa đặt được." in page.text
    file = page.click("Tải dự thảo có theo dõi sửa đổi")
    assert 'filename="du-thao - ' in file.headers["Content-Disposition"]
    assert words(file.body, accept=True)[3] == FEE.replace("hằng tháng", "hằng năm")
    assert words(file.body, accept=False)[3] == FEE


@pytest.mark.libreoffice
def test_what_was_turned_once_is_at_hand_when_the_program_is_gone(app: Flask, rich: Desk) -> None:
    answered(rich, FEE.replace("hằng tháng", "hằng năm"))
    browser, address = officer(app, rich), f"/xu-ly/{rich.matter.slug}/du-thao-tiep-thu/"
    assert browser.get(address).find("//a[contains(., 'theo dõi sửa đổi')]")
    conversion.use(conversion.OFF)
    try:
        assert browser.get(address).find("//a[contains(., 'theo dõi sửa đổi')]")
        shutil.rmtree(app.config["CONVERTED_FOLDER"])
        page = browser.get(address, status=409)
    finally:
        conversion.use("")
    assert "không có chương trình chuyển tệp này sang Word" in page.text
    assert page.find("//a[contains(., 'danh sách lời văn tiếp thu')]")
