"""Results of inspections on their pages: recorded, published by another, read by a stranger, corrected, followed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.files.signed_files import KeptFile
from consult.people.words import Level, Role
from consult.programme.head_models import Programme
from tests.application import sign_in
from tests.builders import make_area, make_user
from tests.files import made
from tests.pages import Browser
from tests.programme.inspections.scene import corrected, recorded
from tests.programme.scene import Parties, make_parties
from tests.statements import statements_of


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune, now."""
    return make_parties(app_session, clock.now())


@pytest.fixture
def programme(parties: Parties) -> Programme:
    """A public one."""
    return parties.programme()


def person(app: Flask, parties: Parties, role: Role) -> Browser:
    """Somebody of the Department."""
    browser = Browser(app)
    sign_in(browser, make_user(parties.session, parties.department, [role]))
    return browser


def typed(parties: Parties, **given: object) -> dict[str, object]:
    """The form as an officer fills it in."""
    today = parties.today
    return {
        "subject": "Xả nước thải", "kind": "organisation", "inspected_name": "Công ty <b>Sông Cầu</b>",
        "inspected_on": (today - timedelta(days=9)).isoformat(), "decision_number": "15/QĐ",
        "decision_on": (today - timedelta(days=5)).isoformat(), "breaches": "Vượt quy chuẩn\nKhông quan trắc",
        "fine": "120.000.000", "remedy": "Lắp hệ thống.", "due_on": (today + timedelta(days=30)).isoformat(), **given,
    }  # fmt: skip


def test_one_records_another_publishes_and_anybody_reads(
    app: Flask, parties: Parties, programme: Programme, browser: Browser
) -> None:
    officer, leader = person(app, parties, Role.OFFICER), person(app, parties, Role.LEADER)
    base, public = (
        f"/phoi-hop/thanh-tra/{programme.matter.slug}/",
        f"/chuong-trinh/{programme.matter.slug}/thanh-tra/1/",
    )
    page = officer.get(base).submit({**typed(parties), "file": (made.pdf(), "quyet-dinh.pdf")}, "Lưu")
    assert "Đã lưu, chờ một người khác công khai." in page.text
    browser.get(public, status=404)
    assert "Chưa" not in browser.get("/thanh-tra/thanh-tra.csv").body.decode()
    page.submit(button="Công khai", form="Công khai")
    browser.get(public, status=404)
    leader.get(f"{base}1/").submit(button="Công khai", form="Công khai")
    told = browser.get(public)
    for words in ("Công ty <b>Sông Cầu</b>", "120.000.000", "Không quan trắc", "Lắp hệ thống.", "đang thực hiện"):
        assert words in told.text
    assert browser.get(f"{public}1/tep/").body.startswith(b"%PDF")
    assert "Công ty <b>Sông Cầu</b>" in browser.get("/thanh-tra/").text
    assert "Công ty <b>Sông Cầu</b>: Lắp hệ thống." in browser.get("/cam-ket/?loai=remedy").text
    lines = browser.get("/thanh-tra/thanh-tra.csv").body.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and "120000000" in lines[1] and "Vượt quy chuẩn; Không quan trắc" in lines[1]
    assert "Sông Cầu" in browser.get("/thanh-tra/tin.atom").body.decode()
    log = browser.get(f"/chuong-trinh/{programme.matter.slug}/nhat-ky/").text
    assert "Công khai kết quả thanh tra, kiểm tra số 1" in log


def test_a_correction_shows_both_versions(parties: Parties, programme: Programme, browser: Browser) -> None:
    corrected(parties, recorded(parties, programme), fine=90_000_000)
    told = browser.get(f"/chuong-trinh/{programme.matter.slug}/thanh-tra/1/").text
    assert "90.000.000" in told and "120.000.000" in told and "Sai số tiền" in told
    assert browser.get("/thanh-tra/").text.count("90.000.000") == 1


