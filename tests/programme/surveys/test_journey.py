"""A survey through HTTP: written down and opened by the Department, papers typed by a commune's Front, an answer online
apart from them, results frozen by one person and published by another, read by anybody."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Area, Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.programme.surveys.models import Survey, SurveyAnswer
from consult.programme.surveys.questions import xlsform_writing
from tests.application import sign_in
from tests.builders import make_area, make_organisation, make_user
from tests.pages import Browser
from tests.programme.scene import Parties, make_parties
from tests.programme.surveys.scene import QUESTIONS

SLUG = "chuong-trinh-phoi-hop-bao-ve-moi-truong"


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties with a public programme, today."""
    made = make_parties(app_session, clock.now())
    made.programme()
    app_session.commit()
    return made


def at(app: Flask, session: Session, body: Organisation, role: Role) -> Browser:
    """Somebody of a body, signed in."""
    browser = Browser(app)
    sign_in(browser, make_user(session, body, [role]))
    return browser


def plan_of(areas: list[Area]) -> bytes:
    """The plan of a sample as a spreadsheet."""
    book = Workbook()
    rows = [("Tên xã", "Số dân", "Số phiếu"), *((area.name, 1_000, 20) for area in areas)]
    for row in rows:
        book.worksheets[0].append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def end_it(session: Session) -> None:
    """The last day of the survey was yesterday."""
    one = session.scalars(select(Survey)).one()
    one.starts_on, one.ends_on = (one.starts_on - timedelta(days=30), clock.local_day(clock.now()) - timedelta(days=1))
    session.commit()


def test_from_the_questions_to_the_published_index(
    app: Flask, app_session: Session, browser: Browser, parties: Parties
) -> None:
    department, today = parties.department, parties.today
    areas = [make_area(app_session, name) for name in ("Xã Nà Phặc", "Xã Bằng Vân")]
    front = make_organisation(
        app_session, OrganisationKind.FRONT_COMMITTEE, level=Level.COMMUNE, area=areas[0], name="MTTQ xã Nà Phặc"
    )
    app_session.commit()
    officer, leader = (at(app, app_session, department, role) for role in (Role.OFFICER, Role.LEADER))
    facts = {
        "title": "Hài lòng về môi trường", "year": str(today.year), "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=10)).isoformat(), "least": "5",
    }  # fmt: skip
    page = officer.get(f"/phoi-hop/khao-sat/{SLUG}/").submit(facts, button="Lưu")
    address, public = page.address, f"/chuong-trinh/{SLUG}/khao-sat/1/"
    form = xlsform_writing.write("Khảo sát", "ks", 1, QUESTIONS)
    page = officer.get(address).submit({"questions": (form, "cau-hoi.xlsx")}, button="Nạp bộ câu hỏi")
    assert "Không khí nơi ông/bà ở" in page.text
    page = page.submit({"sample": (plan_of(areas), "mau.xlsx")}, button="Nạp kế hoạch")
    assert "Xã Bằng Vân" in page.text
    browser.get(public, status=404)
    assert officer.get(address).submit({}, button="Mở khảo sát").status == 409
    leader.get(address).submit({}, button="Mở khảo sát")
    assert "đang nhận trả lời" in browser.get(public).text

    # Somebody online, pressing twice.
    asked = browser.get(public).click("Trả lời khảo sát")
    said = {"commune": str(areas[0].id), "khong_khi": "5"}
    assert "Lỗi" in asked.submit({"commune": str(areas[0].id)}, button="Gửi trả lời").text
    assert "Xin cảm ơn" in asked.submit(said, button="Gửi trả lời").text
    asked.submit(said, button="Gửi trả lời")
    app_session.commit()
    assert app_session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1

    # The commune's Front types thirty papers, ten at a time.
    typist = at(app, app_session, front, Role.DRAFTER)
    page = typist.get("/phoi-hop/nhap-phieu/").click("Hài lòng về môi trường")
    wrong = page.submit({"khong_khi.1": "7"}, button="Lưu các phiếu")
    assert (wrong.status, "Dòng 1" in wrong.text) == (422, True)
    for _page in range(3):
        page = page.submit({f"khong_khi.{line}": "4" for line in range(1, 11)}, button="Lưu các phiếu")
    assert "Đã nhập 30 trên 20 phiếu" in page.text
    other = parties.commune
    at(app, app_session, other, Role.OFFICER).get(page.address, status=404)
    officer.get(f"{address.replace('khao-sat', 'nhap-phieu')}{areas[1].id}/").submit(
        {f"khong_khi.{line}": "2" for line in range(1, 11)}, button="Lưu các phiếu"
    )
    end_it(app_session)
    page = officer.get(address).submit({}, button="Chốt phiếu và tính kết quả")
    assert "Báo cáo để các bên ký" in page.text
    assert officer.get(f"{address}bao-cao.docx").body[:2] == b"PK"
    assert "Chỉ số hài lòng" not in browser.get(public).text
    assert officer.get(address).submit({}, button="Công bố kết quả").status == 409
    leader.get(address).submit({}, button="Công bố kết quả")
    shown = browser.get(public)
    # 30 of 1,000 people say 75 of 100, 10 of other 1,000 say 25.
    assert "50,0" in shown.text
    assert "không đại diện" in shown.text
    assert "1 phiếu thu được; số người cho điểm ít hơn 5" in shown.text
    table = browser.get(f"{public}phieu.csv").body.decode()
    assert table.count("\n") == 41
    assert "all,,2000,40,,50.0" in browser.get(f"{public}chi-so.csv").body.decode()
    assert "Công bố kết quả khảo sát" in browser.get(f"/chuong-trinh/{SLUG}/nhat-ky/").text
