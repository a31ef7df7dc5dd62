"""A fault of the site's own stops the start where it can be known; else mails wait until it is mended."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select
from sqlalchemy.orm import Session

import config
from consult.administration.condition import worker_checks
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, SiteFault, ToFolder, ToServer
from consult.notices.sending.mail import BadSender, Sender, message_of
from consult.notices.sending.mail_handler import MailHandler
from consult.notices.sending.mail_text import Writer
from consult.outbox.failures import LONGEST_FAULT, OwnFault
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.outbox.worker import TRIES
from consult.session_secret import secrets_of
from consult.submissions.inputs import Sender as Who
from consult.submissions.words import ContactKind
from tests.application import end, make_app
from tests.builders import NOW, make_user
from tests.notices.mailbox import HOST, Mailbox, free_port, serving
from tests.notices.sending.test_mail import ROW, SENDER, letter
from tests.responses.desk_builder import make_desk

MAI = Who("Mai", contact_kind=ContactKind.MAIL, contact="mai@example.invalid")


class Unwilling(Mailbox):
    """A mail server that answers one command with what it is given."""

    def __init__(self, **answers: str) -> None:
        super().__init__()
        self.answers = answers

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Whether a sender is taken."""
        envelope.mail_from = address
        return self.answers.get("sender", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Whether a recipient is taken."""
        if "recipient" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("recipient", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Whether the words are taken."""
        return self.answers["data"] if "data" in self.answers else await super().handle_DATA(server, session, envelope)


@contextmanager
def refusing_logins() -> Iterator[int]:
    """A mail server that knows nobody."""

    def nobody(*_about: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    more = {"authenticator": nobody, "auth_require_tls": False}
    controller = Controller(Mailbox(), hostname=HOST, port=free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.mark.parametrize(
    "answers",
    [
        {"sender": "550 5.7.1 sender refused"}, {"sender": "553 5.1.8 sender unknown"}, {"sender": "451 4.3.0 later"},
        {"recipient": "554 5.7.1 relay access denied"}, {"recipient": "550 5.7.1 unable to relay"},
        {"recipient": "530 5.7.0 authentication required"}, {"recipient": "503 bad sequence"},
        {"data": "554 5.6.0 message refused"}, {"data": "452 4.3.1 disk full"},
    ],
)  # fmt: skip
def test_what_is_no_word_on_the_recipient_waits_for_a_repair(answers: dict[str, str]) -> None:
    with serving(Unwilling(**answers)) as port, pytest.raises(SiteFault):
        ToServer(HOST, port, starttls=False).deliver(message_of(letter(), SENDER), ROW)


@pytest.mark.parametrize("answer", ["550 no such mailbox", "550 5.1.1 unknown", "553 5.1.3 bad", "552 5.2.2 full"])
def test_what_is_said_of_the_recipient_for_good_is_given_up(answer: str) -> None:
    with serving(Unwilling(recipient=answer)) as port, pytest.raises(RecipientRefused):
        ToServer(HOST, port, starttls=False).deliver(message_of(letter(), SENDER), ROW)


def test_a_recipient_put_off_is_neither() -> None:
    with serving(Unwilling(recipient="450 4.2.1 greylisted")) as port, pytest.raises(DeliveryFailed) as failed:
        ToServer(HOST, port, starttls=False).deliver(message_of(letter(), SENDER), ROW)
    assert not isinstance(failed.value, SiteFault)


@pytest.mark.parametrize("host", ["mail", "no-such-host.invalid", "a..b", "x" * 70, ""])
def test_a_server_that_is_not_there_waits_for_a_repair(host: str) -> None:
    with pytest.raises(SiteFault):
        ToServer(host or HOST, free_port(), starttls=False).deliver(message_of(letter(), SENDER), ROW)


@pytest.mark.parametrize(("user", "password"), [("gop-y", "wrong"), ("góp-ý", "mật khẩu")])
def test_a_sign_in_that_is_refused_waits_for_a_repair(user: str, password: str) -> None:
    with refusing_logins() as port, pytest.raises(SiteFault):
        ToServer(HOST, port, user, password, starttls=False).deliver(message_of(letter(), SENDER), ROW)


def test_a_server_without_tls_or_a_good_certificate_waits_for_a_repair() -> None:
    with serving(Mailbox()) as port, pytest.raises(SiteFault):
        ToServer(HOST, port, starttls=True).deliver(message_of(letter(), SENDER), ROW)
    assert issubclass(ssl.SSLError, OSError)


def test_a_full_disk_waits_for_a_repair(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("no folder")
    with pytest.raises(SiteFault):
        ToFolder(tmp_path / "mail").deliver(message_of(letter(), SENDER), ROW)


@pytest.mark.parametrize("setting", ["Cổng", "gop-y@", "a@b.vn\nBcc: c@d.vn", "Cổng <gop-ý@coquan.vn>"])
def test_a_sender_that_is_none_is_no_fault_of_a_recipient(setting: str) -> None:
    with pytest.raises(BadSender):
        message_of(letter(), Sender(setting, "https://gopy.vn"))


def test_a_mail_waits_as_long_as_the_site_is_not_in_order_and_goes_after_the_repair(
    sqlite_url: str, tmp_path: Path
) -> None:
    port = free_port()
    settings = {"SMTP_HOST": HOST, "SMTP_PORT": port, "SMTP_STARTTLS": False, "MAIL_FROM": "Sở TN, MT <gop-y@x.vn>"}
    app = make_app(sqlite_url, tmp_path, **settings)
    worker, now = app.extensions["consult.worker"], NOW
    with app.extensions["consult.database"].session() as session:
        make_desk(session).receive("Một.", sender=MAI)
        for _ in range(3 * TRIES):
            worker.work_once(now)
            now += timedelta(hours=6)
        wanted = select(OutboxMessage).where(OutboxMessage.event == "mail_requested")
        [mail] = session.scalars(wanted).all()
        assert (mail.given_up_at, mail.attempts) == (None, 0) and (mail.last_error or "").startswith("OwnFault: ")
        assert mail.run_at - (now - timedelta(hours=6)) <= LONGEST_FAULT
        found = worker_checks.mail(session, now)
        assert (found.reason, found.details["count"]) == ("own_fault", 1)
        box = Mailbox()
        controller = Controller(box, hostname=HOST, port=port)
        controller.start()
        worker.work_once(now)
        controller.stop()
        session.rollback()
        assert mail.done_at == now and [one["To"] for one in box.mails] == ["mai@example.invalid"]
    end(app)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"MAIL_FROM": "Cổng góp ý"}, "CONSULT_SMTP_FROM"), ({"MAIL_FROM": "gop-ý@coquan.vn"}, "CONSULT_SMTP_FROM"),
        ({"MAIL_FROM": "Cổng\n<a@b.vn>"}, "CONSULT_SMTP_FROM"), ({"MAIL_FROM": "a@b.vn, c@d.vn"}, "CONSULT_SMTP_FROM"),
        ({"OPERATOR_MAIL": "nobody"}, "CONSULT_OPERATOR_MAIL"),
        ({"SMTP_HOST": "mail", "SITE_URL": "http://gopy"}, "CONSULT_SMTP_FROM"),
        ({"SMTP_HOST": "smtp.vn:587"}, "CONSULT_SMTP_HOST"), ({"SMTP_HOST": "a..b"}, "CONSULT_SMTP_HOST"),
        ({"SMTP_HOST": "smtp vn"}, "CONSULT_SMTP_HOST"), ({"SMTP_HOST": "https://smtp.vn"}, "CONSULT_SMTP_HOST"),
        ({"SMTP_HOST": "smtp.vn", "SMTP_USER": "góp-ý"}, "CONSULT_SMTP_USER"),
        ({"SMTP_HOST": "smtp.vn", "SMTP_PASSWORD": "mật khẩu"}, "CONSULT_SMTP_PASSWORD"),
    ],
)  # fmt: skip
def test_what_can_be_known_before_stops_the_start(
    sqlite_url: str, tmp_path: Path, settings: dict[str, Any], named: str
) -> None:
    with pytest.raises(config.Misconfigured, match=named):
        make_app(sqlite_url, tmp_path, **settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"MAIL_FROM": "Sở TN, MT <a@b.vn>", "SMTP_HOST": "mail"}, {"MAIL_FROM": '"Sở \\"X\\"" <a@b.vn>'},
        {"SMTP_HOST": "10.0.0.7", "MAIL_FROM": "a@b.vn"}, {"SMTP_HOST": "::1", "MAIL_FROM": "a@b.vn"},
    ],
)  # fmt: skip
def test_what_is_in_order_starts(sqlite_url: str, tmp_path: Path, settings: dict[str, Any]) -> None:
    end(make_app(sqlite_url, tmp_path, **settings))


def test_a_text_that_cannot_be_written_is_no_fault_of_a_recipient(session: Session, tmp_path: Path) -> None:
    user = make_user(session)
    mail = session.get_one(OutboxMessage, emit(session, "mail_requested", NOW, notice="invited", user_id=str(user.id)))
    nothing_written = Writer(tmp_path, "", "https://gopy.vn")
    secrets, way = secrets_of({"SECRET_KEY": "x"}), ToFolder(tmp_path)
    handler = MailHandler(nothing_written, SENDER, way, lambda *_: "", secrets, lambda _branch: "")
    with pytest.raises(OwnFault, match="TemplateNotFound"):
        handler.send(session, [mail], NOW)
