"""The two focal officers make the quarterly exchange and the year's report, and everybody reads both."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from tests.pages import Browser
from tests.programme.scene import Parties, make_parties
from tests.programme.test_journey import at


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune, today."""
    made = make_parties(app_session, clock.now())
    app_session.commit()
    return made


def test_from_what_is_late_to_the_minutes_and_the_report(
    app: Flask, app_session: Session, browser: Browser, parties: Parties
) -> None:
    programme, session, today = parties.programme(), app_session, parties.today
    late = parties.recommended(parties.round(programme), text="Mua hai xe chở rác")
    late.due_on = today - timedelta(days=2)
    session.commit()
    front = at(app, session, parties.front, Role.DRAFTER)
    department = at(app, session, parties.department, Role.OFFICER)
    signer, leader = at(app, session, parties.front, Role.SENDER), at(app, session, parties.department, Role.LEADER)
    address = f"/phoi-hop/chuong-trinh/{programme.matter.slug}/"
    page = front.get(address).click("Trao đổi hằng quý").submit({}, button="Lập nội dung")
    assert "Mua hai xe chở rác" in page.text and "quá hạn 2 ngày" in page.text
    meeting = page.address
    item = page.find("//input[@name = 'left_out']/@value")[0]
    wrong = page.submit({"held_on": "hôm qua", "left_out": [item]}, button="Lưu")
    assert (wrong.status, wrong.find("//input[@name = 'left_out' and @checked]/@value")) == (422, [item])
    typed = {
        "held_on": today.isoformat(), "place": "Trụ sở Sở", "first_leader": "Bà A, Phó Chủ tịch",
        "second_leader": "Ông B, Phó Giám đốc", "minutes": "Kết luận <b>chung</b>", "further": "Kinh phí",
    }  # fmt: skip
    assert "Kết luận <b>chung</b>" in department.get(meeting).submit(typed, button="Lưu").text
    decided = {
        "decided": "Cấp năm thùng rác", "by": str(parties.department.id),
        "due_on": (today + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    assert "Cấp năm thùng rác" in front.get(meeting).submit(decided, button="Thêm quyết định").text
    assert front.get("/phoi-hop/").click("Trao đổi quý").address == meeting
    paper = department.get(meeting).click("Word")
    assert "Kết luận &lt;b&gt;chung" in ZipFile(BytesIO(paper.body)).read("word/document.xml").decode()
    public = f"/chuong-trinh/{programme.matter.slug}/"
    browser.get(f"{public}trao-doi/1/", status=404)
    signer.get(meeting).submit({}, button="Thống nhất biên bản")
    assert "biên bản được công khai" in leader.get(meeting).submit({}, button="Thống nhất biên bản").text
    read = browser.get(public).click("Trao đổi quý")
    assert "Kết luận <b>chung</b>" in read.text and "Cấp năm thùng rác" in read.text
    assert "Cấp năm thùng rác" in browser.get("/cam-ket/").text

    kind = {"report": f"year-{today.year}"}
    page = department.get(address).click("Báo cáo").submit(kind, button="Lập báo cáo")
    report = page.address
    listed = page.click("1 Kiến nghị quá hạn chưa thực hiện")
    assert "Mua hai xe chở rác" in listed.text
    words = {"text-rounds": "Giám sát <b>đúng</b> hạn."}
    page = department.get(report).submit(words, button="Lưu và chốt số liệu")
    assert "chốt số liệu" in page.text
    for who in (signer, leader):
        page = who.get(report).submit({}, button="Thống nhất báo cáo")
    assert "báo cáo được công khai" in page.text
    read = browser.get(public).click(f"Báo cáo năm {today.year}")
    assert "Giám sát <b>đúng</b> hạn." in read.text
    assert "Mua hai xe chở rác" in read.click("1 Kiến nghị quá hạn chưa thực hiện").text
    assert b'"recommendations_late"' in read.click("JSON").body
    assert read.click("PDF").body.startswith(b"%PDF")
    log = browser.get(f"{public}nhat-ky/").text
    assert "Các bên thống nhất báo cáo" in log and "biên bản trao đổi quý" in log