def test_a_person_is_named_nowhere(app: Flask, parties: Parties, programme: Programme, browser: Browser) -> None:
    area = make_area(parties.session, "Xã Yên Thịnh", Level.COMMUNE)
    parties.session.commit()
    officer, leader = person(app, parties, Role.OFFICER), person(app, parties, Role.LEADER)
    base = f"/phoi-hop/thanh-tra/{programme.matter.slug}/"
    wrong = officer.get(base).submit(typed(parties, kind="individual", inspected_name="Nguyễn Văn Tí"), "Lưu")
    assert wrong.status == 422 and "Tên, nếu không có trong danh sách: Không ghi tên cá nhân" in " ".join(
        wrong.errors()
    )
    right = wrong.submit({"inspected_name": "", "area": str(area.id)}, "Lưu")
    assert "Một cá nhân tại xã Yên Thịnh" in right.text
    leader.get(f"{base}1/").submit(button="Công khai", form="Công khai")
    pages = ("/thanh-tra/", "/cam-ket/", "/thanh-tra/thanh-tra.csv", "/thanh-tra/tin.atom")
    bodies = [browser.get(address).body.decode() for address in pages]
    assert all("Một cá nhân tại xã Yên Thịnh" in body and "Nguyễn Văn Tí" not in body for body in bodies)


def test_the_front_and_strangers_find_no_working_page(app: Flask, parties: Parties, programme: Programme) -> None:
    recorded(parties, programme)
    front = Browser(app)
    sign_in(front, make_user(parties.session, parties.front, [Role.DRAFTER, Role.SENDER]))
    for end in ("", "1/", "1/1/tep/"):
        front.get(f"/phoi-hop/thanh-tra/{programme.matter.slug}/{end}", status=404)


def test_who_followed_it_says_that_it_was_done(app: Flask, parties: Parties, programme: Programme) -> None:
    recorded(parties, programme)
    officer, leader = person(app, parties, Role.OFFICER), person(app, parties, Role.LEADER)
    page = officer.get(f"/phoi-hop/thanh-tra/{programme.matter.slug}/1/").click("Theo dõi biện pháp khắc phục")
    page.submit({"kind": "done", "text": "Đã kiểm tra.", "day": parties.today.isoformat()}, "Lưu")
    done = leader.get(page.address).submit(button="Công khai", form="Công khai")
    assert "hoàn thành" in done.text.lower()


def test_statements_do_not_grow(app: Flask, parties: Parties, programme: Programme, browser: Browser) -> None:
    recorded(parties, programme)
    officer = person(app, parties, Role.OFFICER)
    addresses = ("/thanh-tra/", "/thanh-tra/thanh-tra.csv", "/thanh-tra/tin.atom")
    own = f"/phoi-hop/thanh-tra/{programme.matter.slug}/"

    def counted() -> list[int]:
        asked = [(browser, address) for address in addresses] + [(officer, own)]
        return [_asked(parties.session, who, address) for who, address in asked]

    counted()
    before = counted()
    for _ in range(3):
        corrected(parties, recorded(parties, programme))
    assert counted() == before


def _asked(session: Session, browser: Browser, address: str) -> int:
    with statements_of(session) as said:
        browser.get(address)
    return len(said)


def test_a_year_that_no_calendar_has_is_none(browser: Browser) -> None:
    assert browser.get("/thanh-tra/?nam=9999").status == 200


def test_whom_a_correction_no_longer_names_no_page_names(
    parties: Parties, programme: Programme, browser: Browser
) -> None:
    area = make_area(parties.session, "Xã Yên Thịnh", Level.COMMUNE)
    paper = KeptFile("a" * 64, "quyet-dinh.pdf", "application/pdf", 10)
    one = recorded(parties, programme, inspected_name="Ông Lý Văn Páo", file=paper)
    corrected(parties, one, kind="individual", inspected_name="", area_id=area.id)
    address = f"/chuong-trinh/{programme.matter.slug}/thanh-tra/{one.number}/"
    page = browser.get(address)
    assert "Páo" not in page.html and "/tep/" not in page.html and "Bản 1" in page.text
    assert browser.get(f"{address}1/tep/", status=404).status == 404
