"""The body that collects hands in a pile of its own: sheets of any of its branches, sorted and recorded for each."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.paper.models import PaperForm
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.collections.conftest import Site
from tests.collections.paper.test_branch import CONFIRM, printed
from tests.pages import Browser, Page
from tests.responses.paper import filled


def test_sheets_of_every_branch_are_recorded_for_it_and_once(app: Flask, app_session: Session, site: Site) -> None:
    page = site.secretary.get(site.work()).click("In phiếu giấy máy đọc")
    asked = page.submit({"sheets": "1"}, button="Tạo phiếu để in")
    assert asked.status == 422 and asked.find("//a[@href='#field-branch']")
    number = str(site.scene.branches["Xã B"].number)
    made = asked.submit({"branch": number}, button="Tạo phiếu để in")
    of_b = site.secretary.get(made.find("//a[contains(@href, '.pdf')]/@href")[0]).body
    of_a = printed(site.branches["Xã A"], site.at("Xã A"))
    assert "Xã A" in site.secretary.get(site.work("phieu/")).text
    images = [filled.strange(), filled.pages(of_a)[0].rotate(180), filled.pages(of_b)[0]]
    pile = handed_in(app, site.secretary, site, filled.file_of(*images))
    assert "2 phiếu" in pile.text and "Trang không phải phiếu" in pile.text
    sheet = pile.click("Xác nhận từng phiếu")
    assert site.secretary.get(sheet.find("//div[@class='scan']//img/@src")[0]).headers["Content-Type"] == "image/webp"
    after = sheet.submit({"text": "Một"}, button=CONFIRM)
    done = after.submit({"text": "Hai"}, button=CONFIRM)
    assert done.text.count("đã ghi nhận") >= 2
    app_session.rollback()
    rows = app_session.execute(select(Branch.name, Gathering.recorded_by_id).join(Gathering.branch)).all()
    assert sorted(name for name, _by in rows) == ["Xã A", "Xã B"]
    assert {by for _name, by in rows} == {site.user.id}
    # What the body recorded is there for the branch too, and not to be recorded once more.
    own = site.branches["Xã A"].get(f"{site.at('Xã A')}phieu/")
    own = own.submit({"scans": (filled.file_of(filled.pages(of_a)[0]), "a.tif")}, button="Nhận tập phiếu")
    filled.work(app)
    assert "đã ghi nhận" in site.branches["Xã A"].get(own.address).text
    assert len(app_session.scalars(select(CollectedOpinion)).all()) == 2


def test_a_pile_of_a_body_is_nobody_elses(app: Flask, app_session: Session, site: Site) -> None:
    data = filled.file_of(filled.strange())
    pile = handed_in(app, site.secretary, site, data)
    own = pile.address.replace(site.work(), site.at("Xã A"))
    site.branches["Xã A"].get(own, status=404)
    app_session.rollback()
    other, at_other = Browser(app), make_organisation(app_session, OrganisationKind.MEMBER, Level.PROVINCE, "Hội khác")
    sign_in(other, make_user(app_session, at_other, [Role.DRAFTER]))
    for address in (site.work("phieu/"), pile.address):
        assert other.get(address, status=None).status in (403, 404)


def test_a_sheet_that_came_in_time_is_recorded_after_the_end(app: Flask, app_session: Session, site: Site) -> None:
    data = filled.file_of(filled.pages(printed(site.branches["Xã A"], site.at("Xã A")))[0])
    pile = handed_in(app, site.secretary, site, data)
    late = handed_in(app, site.branches["Xã A"], site, data, site.at("Xã A"))
    app_session.rollback()
    collection = app_session.get_one(Collection, site.scene.collection.id)
    collection.closed_at = clock.now() + timedelta(microseconds=1)
    app_session.commit()
    sheet = pile.click("Phiếu số 1")
    assert "đã ghi nhận" in sheet.submit({"text": "Kịp"}, button=CONFIRM).text
    assert late.click("Phiếu số 1").find("//*[contains(text(), 'đã được ghi nhận')]")


def test_a_pile_with_a_wrong_day_keeps_its_files(app: Flask, app_session: Session, site: Site) -> None:
    page = site.secretary.get(site.work("phieu/"))
    day = (clock.local_day(clock.now()) - timedelta(days=2)).isoformat()
    files = {"scans": (filled.file_of(filled.strange()), "phieu.tif")}
    asked = page.submit({**files, "received_on": day}, button="Nhận tập phiếu")
    assert asked.status == 422 and "phieu.tif" in asked.text
    again = site.secretary.get(asked.address, status=422)
    assert "phieu.tif" in again.text
    done = again.submit({"received_reason": "Thu tại cuộc họp"}, button="Nhận tập phiếu")
    filled.work(app)
    assert "1 tệp" in site.secretary.get(site.work("phieu/")).text and done.heading.startswith("Tập phiếu")


def test_a_file_that_is_none_is_named_and_the_others_stay(app: Flask, app_session: Session, site: Site) -> None:
    page = site.secretary.get(site.work("phieu/"))
    asked = page.submit({"scans": (b"chu", "ghi-chu.tif")}, button="Nhận tập phiếu")
    assert asked.status == 422 and "ghi-chu.tif" in asked.text
    assert app_session.scalars(select(PaperForm)).all() == []


def handed_in(app: Flask, browser: Browser, site: Site, data: bytes, base: str = "") -> Page:
    """The page of a pile that the worker has read."""
    index = browser.get(f"{base or site.work()}phieu/")
    pile = index.submit({"scans": (data, "phieu.tif")}, button="Nhận tập phiếu")
    filled.work(app)
    return browser.get(pile.address)
