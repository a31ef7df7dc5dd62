"""The whole way of printed sheets at the desk: printed, handed in as a pile, read by the worker, confirmed."""

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.responses.paper.models import PaperForm
from consult.responses.paper.views_frame import PRINTED_FOR
from consult.submissions.models import Submission
from tests.application import sign_in
from tests.pages import Browser, Page
from tests.reading.scene import Scene
from tests.responses.paper import filled
from tests.tagged_pdfs import problems_of, text_of

CONFIRM = "Xác nhận và ghi nhận"


@pytest.fixture
def scene(app_session: Session) -> Scene:
    return Scene(app_session)


@pytest.fixture
def officer(app: Flask, scene: Scene) -> Browser:
    browser = Browser(app)
    sign_in(browser, scene.desk.people["officer"])
    return browser


def at(scene: Scene) -> str:
    return f"/xu-ly/{scene.matter.slug}/phieu/"


def made(officer: Browser, scene: Scene, count: int = 1) -> bytes:
    """A new printing as its PDF."""
    page = officer.get(at(scene)).submit({"sheets": str(count)}, button="Tạo phiếu để in")
    return officer.get(page.find("//a[contains(@href, '.pdf')]/@href")[0]).body


def the_form(session: Session) -> PaperForm:
    session.rollback()
    return session.scalars(select(PaperForm)).one()


def handed_in(app: Flask, officer: Browser, scene: Scene, *images: Image.Image) -> Page:
    """The page of a pile that the worker has read."""
    pile = officer.get(at(scene)).submit({"scans": (filled.file_of(*images), "phieu.tif")}, button="Nhận tập phiếu")
    assert "Máy đang đọc" in pile.text
    filled.work(app)
    return officer.get(pile.address)


def test_the_whole_way(app: Flask, app_session: Session, scene: Scene, officer: Browser) -> None:
    pdf = made(officer, scene, 3)
    assert problems_of(pdf) == []
    form = the_form(app_session)
    first, second, _third = filled.pages(pdf)
    second = filled.ticked(second, ["0.oppose", "1.support"], len(form.clauses))
    pile = handed_in(app, officer, scene, filled.strange(), second.rotate(180), second, first)
    assert "còn 2 phiếu chờ xác nhận" in pile.text and "Trang không phải phiếu" in pile.text
    assert "có hai bản trong tập" in pile.text
    sheet = pile.click("Phiếu số 2")
    assert sheet.find("//input[@name='clause.0' and @checked]/@value") == ["oppose"]
    assert sheet.find("//input[@name='clause.1' and @checked]/@value") == ["support"]
    picture = officer.get(sheet.find("//img[@class='cut']/@src")[0])
    assert picture.headers["Content-Type"] == "image/webp"
    asked = sheet.submit({"text": "Điều 99: bỏ\nCần nhiều thùng rác hơn", "name": "Lý A"}, button=CONFIRM)
    assert asked.status == 422 and "Điều 99" in asked.text
    after = asked.submit({"as_general": True}, button=CONFIRM)
    assert "Đã ghi nhận phiếu giấy số 2" in after.text and after.heading == "Phiếu số 1"
    app_session.rollback()
    found = app_session.scalars(select(Submission)).one()
    said = [(one.path, one.versions[0].stance, one.versions[0].text) for one in found.comments]
    assert said == [
        (form.clauses[0][0].rpartition("/")[2], "oppose", "Không đồng ý"),
        (form.clauses[1][0].rpartition("/")[2], "support", "Đồng ý"),
        ("", None, "Điều 99: bỏ"),
        ("", None, "Cần nhiều thùng rác hơn"),
    ]
    assert found.sender_name == "Lý A" and found.channel == "in_person"
    looked = officer.get(f"/tra-cuu/{filled.code_of(text_of(pdf), 2)}/")
    assert scene.matter.title in looked.text
    again = officer.get(sheet.address)
    assert "Phiếu này đã được ghi nhận" in again.text and not again.find("//input[@name='clause.0']")


def test_a_sheet_is_recorded_once_and_what_is_not_sure_is_asked(
    app: Flask, app_session: Session, scene: Scene, officer: Browser
) -> None:
    [page] = filled.pages(made(officer, scene))
    form = the_form(app_session)
    both = filled.ticked(page, ["0.support", "0.oppose"], len(form.clauses))
    sheet = handed_in(app, officer, scene, both).click("Phiếu số 1")
    assert "Máy đọc chưa rõ" in sheet.text and not sheet.find("//input[@name='clause.0' and @checked]")
    assert sheet.submit({}, button=CONFIRM).errors()
    sheet.submit({"clause.0": "support"}, button=CONFIRM)
    refused = sheet.submit({"clause.0": "oppose"}, button=CONFIRM)
    assert refused.status == 409 and "Mỗi phiếu chỉ ghi một lần" in refused.text
    app_session.rollback()
    assert len(app_session.scalars(select(Submission)).all()) == 1


def test_sheets_of_another_matter_are_strange_and_none_is_printed_the_day_after(
    app: Flask, app_session: Session, scene: Scene, officer: Browser
) -> None:
    images = filled.pages(made(officer, scene))
    form = the_form(app_session)
    form.printed_at -= PRINTED_FOR
    app_session.commit()
    assert officer.get(f"{at(scene)}in/{form.tag}.pdf", status=409).heading
    assert "không tải lại được" in officer.get(at(scene)).text
    form.consultation_id = None
    app_session.commit()
    pile = handed_in(app, officer, scene, *images)
    assert "Trang không phải phiếu" in pile.text and "Phiếu số" not in pile.text
