"""One year through HTTP: a programme agreed by both sides, a plan, a round of supervision, what it recommends, and the
board that everybody reads."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Organisation
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.scene import Parties, make_parties


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune, today."""
    made = make_parties(app_session, clock.now())
    app_session.commit()
    return made


def at(app: Flask, session: Session, body: Organisation, role: Role) -> Browser:
    """Somebody of a body, signed in."""
    browser = Browser(app)
    sign_in(browser, make_user(session, body, [role]))
    return browser


def test_from_the_signed_paper_to_the_board(
    app: Flask, app_session: Session, browser: Browser, parties: Parties
) -> None:
    front, department, commune = parties.front, parties.department, parties.commune
    writer, signer = (at(app, app_session, front, role) for role in (Role.DRAFTER, Role.SENDER))
    leader = at(app, app_session, department, Role.LEADER)
    officer, head = (at(app, app_session, commune, role) for role in (Role.OFFICER, Role.LEADER))
    year, today = parties.today.year, parties.today
    typed = {
        "title": "Chương trình phối hợp môi trường", "first_party": str(front.id), "second_party": str(department.id),
        "valid_from": f"{year}-01-01", "valid_to": f"{year + 4}-12-31", "sentences": "II.5 | Giám sát thu gom",
    }  # fmt: skip
    page = writer.get("/phoi-hop/chuong-trinh/").submit(typed, button="Lưu")
    assert "Đã lưu chương trình" in page.text
    address = page.address
    browser.get("/chuong-trinh/chuong-trinh-phoi-hop-moi-truong/", status=404)
    signer.get(address).submit({}, button="Xác nhận thống nhất")
    leader.get(address).submit({}, button="Xác nhận thống nhất")
    assert "II.5" in browser.get("/chuong-trinh/").click("Chương trình phối hợp môi trường").text
    plan = f"{address}{year}/"
    task = {
        "text": "Tập huấn <b>phân loại</b>",
        "by": str(department.id),
        "due_on": f"{year}-12-31",
        "money": "20 triệu",
    }
    assert "Tập huấn <b>phân loại</b>" in writer.get(plan).submit(task, button="Lưu").text
    signer.get(plan).submit({}, button="Thống nhất kế hoạch")
    leader.get(plan).submit({}, button="Thống nhất kế hoạch")
    assert "20 triệu" in browser.get(f"/chuong-trinh/chuong-trinh-phoi-hop-moi-truong/{year}/").text
    rounds = "/phoi-hop/giam-sat/chuong-trinh-phoi-hop-moi-truong/"
    facts = {
        "subject": "Thu gom rác ở xã", "lead": str(front.id), "supervised": str(commune.id),
        "starts_on": (today - timedelta(days=9)).isoformat(), "ends_on": (today - timedelta(days=2)).isoformat(),
        "members": "Nguyễn Văn A, Trưởng ban",
    }  # fmt: skip
    page = writer.get(rounds).submit(facts, button="Lưu")
    at_work = page.address
    said = {
        "recommended": "Mua hai xe chở rác", "addressee": str(commune.id),
        "due_on": (today - timedelta(days=1)).isoformat(),
    }  # fmt: skip
    writer.get(at_work).submit(said, button="Thêm kiến nghị")
    for kind in ("plan", "report"):
        step = {"kind": kind, "day": today.isoformat(), "text": f"Tóm tắt {kind}"}
        writer.get(at_work).submit(step, button="Lưu bước")
        signer.get(at_work).submit({}, button="Công khai")
    shown = browser.get("/chuong-trinh/chuong-trinh-phoi-hop-moi-truong/").click("Thu gom rác ở xã")
    assert "Tóm tắt report" in shown.text
    assert "chậm 24 ngày" in shown.text
    board = browser.get("/cam-ket/?tinh-trang=late")
    assert "Mua hai xe chở rác" in board.text
    assert "quá hạn 1 ngày" in board.text
    public = board.click("Mua hai xe chở rác").address
    assert "Mua hai xe" in officer.get("/xu-ly/").click("1 Kiến nghị, nhiệm vụ đã quá hạn").text
    mine = officer.get("/phoi-hop/").click("Mua hai xe chở rác").address
    later = (today + timedelta(days=30)).isoformat()
    officer.get(mine).submit({"kind": "move", "text": "Chờ đấu thầu", "day": later}, button="Lưu")
    assert "Chờ đấu thầu" not in browser.get(public).text
    signer.get(mine).submit({}, button="Công khai")
    assert "Chờ đấu thầu" in browser.get(public).text
    assert "hạn ban đầu" in browser.get(public).text
    officer.get(mine).submit({"kind": "answer", "text": "Đã chọn nhà thầu"}, button="Lưu")
    head.get(mine).submit({}, button="Công khai")
    assert "Đã chọn nhà thầu" in browser.get(public).text
    officer.get(mine).submit({"kind": "done", "text": "Có hai xe", "day": today.isoformat()}, button="Lưu")
    signer.get(mine).submit({}, button="Công khai")
    assert "Mua hai xe" not in browser.get("/cam-ket/").text
    assert "Mua hai xe" in browser.get("/cam-ket/?tinh-trang=ended").text
    log = browser.get("/chuong-trinh/chuong-trinh-phoi-hop-moi-truong/nhat-ky/")
    assert "Dời hạn cam kết số 2" in log.text
    assert "promise_ended" in log.click("Mục 8").text
