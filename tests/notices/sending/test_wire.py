"""What went over SMTP is what was written: every address of the rule, every name with its blanks."""

import string
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.notices.sending.delivery import ToServer
from consult.notices.sending.mail import Letter, Sender, message_of
from consult.people import mail_addresses
from tests.notices.mailbox import HOST, Mailbox, serving
from tests.notices.sending.test_mail import AT, ROW, SENDER, letter

SYLLABLES = (
    "Sở",
    "Nông",
    "nghiệp",
    "và",
    "Môi",
    "trường",
    "tỉnh",
    "Thái",
    "Nguyên",
    "Ủy",
    "ban,",
    "“Mặt",
    "trận”",
    "Đ.",
)
Server = tuple[Mailbox, ToServer]
ALPHABET = string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-.@ ,;:<>()[]\"\\\n\tđĐềß\u3002\uff20\u00ad"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A mail server, and the way to it."""
    box = Mailbox()
    with serving(box) as port:
        yield box, ToServer(HOST, port, starttls=False)


def arrived(server: Server, sender: Sender, one: Letter) -> tuple[Mailbox, str]:
    """What one mail was when it arrived: the server, and whom it was for."""
    box, way = server
    box.envelopes.clear()
    way.deliver(message_of(one, sender), ROW)
    [envelope] = box.envelopes
    return box, envelope.rcpt_tos[0]


def sender_read(content: bytes) -> tuple[str, str]:
    """Name and address of From as RFC 2047 has them read: what stands between two encoded words is no blank. (Python's
    newer parser takes it for one, as its writer leaves it out.)"""
    shown = str(make_header(decode_header(str(message_from_bytes(content, policy=compat32)["From"]))))
    name, _, address = shown.rpartition(" <")
    return name, address.removesuffix(">")


def taken(text: str) -> bool:
    """Whether the rule takes it."""
    return mail_addresses.problem(text) is None


LABEL = st.from_regex(r"[a-z0-9đềô]([a-z0-9đềô-]{0,20}[a-z0-9đềô])?", fullmatch=True)
NAME = st.text(string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-.", min_size=1, max_size=64)
LAST = st.sampled_from(["vn", "org", "xn--p1ai", "việt"])
LABELS = st.lists(LABEL, min_size=1, max_size=9)
LIKELY = st.builds(lambda name, labels, last: f"{name}@{'.'.join([*labels, last])}", NAME, LABELS, LAST)


@given(st.one_of(LIKELY, st.text(ALPHABET, max_size=80)).filter(taken))
@settings(max_examples=300, deadline=None)
def test_what_the_rule_takes_goes_to_any_mail_server(server: Server, address: str) -> None:
    """No letter beyond ASCII is on the line: the server speaks no SMTPUTF8."""
    box, recipient = arrived(server, SENDER, letter(to=address))
    assert recipient == mail_addresses.for_server(address)
    [mail] = box.mails
    assert [one.addr_spec for one in mail["To"].addresses] == [recipient]
    assert (box.envelopes[0].original_content or b"").isascii()


@given(st.text(ALPHABET, max_size=60))
def test_what_the_rule_does_not_take_is_told_and_never_sent(address: str) -> None:
    if wrong := mail_addresses.problem(address):
        assert wrong.startswith("not_a_mail")


@pytest.mark.parametrize("length", [*range(10, 120, 7), 150, 200, 250, 300])
def test_a_name_keeps_its_blanks(server: Server, length: int) -> None:
    words = " ".join(SYLLABLES * 20)
    name = words[:length].strip()
    box, _recipient = arrived(server, Sender(f"{name} <gop-y@example.org>", "https://x.vn"), letter())
    content = box.envelopes[0].original_content or b""
    assert sender_read(content) == (name, "gop-y@example.org")
    assert max(map(len, content.split(b"\r\n"))) <= 78


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_subject_keeps_its_blanks(server: Server, words: list[str]) -> None:
    subject = " ".join(words)
    box, _recipient = arrived(server, SENDER, letter(subject=subject))
    assert box.mails[0]["Subject"] == subject


def test_a_plain_name_with_signs_is_a_name(server: Server) -> None:
    sender = Sender('"Office, of (the) \\"Province\\"" <gop-y@example.org>', "https://x.vn")
    box, _recipient = arrived(server, sender, Letter(ROW, "a@example.org", "en", "Hello", "Words", AT))
    assert sender_read(box.envelopes[0].original_content or b"")[0] == 'Office, of (the) "Province"'
    assert box.mails[0]["From"].addresses[0].display_name == 'Office, of (the) "Province"'
