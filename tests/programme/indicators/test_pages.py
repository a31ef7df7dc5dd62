"""Results of protection on their pages: set, entered with a source, confirmed by another, read by anybody."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Level, OrganisationKind, Role
from consult.programme.indicators import listing
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.files import made
from tests.pages import Browser
from tests.programme.indicators.scene import CHANGED, LIST, Measured
from tests.programme.scene import make_parties
from tests.statements import statements_of


@pytest.fixture
def measured(app: Flask, app_session: Session) -> Measured:
    return Measured(make_parties(app_session, clock.now()), app.extensions["consult.files"])


def person(app: Flask, measured: Measured, body: object, role: Role) -> Browser:
    """Somebody of a body."""
    browser = Browser(app)
    sign_in(browser, make_user(measured.session, body, [role]))  # type: ignore[arg-type]
    return browser


def test_from_the_list_of_a_year_to_a_public_value(app: Flask, measured: Measured, browser: Browser) -> None:
    slug, year, parties = measured.programme.matter.slug, measured.year, measured.parties
    officer, leader = (person(app, measured, parties.department, role) for role in (Role.OFFICER, Role.LEADER))
    work = f"/phoi-hop/ket-qua-bao-ve/{slug}/{year}/"
    page = officer.get(work).submit({"indicators": "rac"}, button="Lưu bộ chỉ số")
    assert (page.status, "Mỗi dòng cần có mã" in page.text) == (422, True)
    page.submit({"indicators": LIST}, button="Lưu bộ chỉ số")
    leader.get(work).submit(button="Công khai bộ chỉ số")
    writer, signer = (person(app, measured, measured.body, role) for role in (Role.OFFICER, Role.LEADER))
    entry = f"/phoi-hop/nhap-ket-qua/{slug}/{year}/"
    assert f"Năm {year}" in writer.get("/phoi-hop/nhap-ket-qua/").text
    page = writer.get(entry).submit({"value-rac": "82.5"}, button="Lưu, chờ xác nhận")
    assert page.status == 422 and "dấu phẩy trước phần thập phân" in page.text
    page = page.submit({"value-rac": "82,5", "file": (made.pdf(), "bieu.pdf")}, button="Lưu, chờ xác nhận")
    assert "sau khi người khác xác nhận" in page.text
    public = f"/chuong-trinh/{slug}/ket-qua-bao-ve/"
    assert "82,5" not in browser.get(f"{public}rac/").text
    page = signer.get(entry).submit({"chosen": "1"}, button="Xác nhận")
    assert "Đã xác nhận" in page.text
    assert "82,5" in browser.get(f"{public}rac/").text and "82.5" in browser.get(f"/en{public}rac/").text
    assert "Tỷ lệ rác được thu gom" in browser.get(public).text
    lines = browser.get(f"{public}ket-qua.csv").body.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"1,{year},rac,Tỷ lệ rác được thu gom,%,up,Theo sổ của xã,") and ",82.5," in lines[1]
    source = f"/phoi-hop/ket-qua-bao-ve/{slug}/tep/1/"
    assert signer.get(source).body.startswith(b"%PDF")
    person(app, measured, parties.commune, Role.LEADER).get(source, status=404)


def test_the_department_sends_back_with_a_reason(app: Flask, measured: Measured) -> None:
    measured.measures()
    measured.entered(public=False)
    slug, year = measured.programme.matter.slug, measured.year
    leader = person(app, measured, measured.parties.department, Role.LEADER)
    work = f"/phoi-hop/ket-qua-bao-ve/{slug}/{year}/"
    page = leader.get(work).submit({"chosen": "1"}, button="Trả lại")
    assert page.status == 422
    page.submit({"chosen": "1", "refused_reason": "Không khớp biểu"}, button="Trả lại")
    entry = person(app, measured, measured.body, Role.OFFICER).get(f"/phoi-hop/nhap-ket-qua/{slug}/{year}/")
    assert "Không khớp biểu" in entry.text


def test_a_break_is_told_and_statements_do_not_grow(app: Flask, measured: Measured, browser: Browser) -> None:
    measured.measures(measured.year - 1)
    measured.measures(typed=CHANGED)
    old = measured.former("Xã Bằng Lãng")
    measured.entered()
    address = f"/chuong-trinh/{measured.programme.matter.slug}/ket-qua-bao-ve/rac/"
    with statements_of(measured.session) as first:
        browser.get(address)
    measured.entered(measured.year - 1, measured.area)
    measured.measures(2024)
    measured.entered(2024, old, values={"rac": "70"})
    page = browser.get(address)
    assert f"Từ năm {measured.year} chỉ số được tính khác" in page.text
    assert "Xã Bằng Lãng (cũ)" in page.text
    # One more for the step from former communes to those of today.
    with statements_of(measured.session) as later:
        browser.get(address)
    assert len(later) <= len(first) + 1


def test_a_year_that_no_calendar_has_is_not_found(app: Flask, measured: Measured) -> None:
    measured.measures()
    writer = person(app, measured, measured.body, Role.OFFICER)
    entry = f"/phoi-hop/nhap-ket-qua/{measured.programme.matter.slug}/"
    token = writer.get(f"{entry}{measured.year}/").find("//input[@name = 'csrf_token']/@value")[0]
    for year in (0, 10_000, 999_999_999):
        writer.get(f"{entry}{year}/", status=404)
        writer.post(f"{entry}{year}/", {"area": str(measured.area.id), "csrf_token": token}, status=404)


def test_a_refusal_that_is_refused_keeps_what_was_typed_and_ticked(app: Flask, measured: Measured) -> None:
    measured.measures()
    measured.entered(public=False)
    leader = person(app, measured, measured.parties.department, Role.LEADER)
    work = f"/phoi-hop/ket-qua-bao-ve/{measured.programme.matter.slug}/{measured.year}/"
    page = leader.get(work).submit({"refused_reason": "Không khớp biểu"}, button="Trả lại")
    assert (page.status, page.find("//textarea[@name = 'refused_reason']/text()")) == (422, ["Không khớp biểu"])
    page = leader.get(work).submit({"chosen": "1"}, button="Trả lại")
    assert page.find("//input[@name = 'chosen' and @checked]/@value") == ["1"]


def test_a_form_without_values_says_so_at_its_first_field(app: Flask, measured: Measured) -> None:
    measured.measures()
    entry = f"/phoi-hop/nhap-ket-qua/{measured.programme.matter.slug}/{measured.year}/"
    page = person(app, measured, measured.body, Role.OFFICER).get(entry).submit({}, button="Lưu, chờ xác nhận")
    assert page.status == 422


def test_who_cannot_decide_is_offered_no_decision(app: Flask, measured: Measured) -> None:
    measured.measures()
    measured.entered(public=False)
    work = f"/phoi-hop/ket-qua-bao-ve/{measured.programme.matter.slug}/{measured.year}/"
    page = person(app, measured, measured.parties.front, Role.SENDER).get(work)
    assert "82,5" in page.text and not page.find("//input[@name = 'chosen'] | //button[@value = 'confirm']")
    front = make_organisation(
        measured.session, OrganisationKind.FRONT_COMMITTEE, level=Level.COMMUNE, area=measured.area
    )
    entry = f"/phoi-hop/nhap-ket-qua/{measured.programme.matter.slug}/{measured.year}/"
    page = person(app, measured, front, Role.SENDER).get(entry)
    assert "82,5" in page.text and not page.find("//input[@name = 'chosen'] | //button[@value = 'confirm']")


def test_making_a_list_public_leaves_nothing_behind_that_was_typed(app: Flask, measured: Measured) -> None:
    measured.measures(public=False)
    leader = person(app, measured, measured.parties.department, Role.LEADER)
    page = leader.get(f"/phoi-hop/ket-qua-bao-ve/{measured.programme.matter.slug}/{measured.year}/")
    assert not page.find("//form[.//button[@value = 'release'] and .//textarea]")


def test_the_file_has_every_year_whole(
    app: Flask, measured: Measured, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_VALUES", 1)
    for year in (measured.year - 1, measured.year):
        measured.measures(year)
        measured.entered(year)
    table = browser.get(f"/chuong-trinh/{measured.programme.matter.slug}/ket-qua-bao-ve/ket-qua.csv")
    assert [line.split(",")[1] for line in table.body.decode("utf-8-sig").splitlines()[1:]] == [
        str(measured.year - 1), str(measured.year)
    ]  # fmt: skip
