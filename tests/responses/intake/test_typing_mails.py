"""Who left a mail address with a paper is asked by mail whether it was typed right: by a link that is good once."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consult import clock
from consult.submissions.models import Submission
from consult.submissions.sender import contacts, typing_links
from consult.submissions.sender.models import TypingCheck
from consult.submissions.sender.typing_links import Link
from tests.notices.conftest import News, news
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.intake.test_again import RECORD, _form, _letter
from tests.responses.intake.test_keyboard import scan

__all__ = ["news"]
SEND = "Gửi xác nhận"


def link_of(words: str) -> str:
    """The link in a mail, as a path."""
    return re.findall(r"/tra-cuu/giay/[^\s/]+/", words)[0]


@pytest.fixture
def mailed(app: Flask, desk: Desk, enter: Enter, news: News) -> Page:
    """The page that the link of the mail leads to."""
    given = _letter(desk, **{"comments.0.text": "Thu gom hằng tuần.", "contact": "ba.lo@example.invalid"})
    _form(desk, enter).submit(given | {"scan": (scan(), "giay.png")}, RECORD)
    [mail] = news(clock.now())
    assert mail["To"] == "ba.lo@example.invalid"
    return Browser(app).get(link_of(mail.get_content()))


def checks(desk: Desk) -> list[TypingCheck]:
    desk.session.rollback()
    return list(desk.session.scalars(select(TypingCheck).order_by(TypingCheck.at)))


def put_right(desk: Desk, paper: UUID) -> None:
    """An officer finds that the address was typed wrong."""
    desk.session.rollback()
    typed = ("ba.loan@example.invalid", "Gõ nhầm hộp thư.", desk.officer, clock.now())
    contacts.correct(desk.session, desk.matter, paper, *typed)
    desk.session.commit()


def test_the_link_of_the_mail_is_good_once(desk: Desk, mailed: Page) -> None:
    picture = mailed.find("//img[@class='scan']/@src")[0]
    for _look in range(2):
        assert mailed.browser.get(picture).headers["Content-Type"] == "image/webp"
        assert mailed.browser.get(mailed.address).form(SEND)
    assert checks(desk) == []
    asked = mailed.submit({}, button=SEND)
    assert asked.errors() and asked.browser.get(asked.address, status=422).form(SEND)
    done = asked.submit({"typing": "wrong", "texts.1.text": "Thu gom hằng ngày."}, button=SEND)
    assert "đã báo chép sai" in done.text and "Thu gom" not in done.text
    # Back, and pressed once more with something else: the first word by this mail stays.
    again = asked.submit({"typing": "right"}, button=SEND)
    assert "đã báo chép sai" in again.text and [one.right for one in checks(desk)] == [False]
    mailed.browser.get(picture, status=404)
    mailed.browser.get(mailed.address[:-3] + "x/", status=404)


def test_what_came_of_it_is_told_with_a_link_of_its_own(
    app: Flask, desk: Desk, enter: Enter, mailed: Page, news: News
) -> None:
    mailed.submit({"typing": "wrong", "typing_said": "Thiếu một ý"}, button=SEND)
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/ban-chep/1/")
    page.submit({"comments.1.text": "Thu gom hằng ngày.", "reason": "Đã thêm."}, button="Lưu bản chép")
    [mail] = [one for one in news(clock.now()) if "xem lại bản chép" in str(one["Subject"])]
    assert "Đã thêm." in mail.get_content()
    done = Browser(app).get(link_of(mail.get_content())).submit({"typing": "right"}, button=SEND)
    assert "đã xác nhận chép đúng" in done.text
    assert [one.right for one in checks(desk)] == [False, True]


def test_a_link_is_over_after_its_time(app: Flask, desk: Desk, mailed: Page) -> None:
    given, secrets = mailed.address.split("/")[-2], app.extensions["consult.secrets"]
    late = clock.now() + typing_links.LIFE
    assert typing_links.read(secrets, given, clock.now()) is not None
    assert typing_links.read(secrets, given, late + timedelta(minutes=1)) is None


def test_without_a_scan_the_mail_asks_nothing(desk: Desk, enter: Enter, news: News) -> None:
    given = _letter(desk, **{"comments.0.text": "Một.", "contact": "ba.lo@example.invalid"})
    _form(desk, enter).submit(given, RECORD)
    [mail] = news(clock.now())
    assert "/tra-cuu/giay/" not in mail.get_content()


def test_who_the_mail_reached_by_mistake_reads_nothing_once_the_address_is_put_right(
    app: Flask, desk: Desk, mailed: Page, news: News
) -> None:
    """The paper with its sender's name on it is nobody else's: not of whoever has the address that was typed wrong."""
    picture = mailed.find("//img[@class='scan']/@src")[0]
    desk.session.rollback()
    paper = desk.session.scalars(select(Submission).where(Submission.contact == "ba.lo@example.invalid")).one()
    put_right(desk, paper.id)
    for address in (mailed.address, picture):
        mailed.browser.get(address, status=404)
    mailed.submit({"typing": "wrong", "texts.1.text": "Lời của người lạ."}, button=SEND)
    assert checks(desk) == []
    # The mail to whom it belongs leads there.
    link = Link(desk.matter.id, paper.id, "a" * 32, contacts.mark_of(paper.id, "ba.loan@example.invalid"))
    own = Browser(app).get(
        f"/tra-cuu/giay/{typing_links.address(app.extensions['consult.secrets'], link, clock.now())}/"
    )
    assert own.form(SEND)


def test_a_link_of_the_release_before_is_good_until_the_address_is_put_right(
    app: Flask, desk: Desk, mailed: Page
) -> None:
    secrets = app.extensions["consult.secrets"]
    now = typing_links.read(secrets, mailed.address.split("/")[-2], clock.now())
    assert now is not None and now.to
    said = [now.consultation_id.hex, now.submission_id.hex, now.mark, int(clock.now().timestamp())]
    before = f"/tra-cuu/giay/{secrets.serializer(typing_links.PURPOSE).dumps(said)}/"
    assert Browser(app).get(before).form(SEND)
    put_right(desk, now.submission_id)
    Browser(app).get(before, status=404)
