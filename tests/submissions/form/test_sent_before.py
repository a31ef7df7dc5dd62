"""A second tab of a form that was sent from the first, and what a device kept of a form whose receipt never came:
nothing is received twice unnoticed, and what was typed since is told to be not sent yet."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from lxml.etree import SubElement
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.submissions.models import Submission
from tests.builders import make_consultation
from tests.pages import Browser, Page

TOLD = "Phiếu này đã được gửi và tiếp nhận trước đó"
CHECK, RECEIVED = "Xem lại trước khi gửi", "Đã tiếp nhận ý kiến"


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


@pytest.fixture
def first(browser: Browser, consultation: Consultation) -> Page:
    """Who sends it: the second step of a form in the first tab."""
    page = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1")
    return page.submit({"comments.0.text": "Nên làm sớm."}, "Tiếp tục")


def received(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def sent(page: Page) -> Page:
    receipt = page.submit(button=CHECK).submit(button="Gửi")
    assert receipt.heading == RECEIVED
    return receipt


def as_kept(page: Page, ticket: str) -> Page:
    """The page once the script has put in what the device kept from the form of that ticket."""
    SubElement(page.find("//main//form")[0], "input", type="hidden", name="drafted", value=ticket)
    return page


def path(page: Page) -> str:
    """Where a page is: of a receipt without the moment that its address was made at."""
    return page.words("//dl//strong | //main//dd")[0] if page.heading == RECEIVED else urlsplit(page.address).path


def test_a_tab_in_which_nothing_was_typed_goes_on_to_the_receipt(
    app: Flask, browser: Browser, first: Page, app_session: Session
) -> None:
    second = Browser(app).get(first.address)
    receipt = sent(first)
    again = second.submit(button=CHECK)
    assert again.heading == RECEIVED and path(again) == path(receipt) and received(app_session) == 1


@pytest.mark.parametrize("button", [CHECK, "Quay lại"])
def test_what_was_typed_in_a_second_tab_is_told_to_be_one_more(
    app: Flask, first: Page, app_session: Session, button: str
) -> None:
    second = Browser(app).get(first.address)
    receipt = sent(first)
    page = second.submit({"name": "Lò Thị Mai"}, button)
    assert TOLD in page.text and received(app_session) == 1
    opened = page.click("Mở phiếu đã gửi")
    assert opened.heading == RECEIVED and path(opened) == path(receipt)
    page = page if page.heading == CHECK else page.submit(button="Tiếp tục").submit(button=CHECK)
    assert "Lò Thị Mai" in page.text
    page = page.submit(button="Gửi")
    assert page.status == 409 and TOLD in page.text and received(app_session) == 1
    assert path(page.submit(button="Gửi")) != path(receipt) and received(app_session) == 2


def test_a_page_that_is_sent_with_other_content_leads_to_what_was_sent(
    app: Flask, first: Page, app_session: Session
) -> None:
    checked = first.submit(button=CHECK)
    second = Browser(app).get(checked.address)
    receipt = checked.submit(button="Gửi")
    page = second.submit({"contact": "0912345678"}, "Gửi")
    assert page.status == 409 and TOLD in page.text and received(app_session) == 1
    assert path(page.click("Mở phiếu đã gửi")) == path(receipt)


@pytest.mark.parametrize("late", [False, True])
def test_what_a_device_kept_of_a_form_that_was_received_is_told(
    browser: Browser, first: Page, app_session: Session, late: bool
) -> None:
    ticket = first.form().values()["ticket"]
    form = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1")
    words = {"comments.0.text": "Nên làm sớm."}
    as_kept(form, ticket)
    if late:
        page = form.submit(words, "Tiếp tục").submit(button=CHECK)
        assert TOLD not in page.text
        receipt = sent(first)
        page = page.submit(button="Gửi")
        assert page.status == 409
    else:
        receipt = sent(first)
        page = form.submit(words, "Tiếp tục")
    assert TOLD in page.text and received(app_session) == 1
    assert path(page.click("Mở phiếu đã gửi")) == path(receipt)
    page = page if page.heading == CHECK else page.submit(button=CHECK).submit(button="Gửi")
    assert page.submit(button="Gửi").heading == RECEIVED and received(app_session) == 2


def test_a_draft_of_this_very_form_is_no_other(browser: Browser, first: Page, app_session: Session) -> None:
    checked = as_kept(first, str(first.form().values()["ticket"])).submit(button=CHECK)
    receipt = checked.submit(button="Gửi")
    assert path(checked.submit(button="Gửi")) == path(receipt) and received(app_session) == 1
