"""Who gets which mail, in which words: on the site as it is wired, and what the handlers ask for on both databases."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.accounts import service as accounts
from consult.notices import recipients
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.outbox.worker import Worker
from consult.people.words import Role
from consult.sign_in import changes, invitations
from consult.sign_in.changes import Change
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.joining.service import NewJoining, join, leave
from consult.submissions.models import Submission
from consult.submissions.sender import amendment
from consult.submissions.words import ContactKind
from consult.tracking.lookup import find_joiner
from tests.application import end, make_app
from tests.builders import NOW, make_actor, make_organisation, make_user
from tests.notices.mailbox import HOST, Mailbox, body_of, in_folder, serving
from tests.responses.desk_builder import CODES, SIGNER, Desk, make_desk

MAI = Sender("Nguyễn Thị Mai", contact_kind=ContactKind.MAIL, contact="mai@example.invalid")
CUC = Sender("Trần Thị Cúc", contact_kind=ContactKind.MAIL, contact="cuc@example.invalid")
Mails = Callable[[], list[EmailMessage]]


@pytest.fixture
def mails(app: Flask) -> Mails:
    """Lets the worker of the site do everything, then gives the mails so far, oldest first."""
    worker: Worker = app.extensions["consult.worker"]

    def after_the_worker() -> list[EmailMessage]:
        while worker.work_once(NOW):
            pass
        return in_folder(Path(app.config["MAIL_FOLDER"]))

    return after_the_worker


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter whose desk answers."""
    return make_desk(app_session, title="Quyết định về phân loại rác\r\nBcc: ai@example.invalid")


def test_who_left_a_mail_address_is_told_what_was_received(desk: Desk, mails: Mails) -> None:
    desk.receive("Đổ rác ban đêm.", "Thêm xe thu gom.", sender=MAI)
    [mail] = mails()
    assert mail["To"] == "mai@example.invalid"
    assert mail["Subject"] == "Đã tiếp nhận ý kiến góp ý số 1, 2"
    body = body_of(mail)
    for number in (1, 2):
        assert f"http://localhost/lay-y-kien/{desk.matter.slug}/y-kien/{number}/" in body
    assert "http://localhost/tra-cuu/\n" in body
    assert "Bcc" not in mail


def test_what_was_said_the_code_and_the_name_stay_out_of_mails(desk: Desk, mails: Mails) -> None:
    numbers = desk.receive("Đổ rác ban đêm.", sender=MAI)
    acts.release(desk.session, desk.matter, numbers, desk.officer, NOW)
    desk.answer(*numbers, text="Tiếp thu ý kiến về ban đêm.")
    for mail in mails():
        whole = mail.as_string() + body_of(mail)
        for private in ("ban đêm", "Mai"):
            assert private not in whole


@pytest.mark.parametrize(
    "sender",
    [
        Sender("Mai"),
        Sender("Mai", contact_kind=ContactKind.TELEPHONE, contact="0912 345 678"),
    ],
)
def test_without_a_mail_address_nothing_is_sent(desk: Desk, mails: Mails, sender: Sender) -> None:
    numbers = desk.receive("Đổ rác ban đêm.", sender=sender)
    desk.answer(*numbers)
    assert mails() == []


def test_each_sender_is_told_of_their_own_answers_once(desk: Desk, mails: Mails) -> None:
    mine = desk.receive("Một.", "Hai.", sender=MAI)
    hers = desk.receive("Ba.", sender=CUC)
    before = len(mails())
    desk.answer(*mine, *hers)
    told = mails()[before:]
    by_recipient = {mail["To"]: mail for mail in told}
    assert len(told) == 2
    assert by_recipient["mai@example.invalid"]["Subject"] == "Ý kiến số 1, 2 của ông/bà đã được trả lời"
    assert by_recipient["cuc@example.invalid"]["Subject"] == "Ý kiến số 3 của ông/bà đã được trả lời"
    assert "y-kien/3/" not in body_of(by_recipient["mai@example.invalid"])


def test_who_joined_is_told_of_the_answer_and_who_left_is_not(desk: Desk, mails: Mails) -> None:
    shared = desk.receive("Một.", sender=MAI)
    acts.release(desk.session, desk.matter, shared, desk.officer, NOW)
    at = (desk.matter.opens_at or NOW) + timedelta(days=2)
    for word, contact in (("a", "an@example.invalid"), ("b", "binh@example.invalid"), ("c", "")):
        receipt = join(desk.session, desk.matter, 1, NewJoining(word * 32, at, contact, "en"), NOW, SIGNER, CODES)
        if word == "b":
            leave(desk.session, find_joiner(desk.session, receipt.code, CODES), at, NOW)
    submission = desk.session.scalars(select(Submission)).one()
    amendment.withdraw(desk.session, desk.matter, submission, shared, at, NOW)
    before = len(mails())
    desk.answer(*shared)
    [told] = mails()[before:]
    assert (told["To"], told["Subject"]) == ("an@example.invalid", "Answered: comment no. 1, which you joined")
    assert f"/en/lay-y-kien/{desk.matter.slug}/y-kien/1/" in body_of(told)


def test_who_wrote_in_english_is_answered_in_english(desk: Desk, mails: Mails) -> None:
    desk.receive("Keep the three groups.", sender=MAI, language="en")
    [mail] = mails()
    assert mail["Subject"] == "Received: your comment no. 1"
    assert mail["Content-Language"] == "en"
    assert f"http://localhost/en/lay-y-kien/{desk.matter.slug}/y-kien/1/" in body_of(mail)


