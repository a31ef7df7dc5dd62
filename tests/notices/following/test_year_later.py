"""A year later who sent and who follows is asked once whether it works: opening the link says nothing, and nobody can
tell who said what."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.preparation import issuing
from consult.notices.following import works_links
from consult.responses.ratings.models import AnswerRating, Rated, RatingMark
from consult.session_secret import secrets_of
from consult.submissions.inputs import Sender
from consult.submissions.words import ContactKind
from tests.application import sign_in
from tests.builders import NOW, TODAY
from tests.notices.following.test_later_events import DAY, HOA, LAN, _follow
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

News = Callable[..., list[EmailMessage]]
YEAR = clock.start_of_day(calendar.same_day_next_year(TODAY)) + timedelta(hours=8)


@pytest.fixture
def issued(app_session: Session, news: News) -> Desk:
    """A text that was issued, after somebody commented and somebody else followed."""
    desk = make_desk(app_session)
    desk.answer(*desk.receive("Một.", sender=Sender(contact_kind=ContactKind.MAIL, contact=HOA)))
    _follow(desk)
    desk.matter.concluded_at = NOW
    app_session.commit()
    issuing.record_issued(app_session, desk.matter, "12/2026/QĐ-UBND", TODAY, desk.publisher, NOW)
    news(NOW + 2 * DAY)
    return desk


def _links(mails: list[EmailMessage]) -> dict[str, str]:
    found = {}
    for mail in mails:
        [link] = re.findall(r"https?://\S+/co-hieu-qua/\S+", str(mail.get_content()))
        found[str(mail["To"])] = urlsplit(link).path
    return found


def test_asked_once_and_only_who_presses_says_something(
    app: Flask, app_session: Session, issued: Desk, news: News, browser: Browser
) -> None:
    assert news(YEAR - DAY) == []
    mails = news(YEAR)
    links = _links(mails)
    assert set(links) == {HOA, LAN} and all("có hiệu quả không?" in str(one["Subject"]) for one in mails)
    assert news(YEAR + 400 * DAY) == []
    assert not any("hoa" in one or "lan" in one for one in links.values())
    page = browser.get(links[LAN])
    assert browser.get(links[LAN]).status == 200 and _kept(app_session) == []
    done = page.submit({"line": "Rác được gom."}, "Có hiệu quả")
    assert "Đã ghi nhận." in done.text
    again = page.submit({}, "Không hiệu quả")
    assert again.status == 409 and "chỉ cho biết được một lần" in again.text
    [kept] = _kept(app_session)
    assert (kept.about, kept.clear, kept.shown) == (Rated.TEXT, True, False)
    # It names nobody, and its mark stands in another table, in no order.
    [mark] = app_session.scalars(select(RatingMark.mark)).all()
    assert mark in str(works_links.read(secrets_of(app.config), links[LAN].split("/")[-2]))
    assert browser.get(links[LAN][:-3] + "x/", status=404).status == 404


def test_told_from_five_on_apart_from_answers(app: Flask, app_session: Session, issued: Desk, browser: Browser) -> None:
    at = f"/lay-y-kien/{issued.matter.slug}/"
    for number in range(5):
        assert "Sau một năm" not in browser.get(at).text
        link = works_links.address(secrets_of(app.config), issued.matter.id, f"nguoi{number}@example.invalid")
        pressed = "Có hiệu quả" if number else "Không hiệu quả"
        browser.get(f"/co-hieu-qua/{link}/").submit({"line": f"Dòng {number}."}, pressed)
    told = browser.get(at).text
    assert "Sau một năm, 5 người cho biết văn bản ban hành có hiệu quả không: 4 có, 1 không." in told
    assert "người được trả lời đã cho biết" not in told and "Dòng" not in told
    staff = Browser(app)
    sign_in(staff, issued.people["officer"])
    assert "Dòng 3." in staff.get(f"/xu-ly/{issued.matter.slug}/tra-loi-co-ro-khong/").text


def test_a_day_that_was_written_wrong_is_asked_about_once(app_session: Session, issued: Desk, news: News) -> None:
    day = TODAY + 40 * DAY
    issuing.record_issued(app_session, issued.matter, "12/2026/QĐ-UBND", TODAY, issued.publisher, NOW, day)
    news(clock.start_of_day(day) + timedelta(hours=8))
    assert news(YEAR) == []
    later = clock.start_of_day(calendar.same_day_next_year(day)) + timedelta(hours=8)
    assert set(_links(news(later))) == {HOA, LAN}


def _kept(session: Session) -> list[AnswerRating]:
    session.rollback()
    return list(session.scalars(select(AnswerRating)))
