"""What people said is recorded under the clause that they meant: point d is not point đ, and a number is another clause
in another draft, whichever of them is out by the time somebody types it."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day, now
from consult.collections.models import CollectedOpinion
from consult.collections.spreadsheet.columns import KEYS
from consult.consultations.document_models import Revision
from tests.collections.conftest import Site
from tests.collections.paper.test_branch import handed_in, printed
from tests.collections.paper.test_copying import RECORD
from tests.collections.spreadsheet.filled import MEETING
from tests.collections.test_older_draft import second_draft
from tests.pages import Page
from tests.responses.intake.test_keyboard import scan
from tests.responses.paper import filled

A_WEEK = timedelta(days=7)


def anchors(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(CollectedOpinion.anchor).order_by(CollectedOpinion.number)))


def a_week_ago(site: Site, session: Session) -> None:
    """The first draft has been out for a week, and today there is a second one, whose Điều 3 is another."""
    session.rollback()
    first = session.scalars(select(Revision)).one()
    assert first.published_at is not None
    first.published_at -= A_WEEK
    session.commit()
    second_draft(site, session)


def meeting(site: Site, held_on: str) -> Page:
    typed = {"place": "Thôn 1", "held_on": held_on, "files": (scan(), "bien-ban.png")}
    return site.branches["Xã A"].get(site.at("Xã A", "ghi/hop/")).submit(typed, button="Ghi nhận")


def in_a_sheet(blank: bytes, *about: str) -> bytes:
    """A spreadsheet with one row about each of these."""
    book = load_workbook(io.BytesIO(blank))
    for number, words in enumerate(about, start=2):
        for key, said in {**MEETING, "anchor": words, "text": f"Dòng {number}"}.items():
            book.worksheets[0].cell(number, KEYS.index(key) + 1).value = said
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def brought(site: Site, *about: str) -> Page:
    page = site.branches["Xã A"].get(site.at("Xã A", "bang-tinh/"))
    blank = page.browser.get(page.link("Tải bảng tính để điền")).body
    return page.submit({"file": (in_a_sheet(blank, *about), "y-kien.xlsx")}, "Xem trước")


def test_point_d_is_not_point_dd(site: Site, app_session: Session) -> None:
    page = meeting(site, "2026-11-20").click("Chép nhiều ý kiến một lần")
    lines = "điểm d khoản 1 Điều 2: Một.\nĐIỂM Đ KHOẢN 1 ĐIỀU 2: Hai."
    page.submit({"text": lines}, button=RECORD)
    brought(site, "điểm đ khoản 1 Điều 2", "Điểm d khoản 1 điều 2").submit(button="Ghi nhận tất cả")
    points = [one.rpartition(".")[2] for one in anchors(app_session)]
    assert points == ["pd", "pdd", "pdd", "pd"]


def test_without_vietnamese_letters_it_is_asked(site: Site, app_session: Session) -> None:
    page = brought(site, "diem d khoan 1 dieu 2", "diem c khoan 1 dieu 2", "d2.k1.pd")
    assert [f"A{row}" in page.text for row in (2, 3, 4)] == [True, False, False]
    page.submit(button="Ghi nhận các dòng đúng")
    assert [one.rpartition(".")[2] for one in anchors(app_session)] == ["pc", "pd"]


@pytest.mark.parametrize(("days", "meant"), [(2, "du-thao/1/d3"), (0, "du-thao/1/d3"), (-1, "du-thao/2/d3")])
def test_minutes_are_about_the_draft_that_people_had(site: Site, app_session: Session, days: int, meant: str) -> None:
    """Two days before the second draft, and on its very day; a day after it the newest."""
    a_week_ago(site, app_session)
    if days < 0:
        second = app_session.scalars(select(Revision).where(Revision.number == 2)).one()
        assert second.published_at is not None
        second.published_at += timedelta(days=days)
        app_session.commit()
    held_on = local_day(now()) - timedelta(days=max(days, 0))
    page = meeting(site, held_on.isoformat()).click("Chép nhiều ý kiến một lần")
    assert page.words("//select[@name='draft']/option[@selected]") == [f"bản dự thảo lần {meant.split('/')[1]}"]
    page.submit({"text": "Điều 3: Xin lùi.\nĐiều 3 (bản dự thảo lần 2): Ghi rõ mức chi."}, button=RECORD)
    assert anchors(app_session) == [meant, "du-thao/2/d3"]


def test_who_copies_may_say_which_draft(site: Site, app_session: Session) -> None:
    a_week_ago(site, app_session)
    page = meeting(site, local_day(now()).isoformat()).click("Chép nhiều ý kiến một lần")
    wrong = page.submit({"text": "Điều 99: Bỏ.\nĐiều 3: Xin lùi.", "draft": "2"}, button=RECORD)
    assert wrong.words("//select[@name='draft']/option[@selected]") == ["bản dự thảo lần 2"]
    wrong.submit({"as_general": True}, button=RECORD)
    assert anchors(app_session) == ["", "du-thao/2/d3"]


@pytest.mark.parametrize("address", ["ghi/hop/", "ghi/phieu/"])
def test_a_clause_that_moved_can_be_chosen_as_it_was(site: Site, app_session: Session, address: str) -> None:
    a_week_ago(site, app_session)
    page = site.branches["Xã A"].get(site.at("Xã A", address))
    offered = page.find("//select[@name='anchor']/option/@value")
    assert "du-thao/1/d3" in offered and "du-thao/1/d1" not in offered and "du-thao/2/d1" in offered
    typed = {"text": "Xin lùi", "anchor": "du-thao/1/d3", "place": "Thôn 1", "held_on": "2026-11-30"}
    page = page.submit(typed, button="Ghi nhận")
    assert "trong bản dự thảo lần 2 là Điều 4" in page.text
    above = site.secretary.get(site.work("buoi/1/"))
    assert "trong bản dự thảo lần 2 là Điều 4" in above.text
    assert "du-thao/1/d3" in above.find("//select[@name='anchor']/option/@value")
    assert anchors(app_session) == ["du-thao/1/d3"]


def test_a_number_of_two_clauses_in_a_spreadsheet_is_asked_for(site: Site, app_session: Session) -> None:
    a_week_ago(site, app_session)
    page = brought(site, "Điều 3", "d3", "Điều 1", "Điều 3 (bản dự thảo lần 1)", "Điều 4", "dieu 3")
    told = [f"A{row}" in page.text for row in range(2, 8)]
    assert told == [True, True, False, False, False, True] and "các bản dự thảo khác nhau" in page.text
    page.submit(button="Ghi nhận các dòng đúng")
    assert anchors(app_session) == ["du-thao/2/d1", "du-thao/1/d3", "du-thao/2/d4"]


def test_a_sheet_is_about_the_draft_that_is_printed_on_it(site: Site, app_session: Session) -> None:
    """What is written on it of an article that it asks about belongs to the tick there, and is no opinion more."""
    browser, address = site.branches["Xã A"], site.at("Xã A")
    sheets = filled.pages(printed(browser, address))
    a_week_ago(site, app_session)
    data = filled.file_of(filled.ticked(sheets[0], ["2.oppose"], 3))
    sheet = handed_in(site.app, browser, address, data).click("Phiếu số 1")
    assert sheet.words("//select[@name='draft']/option[@selected]") == ["bản dự thảo lần 1"]
    sheet.submit({"text": "Điều 3: Xin lùi một năm."}, button="Xác nhận và ghi nhận")
    assert anchors(app_session) == ["du-thao/1/d3"]
    assert app_session.scalars(select(CollectedOpinion.text)).one() == "Xin lùi một năm."
