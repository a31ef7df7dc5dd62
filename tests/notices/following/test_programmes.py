"""Following a programme, or the promises in a commune or of a body: one mail a morning, and nothing told twice."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import new_id
from consult.errors import NotFound
from consult.notices.following import followers, programme_mails, subjects
from consult.notices.models import Follower
from consult.notices.words import Followed
from consult.outbox.models import OutboxMessage
from consult.programme import promises
from consult.programme.promise_models import Promise
from tests.builders import NOW, make_area
from tests.notices.mailbox import body_of
from tests.pages import Browser
from tests.programme.scene import Parties, make_parties
from tests.statements import statements_of

News = Callable[..., list[EmailMessage]]
LAN = "lan@example.invalid"


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune."""
    return make_parties(app_session)


@pytest.fixture
def owed(parties: Parties) -> Promise:
    """A recommendation to the commune, about an area."""
    one = parties.recommended(parties.round(parties.programme()), days=30)
    one.area_id = make_area(parties.session, "Xã Chợ Đồn").id
    parties.session.commit()
    return one


def follow(session: Session, kind: Followed, key: str, address: str = LAN, language: str = "vi") -> Follower:
    """Somebody who follows, and confirmed it some days ago."""
    before = NOW - timedelta(days=2)
    subject = subjects.find(session, kind, key, before)
    followers.subscribe(session, subject, address, language, before)
    named = (Follower.kind == kind, Follower.subject == subject.subject)
    found = session.scalars(select(Follower).where(*named).order_by(Follower.id)).all()[-1]
    followers.confirm(session, found.token, before)
    session.commit()
    return found


def of_the_next_morning(session: Session, news: News, days: int = 1) -> list[EmailMessage]:
    """The mails of the morning so many days after the scene."""
    morning = clock.start_of_day(clock.local_day(NOW) + timedelta(days=days)) + timedelta(hours=8)
    news(NOW)
    programme_mails.plan(session, morning)
    session.commit()
    return [one for one in news(morning) if "Unsubscribe" in str(one.items()) and one["To"] == LAN]


def test_each_morning_tells_once_what_became_public(parties: Parties, owed: Promise, news: News) -> None:
    follow(parties.session, Followed.PROGRAMME, owed.matter.slug)
    [mail] = of_the_next_morning(parties.session, news)
    told = body_of(mail)
    for words in ("Cam kết mới: Thu gom hằng ngày", "Đợt giám sát có nội dung mới", owed.path):
        assert words in told
    assert of_the_next_morning(parties.session, news) == []


def test_nothing_is_told_twice_to_one_mailbox(parties: Parties, owed: Promise, news: News) -> None:
    session = parties.session
    assert owed.area is not None
    follow(session, Followed.PROGRAMME, owed.matter.slug)
    follow(session, Followed.PROMISES_OF_BODY, str(parties.commune.id))
    follow(session, Followed.PROMISES_OF_AREA, subjects.area_key(owed.area))
    [mail] = of_the_next_morning(session, news)
    assert body_of(mail).count("Thu gom hằng ngày") == 1


def test_who_follows_a_commune_is_told_what_became_late(parties: Parties, owed: Promise, news: News) -> None:
    session = parties.session
    assert owed.area is not None
    follow(session, Followed.PROMISES_OF_AREA, subjects.area_key(owed.area), language="en")
    of_the_next_morning(session, news)
    [mail] = of_the_next_morning(session, news, 31)
    assert "Late: Thu gom hằng ngày" in body_of(mail) and mail["Subject"].startswith("1 news of")


def test_what_waits_for_other_eyes_is_told_to_nobody(parties: Parties, owed: Promise, news: News) -> None:
    session = parties.session
    follow(session, Followed.PROMISES_OF_BODY, str(parties.commune.id))
    promises.say(session, owed, "answer", "Chưa ai xem.", None, parties.of_commune, NOW)
    [mail] = of_the_next_morning(session, news)
    assert "Trả lời" not in body_of(mail)


def test_who_confirmed_later_is_told_of_nothing_before(parties: Parties, owed: Promise, news: News) -> None:
    follower = follow(parties.session, Followed.PROGRAMME, owed.matter.slug)
    follower.confirmed_at = NOW + timedelta(days=1)
    parties.session.commit()
    assert of_the_next_morning(parties.session, news) == []


def test_one_press_ends_it(app: Flask, parties: Parties, owed: Promise, news: News, browser: Browser) -> None:
    follow(parties.session, Followed.PROMISES_OF_BODY, str(parties.commune.id))
    [mail] = of_the_next_morning(parties.session, news)
    path = urlsplit(mail["List-Unsubscribe"].strip("<>")).path
    assert browser.client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    parties.session.rollback()
    assert parties.session.scalars(select(Follower)).all() == []


def test_the_page_asks_and_hidden_programmes_are_not_there(parties: Parties, owed: Promise, browser: Browser) -> None:
    hidden = parties.programme(public=False, title="Chưa công khai")
    with pytest.raises(NotFound):
        subjects.find(parties.session, Followed.PROGRAMME, hidden.matter.slug, NOW)
    for key in (str(owed.id), "không phải"):
        browser.get(f"/theo-doi/cam-ket-cua/{key}/", status=404)
    page = browser.get(f"/chuong-trinh/{owed.matter.slug}/").click("Theo dõi qua thư")
    assert page.submit({"Địa chỉ thư điện tử": LAN}, button="Gửi thư xác nhận").heading == "Xin xem hộp thư"
    board = browser.get(f"/cam-ket/?co-quan={parties.commune.id}").click(f"Theo dõi qua thư: {parties.commune.name}")
    assert parties.commune.name in board.text
    browser.get(f"/theo-doi/cam-ket-cua/{parties.commune.id}/tin.atom", status=404)


def test_what_many_follow_is_read_once(parties: Parties, owed: Promise) -> None:
    session, counts = parties.session, []
    for many in (1, 4):
        for number in range(many):
            follow(session, Followed.PROGRAMME, owed.matter.slug, f"nguoi-{many}-{number}@example.invalid")
        message = OutboxMessage(id=new_id(), payload={"day": clock.local_day(NOW).isoformat()}, created_at=NOW)
        with statements_of(session) as told:
            programme_mails.after_day(session, [message], NOW)
        counts.append(sum("FROM promise" in one for one in told))
    assert counts[0] == counts[1] > 0
