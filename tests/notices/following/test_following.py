"""Following by mail without an account: a scanner that opens everything neither confirms nor ends, and nobody's address
stays longer than they follow."""

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
from consult.consultations.preparation import publication
from consult.errors import Invalid
from consult.notices.following import followers, subjects
from consult.notices.models import Follower
from consult.notices.undelivered import mails as undelivered
from consult.notices.words import Followed
from consult.outbox.models import OutboxMessage
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.words import ContactKind
from tests.builders import NOW, make_area, make_consultation
from tests.consultations.revised import revise
from tests.notices.mailbox import body_of
from tests.pages import Browser
from tests.responses.desk_builder import Desk

News = Callable[..., list[EmailMessage]]
LAN = "lan@example.invalid"


def follow(
    session: Session, desk: Desk, key: str = "", kind: Followed = Followed.MATTER, address: str = LAN
) -> Follower:
    """Somebody who follows the matter of the desk, confirmed."""
    subject = subjects.find(session, kind, key or desk.matter.slug, NOW)
    followers.subscribe(session, subject, address, "vi", NOW)
    found = session.scalars(select(Follower).where(Follower.subject == subject.subject).order_by(Follower.id)).all()[-1]
    followers.confirm(session, found.token, NOW)
    return found


def links_of(mail: EmailMessage) -> list[str]:
    """The paths of every address in a mail."""
    return [urlsplit(one).path for one in re.findall(r"https?://\S+", body_of(mail))]


def test_a_scanner_that_opens_everything_confirms_and_ends_nothing(
    app: Flask, app_session: Session, desk: Desk, news: News, browser: Browser
) -> None:
    desk.matter.title = "Quyết định về phân loại rác"
    app_session.commit()
    page = browser.get(f"/theo-doi/dot/{desk.matter.slug}/").submit(
        {"Địa chỉ thư điện tử": LAN}, button="Gửi thư xác nhận"
    )
    assert page.opened and page.heading == "Xin xem hộp thư" and LAN not in page.html
    [mail] = news(clock.now())
    assert mail["To"] == LAN and "Quyết định về phân loại rác" in mail["Subject"]
    for path in [*links_of(mail), urlsplit(mail["List-Unsubscribe"].strip("<>")).path]:
        browser.get(path)
    [follower] = app_session.scalars(select(Follower)).all()
    app_session.refresh(follower)
    assert follower.confirmed_at is None
    confirming = next(path for path in links_of(mail) if "/thu/" in path)
    page = browser.get(confirming).submit(button="Xác nhận theo dõi")
    assert page.heading == "Đang theo dõi" and page.opened and LAN not in page.html
    for path in [confirming, f"{confirming}thoi/"]:
        browser.get(path)
    app_session.rollback()
    app_session.refresh(follower)
    assert follower.confirmed_at is not None
    page = browser.get(f"{confirming}thoi/").submit(button="Thôi theo dõi, xóa địa chỉ của tôi")
    assert page.heading == "Đã thôi theo dõi" and page.opened
    app_session.rollback()
    assert app_session.scalars(select(Follower)).all() == []
    assert browser.get(confirming, status=404).heading == "Địa chỉ này không còn dùng được"
    assert browser.get(f"{confirming}thoi/").heading == "Đã thôi theo dõi"


def test_two_subscriptions_of_one_mailbox_are_one(desk: Desk, news: News) -> None:
    own = desk.session
    for address in (LAN, "LAN@example.invalid", "lan+rac@example.invalid"):
        followers.subscribe(own, subjects.find(own, Followed.MATTER, desk.matter.slug, NOW), address, "vi", NOW)
    [follower] = own.scalars(select(Follower)).all()
    assert [mail["To"] for mail in news()] == [LAN] * 3
    followers.confirm(own, follower.token, NOW)
    followers.subscribe(own, subjects.find(own, Followed.MATTER, desk.matter.slug, NOW), LAN, "vi", NOW)
    [already] = news()
    assert already["Subject"].startswith("Đã theo dõi") and f"/thu/{follower.token}/thoi/" in body_of(already)


def test_one_mailbox_gets_a_few_such_mails_a_day(app: Flask, desk: Desk, news: News) -> None:
    subject = subjects.find(desk.session, Followed.MATTER, desk.matter.slug, NOW)
    for _ in range(8):
        followers.subscribe(desk.session, subject, LAN, "vi", NOW)
    assert len(news()) == app.config["MAILS_OF_ADDRESS"]


def test_one_line_asks_for_no_more_than_so_many(desk: Desk, browser: Browser) -> None:
    page = browser.get(f"/theo-doi/dot/{desk.matter.slug}/")
    for number in range(60):
        page.submit({"Địa chỉ thư điện tử": f"a{number}@example.invalid"}, button="Gửi thư xác nhận")
    refused = page.submit({"Địa chỉ thư điện tử": LAN}, button="Gửi thư xác nhận")
    assert refused.status == 429 and LAN in refused.html


