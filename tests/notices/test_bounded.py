"""Nobody can have a stranger's mailbox filled: a few mails a day, and the answers of a day in one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.notices import mail_limits
from consult.notices.models import MailsOfDay
from consult.outbox.models import OutboxMessage
from consult.submissions.inputs import Sender
from consult.submissions.words import Channel, ContactKind
from tests.builders import NOW
from tests.notices.mailbox import body_of, in_folder
from tests.responses.desk_builder import Desk, make_desk

VICTIM = Sender("Ai đó", contact_kind=ContactKind.MAIL, contact="nan.nhan@example.invalid")
Mails = Callable[..., list[EmailMessage]]


@pytest.fixture
def mails(app: Flask) -> Mails:
    """Lets the worker of the site do everything that is due at a moment, then gives all mails so far."""

    def after_the_worker(now: datetime = NOW) -> list[EmailMessage]:
        while app.extensions["consult.worker"].work_once(now):
            pass
        return in_folder(Path(app.config["MAIL_FOLDER"]))

    return after_the_worker


@pytest.fixture
def desk(app_session: Session) -> Desk:
    return make_desk(app_session, title="Quyết định về phân loại rác")


def left_out(session: Session) -> list[OutboxMessage]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.last_error == mail_limits.ENOUGH)))


def test_a_stranger_gets_a_few_receipts_a_day(desk: Desk, mails: Mails) -> None:
    for number in range(12):
        address = VICTIM.contact.upper() if number % 2 else VICTIM.contact
        sender = Sender("", contact_kind=ContactKind.MAIL, contact=address)
        desk.receive(f"Ý kiến {number}", sender=sender, channel=Channel.API if number % 3 else Channel.WEB)
    desk.receive("Của người khác", sender=Sender("", contact_kind=ContactKind.MAIL, contact="khac@example.invalid"))
    told = [str(mail["To"]).lower() for mail in mails()]
    assert told.count(VICTIM.contact) == mail_limits.MOST and "khac@example.invalid" in told
    assert len(left_out(desk.session)) == 12 - mail_limits.MOST
    assert all(row.done_at == NOW for row in left_out(desk.session))
    for row in desk.session.scalars(select(MailsOfDay)):
        assert "@" not in row.address


def test_labels_and_ways_of_writing_make_no_further_mailboxes(desk: Desk, mails: Mails) -> None:
    for number in range(12):
        address = VICTIM.contact.replace("@", f"+{number}@") if number % 2 else VICTIM.contact.upper()
        sender = Sender("", contact_kind=ContactKind.MAIL, contact=address)
        desk.receive(f"Ý kiến {number}", sender=sender)
    assert len(mails()) == mail_limits.MOST


def test_the_next_day_is_another_day(desk: Desk, mails: Mails) -> None:
    for number in range(mail_limits.MOST + 1):
        desk.receive(f"Ý kiến {number}", sender=VICTIM)
    before = len(mails())
    desk.receive("Hôm sau", sender=VICTIM)
    assert len(mails(NOW + timedelta(days=1))) == before + 1


def test_what_a_secretary_records_is_told_each_time(desk: Desk, mails: Mails) -> None:
    for number in range(12):
        desk.receive(
            f"Phiếu giấy {number}", sender=VICTIM, channel=Channel.IN_PERSON, recorded_by_id=desk.officer.user_id,
            received_at=(desk.matter.opens_at or NOW) + timedelta(days=1), received_reason="Nhận tại xã",
        )  # fmt: skip
    assert len(mails()) == 12 and not left_out(desk.session)


def test_answers_beyond_the_bound_come_in_one_mail_the_next_morning(desk: Desk, mails: Mails) -> None:
    numbers = [number for word in range(9) for number in desk.receive(f"Ý kiến {word}", sender=VICTIM)]
    before = len(mails())
    for number in numbers:
        desk.answer(number)
    assert len(mails()) == before, "the receipts were as many as a day has"
    morning = clock.start_of_day(clock.local_day(NOW) + timedelta(days=1)) + mail_limits.MORNING
    assert len(mails(morning - timedelta(minutes=1))) == before
    [told] = mails(morning)[before:]
    assert told["To"] == VICTIM.contact and told["Subject"] == "Nhiều ý kiến của ông/bà đã được trả lời"
    assert all(f"Ý kiến số {number}:" in body_of(told) for number in numbers)
    assert len(mails(morning + timedelta(days=1))) == before + 1


def test_an_honest_sender_is_told_at_once(desk: Desk, mails: Mails) -> None:
    numbers = desk.receive("Một ý kiến", sender=VICTIM, language="en")
    desk.answer(*numbers)
    assert {mail["Subject"] for mail in mails()} == {"Received: your comment no. 1", "Answered: your comment no. 1"}


def test_counts_of_days_long_past_go(app: Flask, desk: Desk) -> None:
    mail_limits.enough(desk.session, "a@example.invalid", NOW - timedelta(days=9), 5)
    mail_limits.enough(desk.session, "a@example.invalid", NOW, 5)
    desk.session.commit()
    app.extensions["consult.worker"].tidy(NOW)
    desk.session.rollback()
    assert [row.day for row in desk.session.scalars(select(MailsOfDay))] == [clock.local_day(NOW)]
