"""A branch prints sheets, and hands in a pile; the level above hands in those of a branch below it."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import CollectedOpinion, Gathering
from consult.responses.paper.models import PaperForm
from tests.collections.conftest import Site
from tests.pages import Browser, Page
from tests.responses.paper import filled
from tests.tagged_pdfs import text_of

CONFIRM = "Xác nhận và ghi nhận"


def printed(browser: Browser, address: str) -> bytes:
    """Two sheets of a branch."""
    page = browser.get(f"{address}phieu/").submit({"sheets": "2"}, button="Tạo phiếu để in")
    return browser.get(page.find("//a[contains(@href, '.pdf')]/@href")[0]).body


def handed_in(app: Flask, browser: Browser, address: str, data: bytes) -> Page:
    """The page of a pile that was read."""
    pile = browser.get(f"{address}phieu/").submit({"scans": (data, "phieu.tif")}, button="Nhận tập phiếu")
    filled.work(app)
    return browser.get(pile.address)


def test_a_sheet_of_a_branch_is_an_opinion_with_the_code_of_its_tear_off(
    app: Flask, app_session: Session, site: Site
) -> None:
    browser, address = site.branches["Xã A"], site.at("Xã A")
    assert "In phiếu giấy" in browser.get(address).text
    pdf = printed(browser, address)
    app_session.rollback()
    form = app_session.scalars(select(PaperForm)).one()
    first = filled.ticked(filled.pages(pdf)[0], ["0.oppose"], len(form.clauses))
    data = filled.file_of(filled.strange(), first)
    sheet = handed_in(app, browser, address, data).click("Phiếu số 1")
    typed = {"text": "Thu gom hằng ngày", "name": "Lò Văn B", "contact": "0912345678", "day": "2026-11-20"}
    done = sheet.submit(typed, button=CONFIRM)
    assert "đã ghi nhận" in done.text
    app_session.rollback()
    opinions = app_session.scalars(select(CollectedOpinion).order_by(CollectedOpinion.number)).all()
    assert [(one.stance, one.text) for one in opinions] == [("oppose", "Không đồng ý"), (None, "Thu gom hằng ngày")]
    gathering = app_session.scalars(select(Gathering)).one()
    assert (gathering.people, gathering.how, gathering.way_in) == (1, "paper", "scan")
    assert len(gathering.files) == 1
    looked = site.stranger.get(f"/tra-cuu/{filled.code_of(text_of(pdf), 1)}/")
    # Two opinions, and where the secret number of the tear-off is typed.
    assert site.scene.collection.title in looked.text and len(looked.find("//main//h2")) == 3
    assert len(looked.find("//main//form")) == 1
    assert "Phiếu này đã được ghi nhận" in browser.get(sheet.address).text


def test_a_pile_is_nobody_elses_and_a_sheet_of_another_branch_is_strange(
    app: Flask, app_session: Session, site: Site
) -> None:
    data = filled.file_of(filled.pages(printed(site.branches["Xã A"], site.at("Xã A")))[0])
    pile = handed_in(app, site.branches["Xã B"], site.at("Xã B"), data)
    assert "Trang không phải phiếu" in pile.text and "Phiếu số" not in pile.text
    own = pile.address.replace(site.at("Xã B"), site.at("Xã A"))
    site.branches["Xã A"].get(own, status=404)
    site.stranger.get(pile.address, status=403)