def test_an_address_that_was_erased_meanwhile_gets_nothing(desk: Desk, app: Flask) -> None:
    desk.receive("Một.", sender=MAI)
    worker: Worker = app.extensions["consult.worker"]
    worker.work_once(NOW)
    submission = desk.session.scalars(select(Submission)).one()
    submission.contact_kind, submission.contact = ContactKind.NONE, ""
    desk.session.commit()
    worker.work_once(NOW)
    rows = desk.session.scalars(select(OutboxMessage).where(OutboxMessage.event == "mail_requested")).all()
    assert [row.done_at for row in rows] == [NOW]
    assert in_folder(Path(app.config["MAIL_FOLDER"])) == []


def test_an_invited_person_gets_a_link_that_works(app: Flask, app_session: Session, mails: Mails) -> None:
    administrator = make_actor(app_session, make_organisation(app_session), Role.ADMINISTRATOR)
    user = accounts.create(app_session, "dung@example.invalid", "Phạm Văn Dũng", "", administrator, NOW)
    [mail] = mails()
    assert mail["To"] == "dung@example.invalid"
    link = next(line.strip() for line in body_of(mail).splitlines() if "/dang-nhap/loi-moi/" in line)
    token = link.removeprefix("http://localhost/dang-nhap/loi-moi/").rstrip("/")
    assert invitations.read(app_session, token, app.extensions["consult.secrets"], NOW).id == user.id


@pytest.mark.parametrize("what", list(Change))
def test_who_signs_in_otherwise_is_told(app_session: Session, mails: Mails, what: Change) -> None:
    owner, other = make_user(app_session, mail="dung@example.invalid"), make_user(app_session)
    by = other if what is Change.SECOND_FACTOR_DROPPED else owner
    changes.note(app_session, owner.id, what, by.id, NOW)
    app_session.commit()
    [mail] = mails()
    body = body_of(mail)
    assert mail["To"] == "dung@example.invalid" and "10:00 23/11/2026" in body and "/tai-khoan/" in body
    goes_on = {Change.RECOVERY_CODES_MADE, Change.RECOVERY_CODE_USED, Change.NEW_DEVICE, Change.SECOND_FACTOR_DROPPED}
    assert ("thiết bị khác đã được đăng xuất" in body) == (what not in goes_on) and "loi-moi" not in body


def test_a_mail_server_that_is_away_delays_mails_and_nothing_else(sqlite_url: str, tmp_path: Path) -> None:
    box = Mailbox()
    with serving(box) as port:
        away = {"SMTP_HOST": HOST, "SMTP_PORT": port, "SMTP_STARTTLS": False, "MAIL_FROM": "gop-y@example.invalid"}
        app = make_app(sqlite_url, tmp_path, **away)
        with app.extensions["consult.database"].session() as session:
            desk = make_desk(session, Stage.RESPONDING)
            desk.receive("Một.", sender=Sender(contact_kind=ContactKind.MAIL, contact="a@busy.invalid"))
            desk.receive("Hai.", sender=Sender(contact_kind=ContactKind.MAIL, contact="a@refused.invalid"))
            desk.receive("Ba.", sender=MAI)
            while app.extensions["consult.worker"].work_once(NOW):
                pass
            rows = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "mail_requested")).all()
            said = sorted(
                (row.last_error or "sent", row.done_at is not None, row.given_up_at is not None) for row in rows
            )
        end(app)
    assert [mail["To"] for mail in box.mails] == ["mai@example.invalid"]
    assert said == [
        ("DeliveryFailed: 450", False, False),
        ("PermanentFailure: refused 550", False, True),
        ("sent", True, False),
    ]


def requested(session: Session) -> list[dict[str, Any]]:
    """What mails were asked for."""
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "mail_requested"))
    return [row.payload for row in rows]


def events(session: Session, event: str) -> list[OutboxMessage]:
    """The events of that name."""
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.event == event)))


def test_an_event_handled_twice_asks_for_each_mail_once(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.", sender=MAI) + desk.receive("Hai.") + desk.receive("Ba.", sender=CUC)
    desk.answer(*numbers)
    for _ in range(2):
        recipients.after_received(session, events(session, "comment_received"), NOW)
        recipients.after_answered(session, events(session, "answers_published"), NOW)
    asked = requested(session)
    assert sorted((one["notice"], one.get("comments")) for one in asked if one["notice"] == "answered") == [
        ("answered", [1]),
        ("answered", [3]),
    ]
    assert len(asked) == 4
    # Ids and numbers only: no word, name or address waits in the outbox.
    assert {key for one in asked for key in one} == {"notice", "submission", "comments"}


def test_the_people_of_a_body_are_told_that_they_are_asked_to_listen(
    desk: Desk, mails: Mails, app_session: Session
) -> None:
    [number] = desk.receive("Một.")
    people = desk.people["leader"], desk.people["officer"]
    emit(app_session, "listening_asked", NOW, desk.matter.id, organisation=str(desk.body.id), number=number)
    app_session.commit()
    told = {mail["To"]: mail for mail in mails()}
    assert {person.mail for person in people} <= set(told)
    mail = told[people[0].mail]
    assert mail["Subject"] == f"Nhờ nghe và chép lời ý kiến số {number}"
    assert f"/to-chuc/nghe/{desk.matter.slug}/{number}/" in body_of(mail)
