"""One mail: what stands in it, that words never become headers, and how it leaves."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.db import new_id
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, ToFolder, ToServer, delivery_of
from consult.notices.sending.mail import BadAddress, Letter, Sender, message_of
from tests.notices.mailbox import HOST, Mailbox, body_of, free_port, in_folder, parsed, serving

SENDER = Sender("Cổng góp ý <gop-y@example.invalid>", "https://gop-y.example.invalid")
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ROW = new_id()


def letter(
    to: str = "ba.mai@example.invalid", subject: str = "Đã tiếp nhận ý kiến số 12", body: str = "Kính gửi…"
) -> Letter:
    """A letter to one person."""
    return Letter(ROW, to, "vi", subject, body, AT)


def test_headers_say_who_when_and_that_a_machine_wrote() -> None:
    mail = parsed(message_of(letter(), SENDER).as_bytes())
    assert mail["From"] == "Cổng góp ý <gop-y@example.invalid>"
    assert mail["To"] == "ba.mai@example.invalid"
    assert mail["Subject"] == "Đã tiếp nhận ý kiến số 12"
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"] == f"<{ROW}@example.invalid>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "vi"
    assert body_of(mail).rstrip() == "Kính gửi…"


def test_made_again_it_is_the_same_mail() -> None:
    assert message_of(letter(), SENDER).as_bytes() == message_of(letter(), SENDER).as_bytes()


def test_without_a_setting_it_comes_from_the_site_itself() -> None:
    mail = message_of(letter(), Sender("", "https://gop-y.example.invalid:8443"))
    assert mail["From"] == "no-reply@gop-y.example.invalid"
    assert mail["Message-ID"].endswith("@gop-y.example.invalid>")


@pytest.mark.parametrize(
    "address",
    [
        "", "mai", "mai@", "@example.invalid", "a@b", "a@exa\x00mple.invalid",
        "a@example.invalid\nBcc: b@example.invalid", "a@example.invalid\r\n",
        "a@example.invalid, b@example.invalid", "a@example.invalid;b@example.invalid", "Mai <a@example.invalid>",
        "a b@example.invalid", "a" * 300 + "@example.invalid", "mai(1)@example.invalid", "m(x)ai@example.invalid",
        "mai@(x)example.invalid", "mai@example.invalid(x)", "(1)mai@example.invalid", '"mai"@example.invalid',
        '"m\\ai"@example.invalid', "mai @example.invalid", "mai@[192.0.2. 1]",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        message_of(letter(to=address), SENDER)


@given(st.text(max_size=200), st.text(max_size=200))
def test_words_never_become_headers(subject: str, to: str) -> None:
    plain = set(message_of(letter(), SENDER).keys())
    try:
        mail = message_of(letter(to=to, subject=f"x{subject}"), SENDER)
    except BadAddress:
        mail = message_of(letter(subject=f"x{subject}"), SENDER)
    again = parsed(mail.as_bytes())
    assert set(again.keys()) == plain
    assert len(again["To"].addresses) == 1


def test_a_mail_server_gets_vietnamese_as_it_was_written() -> None:
    box = Mailbox()
    with serving(box) as port:
        ToServer(HOST, port, starttls=False).deliver(message_of(letter(), SENDER), ROW)
    [mail] = box.mails
    assert mail["Subject"] == "Đã tiếp nhận ý kiến số 12"
    assert body_of(mail).rstrip() == "Kính gửi…"
    assert box.envelopes[0].rcpt_tos == ["ba.mai@example.invalid"]
    assert (box.envelopes[0].original_content or b"").isascii()


def test_refused_for_good_is_told_from_refused_for_now() -> None:
    with serving(Mailbox()) as port:
        server = ToServer(HOST, port, starttls=False)
        with pytest.raises(RecipientRefused, match="^550$"):
            server.deliver(message_of(letter("a@refused.invalid"), SENDER), ROW)
        with pytest.raises(DeliveryFailed, match="^450$"):
            server.deliver(message_of(letter("a@busy.invalid"), SENDER), ROW)


def test_nothing_is_sent_in_the_open_where_starttls_is_wanted() -> None:
    box = Mailbox()
    with serving(box) as port, pytest.raises(DeliveryFailed):
        ToServer(HOST, port, "user", "password").deliver(message_of(letter(), SENDER), ROW)
    assert box.envelopes == []


def test_a_failure_names_no_address() -> None:
    with pytest.raises(DeliveryFailed) as failure:
        ToServer(HOST, free_port()).deliver(message_of(letter(), SENDER), ROW)
    assert str(failure.value) == "ConnectionRefusedError"


def test_a_folder_keeps_one_file_of_a_mail_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    for _ in range(2):
        ToFolder(folder).deliver(message_of(letter(), SENDER), ROW)
    [path] = list(folder.iterdir())
    assert path.name == f"{ROW}.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert in_folder(folder)[0]["Subject"] == "Đã tiếp nhận ý kiến số 12"


def test_the_settings_name_the_way_out(tmp_path: Path) -> None:
    settings = {
        "SMTP_HOST": "", "SMTP_PORT": 587, "SMTP_USER": "u", "SMTP_PASSWORD": "p", "SMTP_STARTTLS": True,
        "MAIL_FOLDER": tmp_path,
    }  # fmt: skip
    assert delivery_of(settings) == ToFolder(tmp_path)
    assert delivery_of({**settings, "SMTP_HOST": "mail.example.invalid"}) == ToServer(
        "mail.example.invalid", 587, "u", "p", True
    )
