"""A branch at work on a telephone: a meeting with photographed minutes, a visit, corrections, and nothing of others."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import CollectedOpinion, Gathering
from tests.collections.conftest import Site
from tests.collections.recording.pictures import PHOTO
from tests.pages import Browser, Page

HELD = "2026-11-20"


@pytest.fixture
def branch(site: Site) -> Browser:
    return site.branches["Xã A"]


def meeting(site: Site, branch: Browser, **values: object) -> Page:
    page = branch.get(site.at("Xã A")).click("Ghi một cuộc họp")
    return page.submit({"place": "Nhà văn hóa Bản Mạ", "held_on": HELD, "people": "42", **values}, button="Ghi nhận")


def test_signed_minutes_are_enough_and_opinions_are_added_in_place(site: Site, branch: Browser) -> None:
    page = meeting(site, branch, files=PHOTO, minutes_signed="1")
    assert page.heading.startswith("Cuộc họp: Nhà văn hóa Bản Mạ") and "biên bản đã ký" in page.text
    for text in ("Rác nên thu hai ngày một lần", "Cần thêm thùng"):
        page = page.submit({"text": text, "anchor": "du-thao/1/d2.k1", "stance": "support"}, button="Thêm ý kiến này")
        assert "Đã thêm ý kiến." in page.text
    assert "Cần thêm thùng" in page.text and page.find("//li[@value='2']")
    home = branch.get(site.at("Xã A"))
    assert "2 ý kiến; 1 buổi ghi nhận; cuộc họp: 42 lượt người" in home.text and "Quy định của tỉnh" in home.text


def test_what_is_missing_is_asked_for_and_files_are_kept(site: Site, branch: Browser, app_session: Session) -> None:
    page = meeting(site, branch, place="", files=PHOTO, minutes_signed="1")
    assert page.status == 422 or page.errors()
    assert page.errors() and "bien-ban.jpg" in page.text
    page = page.submit({"place": "Nhà văn hóa"}, button="Ghi nhận")
    assert "bien-ban.jpg" in page.text and page.heading.startswith("Cuộc họp: Nhà văn hóa")
    app_session.rollback()
    assert app_session.scalars(select(Gathering)).one().minutes_signed


def test_pressing_twice_records_once(site: Site, branch: Browser, app_session: Session) -> None:
    form = branch.get(site.at("Xã A", "ghi/tham/"))
    for _time in range(2):
        form.submit({"text": "Suối có mùi", "place": "Thôn 1"}, button="Ghi nhận")
    app_session.rollback()
    assert len(app_session.scalars(select(CollectedOpinion)).all()) == 1


def test_an_opinion_is_corrected_and_withdrawn(site: Site, branch: Browser, app_session: Session) -> None:
    page = meeting(site, branch, text="Gõ nhầm", contact="0912345678", person_name="Bà Mai")
    one = page.click("Phiếu hẹn, sửa, rút")
    assert one.words("//main//strong")[0].count("-") >= 4, "the look-up code for the contributor"
    page = one.submit({"text": "Gõ đúng", "why": "Gõ nhầm"}, button="Lưu")
    assert "Gõ đúng" in page.text
    one = page.click("Phiếu hẹn, sửa, rút")
    assert "trước đó là Gõ nhầm" in one.text
    page = one.submit({"why": ""}, button="Rút ý kiến này")
    assert page.errors()
    page = page.submit({"why": "Người nói rút lại"}, button="Rút ý kiến này")
    assert "Đã rút." in page.text
    app_session.rollback()
    assert app_session.scalars(select(CollectedOpinion)).one().withdrawn_reason == "Người nói rút lại"


def test_a_gathering_is_corrected_and_a_wrong_scan_taken_away(site: Site, branch: Browser) -> None:
    page = meeting(site, branch, files=PHOTO)
    page = page.submit({}, button="Gỡ tệp này: bien-ban.jpg")
    assert "Chưa có tệp nào." in page.text
    page = page.click("Sửa hoặc rút").submit({"people": "45", "why": "Đếm lại"}, button="Lưu")
    assert "45 lượt người" in page.text and "42 lượt người (Đếm lại)" in page.text
    page = page.click("Sửa hoặc rút").submit(
        {"why": "Ghi hai lần"}, button="Rút buổi ghi nhận này cùng mọi ý kiến trong đó"
    )
    assert "Đã rút: Ghi hai lần" in page.text


def test_a_branch_never_sees_what_another_recorded(site: Site, branch: Browser) -> None:
    page = meeting(site, branch, text="Chỉ xã A biết", files=PHOTO)
    file = page.find("//main//ul//a/@href")[0]
    other = site.branches["Xã B"]
    assert "Chỉ xã A biết" not in other.get(site.at("Xã B")).text
    for name, status in (("Xã A", 403), ("Xã B", 404)):
        for rest in ("buoi/1/", "buoi/1/sua/", "buoi/1/y-kien/1/"):
            other.get(site.at(name, rest), status=status)
    other.get(file, status=403)
    site.stranger.get(file, status=403)
    assert branch.get(file).headers["Content-Disposition"].startswith("attachment")


def test_branches_below_have_links_of_their_own(site: Site, branch: Browser) -> None:
    page = branch.get(site.at("Xã A")).click("Thêm thôn")
    page = page.submit({"lines": "Thôn 1; Ông Bình; 0912 345 678\nThôn 2"}, button="Thêm")
    link = page.find("//main//li//a/@href")[0]
    village = Browser(site.app)
    home = village.get(link.replace("http://localhost", ""))
    assert home.heading == "Thôn 1"
    home.click("Ghi một lần").submit({"text": "Ý của thôn", "place": "Nhà ông Bình"}, button="Ghi nhận")
    above = branch.get(site.at("Xã A"))
    assert "Thôn 1: 1 ý kiến" in above.text and "Ý của thôn" not in above.text
    assert branch.get(site.at("Xã A", "ben-duoi/ma-qr.pdf")).body.startswith(b"%PDF")