def test_what_is_typed_wrongly_is_told_and_kept(desk: Desk, browser: Browser) -> None:
    page = browser.get(f"/theo-doi/dot/{desk.matter.slug}/").submit(
        {"Địa chỉ thư điện tử": "lan@"}, button="Gửi thư xác nhận"
    )
    assert page.status == 422 and page.errors() and 'value="lan@"' in page.html
    with pytest.raises(Invalid, match="required"):
        followers.subscribe(
            desk.session, subjects.find(desk.session, Followed.MATTER, desk.matter.slug, NOW), " ", "vi", NOW
        )


def test_a_program_of_mails_ends_it_at_once(desk: Desk, news: News, browser: Browser) -> None:
    """RFC 8058: by one POST without a cookie, a ticket or a redirect."""
    follow(desk.session, desk)
    news()
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    [mail] = news()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(mail["List-Unsubscribe"].strip("<>")).path
    answer = browser.client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    desk.session.rollback()
    assert desk.session.scalars(select(Follower)).all() == []


def test_who_follows_several_things_and_has_sent_is_told_once(desk: Desk, news: News) -> None:
    desk.receive("Một.", sender=Sender("Lan", contact_kind=ContactKind.MAIL, contact=LAN))
    follow(desk.session, desk)
    follow(desk.session, desk, "moi-truong", Followed.FIELD)
    follow(desk.session, desk, f"{desk.matter.slug}/du-thao/1/d2", Followed.CLAUSE)
    news()
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    [mail] = news()
    assert mail["To"] == LAN and "đã dừng" in mail["Subject"]


def test_who_follows_a_clause_is_told_of_its_answers_alone(desk: Desk, news: News) -> None:
    numbers = desk.receive("Một.", "Hai.")
    follow(desk.session, desk, f"{desk.matter.slug}/du-thao/1/d2", Followed.CLAUSE)
    follow(desk.session, desk, f"{desk.matter.slug}/du-thao/1/d3", Followed.CLAUSE, "ba@example.invalid")
    follow(desk.session, desk, address="matter@example.invalid")
    news()
    desk.answer(*numbers)
    assert news() == []
    told = {mail["To"]: mail for mail in news(NOW + timedelta(days=1))}
    assert set(told) == {LAN, "matter@example.invalid"}
    assert told[LAN]["Subject"].startswith("Có thêm 2 ý kiến được trả lời")


def test_a_new_draft_is_told_and_the_clause_goes_with_its_node(desk: Desk, news: News) -> None:
    follower = follow(desk.session, desk, f"{desk.matter.slug}/du-thao/1/d3", Followed.CLAUSE)
    desk.receive("Một.", sender=Sender("Lan", contact_kind=ContactKind.MAIL, contact="ba@example.invalid"))
    news()
    revise(desk.session, desk.matter, desk.publisher)
    assert {mail["To"] for mail in news()} == {LAN, "ba@example.invalid"}
    subject = subjects.of_follower(desk.session, follower, NOW)
    assert subject is not None and subject.place is not None and subject.place.revision == 2
    newest = subjects.find(desk.session, Followed.CLAUSE, subject.key, NOW)
    assert newest.subject == follower.subject and len(newest.line) == 2


def test_who_follows_a_commune_or_a_field_is_told_of_what_is_new(desk: Desk, news: News) -> None:
    area = make_area(desk.session, "Xã Phong Quang")
    follow(desk.session, desk, f"{area.code}/{area.valid_from}", Followed.AREA)
    follow(desk.session, desk, "moi-truong", Followed.FIELD, "ba@example.invalid")
    news()
    make_consultation(desk.session, Stage.OPEN, field="Đất đai", area_id=area.id, opened_before=0)
    [mail] = news()
    assert mail["To"] == LAN and mail["Subject"].startswith("Mới lấy ý kiến") and "Xã Phong Quang" in body_of(mail)
    make_consultation(desk.session, Stage.OPEN, field="Môi trường", opened_before=0)
    assert [mail["To"] for mail in news()] == ["ba@example.invalid"]


def test_a_mailbox_that_is_not_there_is_forgotten_and_shown_to_nobody(desk: Desk, news: News, app: Flask) -> None:
    follower = follow(desk.session, desk)
    follower.address = "không phải địa chỉ"
    desk.session.commit()
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    news()
    assert desk.session.scalars(select(Follower)).all() == []
    assert undelivered.of_matter(desk.session, desk.matter) == []


def test_what_nobody_confirms_is_forgotten(desk: Desk) -> None:
    subject = subjects.find(desk.session, Followed.MATTER, desk.matter.slug, NOW)
    followers.subscribe(desk.session, subject, LAN, "vi", NOW)
    follow(desk.session, desk, address="ba@example.invalid")
    followers.forget_unconfirmed(desk.session, NOW + timedelta(days=6))
    assert len(desk.session.scalars(select(Follower)).all()) == 2
    followers.forget_unconfirmed(desk.session, NOW + timedelta(days=8))
    [left] = desk.session.scalars(select(Follower)).all()
    assert left.address == "ba@example.invalid"


def test_no_address_waits_in_the_outbox(desk: Desk) -> None:
    follow(desk.session, desk)
    assert not [one for one in desk.session.scalars(select(OutboxMessage)) if LAN in str(one.payload)]
