"""What comes after the answers: more time for them, the text that was issued, and the day it is in force, told to who
sent, who follows, in feeds and in calendars."""

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation import issuing
from consult.errors import Invalid
from consult.notices.following import calendar_days, followers, public_events, subjects
from consult.notices.words import Followed
from consult.responses.answers.extension import extend_answers, present_day
from consult.submissions.inputs import Sender
from consult.submissions.words import ContactKind
from consult.transparency.replay import Log
from consult.transparency.verification import log as verifying_log
from tests.builders import NOW, TODAY
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

News = Callable[..., list[EmailMessage]]
LAN, HOA = "lan@example.invalid", "hoa@example.invalid"
DAY = timedelta(days=1)
NUMBER = "12/2026/QĐ-UBND"


@pytest.fixture
def issued(app_session: Session, news: News) -> Desk:
    """A concluded matter that somebody follows and somebody commented on."""
    desk = make_desk(app_session)
    desk.answer(*desk.receive("Một.", sender=Sender(contact_kind=ContactKind.MAIL, contact=HOA)))
    _follow(desk)
    desk.matter.concluded_at = NOW
    app_session.commit()
    news(NOW + DAY)
    return desk


def _follow(desk: Desk) -> None:
    subject = subjects.find(desk.session, Followed.MATTER, desk.matter.slug, NOW)
    followers.subscribe(desk.session, subject, LAN, "vi", NOW)
    [found] = desk.session.query(followers.Follower).all()
    followers.confirm(desk.session, found.token, NOW)


def _issue(desk: Desk, in_force: date | None) -> None:
    issuing.record_issued(desk.session, desk.matter, NUMBER, TODAY, desk.publisher, NOW, in_force)


def _told(mails: list[EmailMessage]) -> dict[str, str]:
    assert len({str(one["To"]) for one in mails}) == len(mails)
    return {str(one["To"]): str(one["Subject"]) for one in mails}


def test_more_time_for_answers_is_told(app_session: Session, news: News) -> None:
    desk = make_desk(app_session)
    desk.receive("Một.", sender=Sender(contact_kind=ContactKind.MAIL, contact=HOA))
    _follow(desk)
    news()
    before = present_day(app_session, desk.matter, TODAY)
    assert before is not None
    extend_answers(app_session, desk.matter, before + 9 * DAY, "Phải đo lại.", desk.publisher, NOW)
    mails = news()
    assert {to: one.partition(" đến")[0] for to, one in _told(mails).items()} == dict.fromkeys(
        (HOA, LAN), "Gia hạn trả lời"
    )
    assert all("Phải đo lại." in str(one.get_content()) for one in mails)
    subject = subjects.find(app_session, Followed.MATTER, desk.matter.slug, NOW)
    assert [one.kind for one in public_events.events_of(app_session, subject, NOW)][0] == "answers_extended"
    [due] = [one for one in calendar_days.days_of(app_session, subject, NOW) if one.kind == "answers"]
    assert (due.day, due.moved) == (before + 9 * DAY, 1)


def test_the_issued_text_and_the_day_it_is_in_force(issued: Desk, news: News) -> None:
    day = TODAY + 20 * DAY
    _issue(issued, day)
    told = _told(news())
    assert set(told) == {HOA, LAN} and all("Đã ban hành văn bản số 12" in one for one in told.values())
    assert news(clock.start_of_day(day)) == []
    mails = news(clock.start_of_day(day) + timedelta(hours=7))
    assert set(_told(mails)) == {HOA, LAN} and all("Có hiệu lực từ ngày" in str(one["Subject"]) for one in mails)
    assert all("/ban-hanh/" in str(one.get_content()) for one in mails)
    entries = Log(verifying_log.entries(issued.session, issued.matter.id)).all("in_force")
    assert [one["day"] for one in entries] == [day.isoformat()]
    subject = subjects.find(issued.session, Followed.MATTER, issued.matter.slug, NOW)
    before = public_events.events_of(issued.session, subject, NOW)
    after = public_events.events_of(issued.session, subject, clock.start_of_day(day))
    assert [one.kind for one in after][0] == "in_force" and "in_force" not in [one.kind for one in before]
    assert "issued" in [one.kind for one in before]
    assert day in [one.day for one in calendar_days.days_of(issued.session, subject, NOW) if one.kind == "in_force"]


def test_a_day_that_was_written_wrong_is_told_on_the_right_one_alone(issued: Desk, news: News) -> None:
    wrong, right = TODAY + 20 * DAY, TODAY + 30 * DAY
    _issue(issued, wrong)
    _issue(issued, right)
    news()
    assert news(clock.start_of_day(wrong) + timedelta(hours=8)) == []
    assert set(_told(news(clock.start_of_day(right) + timedelta(hours=8)))) == {HOA, LAN}


def test_no_day_before_the_issue_and_none_told_that_is_over(issued: Desk, news: News) -> None:
    with pytest.raises(Invalid) as wrong:
        _issue(issued, TODAY - DAY)
    assert wrong.value.errors == {"in_force_on": "before_issue"}
    _issue(issued, TODAY)
    assert all("Đã ban hành" in one for one in _told(news()).values())
    assert news(NOW + 3 * DAY) == []


def test_feeds_and_calendars_say_it_in_words(issued: Desk, browser: Browser) -> None:
    _issue(issued, TODAY)
    at = f"/theo-doi/dot/{issued.matter.slug}/"
    assert "Ban hành văn bản số 12" in browser.get(at + "tin.atom").body.decode()
    assert "có hiệu lực" in browser.get(at + "lich.ics").body.decode().replace("\r\n ", "")
    assert "Có hiệu lực từ ngày" in browser.get(f"/lay-y-kien/{issued.matter.slug}/ban-hanh/").text
