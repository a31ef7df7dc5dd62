"""Whoever the site talks to may drip, hang up or say nothing: each line ends in time, and what was to be sent waits."""

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from consult import outgoing
from consult.administration.condition import certificate
from consult.notices.sending import delivery
from consult.notices.sending.delivery import SiteFault, ToServer
from consult.notices.sending.mail import message_of
from consult.notices.telephone import gateway
from consult.notices.telephone.gateway import Message, ToAddress
from consult.sign_in.providers import wire
from consult.sign_in.providers.wire import Unreachable
from tests.notices.sending.test_mail import ROW, SENDER, letter

HOST = "127.0.0.1"
SOON = 0.3
Saying = Callable[[socket.socket], None]


@contextmanager
def saying(say: Saying) -> Iterator[int]:
    """The port of somebody who says this to one who comes, until that one has gone."""
    with socket.create_server((HOST, 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                try:
                    say(line)
                except OSError:
                    return

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def dripping(beginning: bytes, again: bytes) -> Saying:
    """Says something, and then a little now and then, for ever."""
    pause = threading.Event()

    def say(line: socket.socket) -> None:
        line.sendall(beginning)
        while not pause.wait(0.02):
            line.sendall(again)

    return say


def dripping_mail(line: socket.socket) -> None:
    """A mail server that greets, and answers the first command with lines that never end."""
    line.sendall(b"220 thu.example.vn\r\n")
    line.recv(1000)
    dripping(b"", b"250-hold on\r\n")(line)


def mute(line: socket.socket) -> None:
    """Takes everything and says nothing."""
    while line.recv(1000):
        pass


@pytest.mark.parametrize("say", [dripping(b"220 ", b"a"), dripping_mail, mute])
def test_a_mail_server_that_drips_holds_no_worker(say: Saying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SECONDS_FOR_MAIL", SOON)
    with saying(say) as port, pytest.raises(SiteFault):
        ToServer(HOST, port, starttls=False).deliver(message_of(letter(), SENDER), ROW)


def test_a_handshake_that_never_comes_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def greeting(line: socket.socket) -> None:
        line.sendall(b"220 thu.example.vn\r\n")
        line.recv(1000)
        line.sendall(b"250-thu.example.vn\r\n250 STARTTLS\r\n")
        line.recv(1000)
        line.sendall(b"220 go on\r\n")
        mute(line)

    monkeypatch.setattr(delivery, "SECONDS_FOR_MAIL", SOON)
    with saying(greeting) as port, pytest.raises(SiteFault):
        ToServer(HOST, port, starttls=True).deliver(message_of(letter(), SENDER), ROW)


@pytest.mark.parametrize(
    "say",
    [
        mute,
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"A"),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_provider_of_messages_that_drips_holds_no_worker(say: Saying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "SECONDS_FOR_GATEWAY", SOON)
    with saying(say) as port, pytest.raises(SiteFault) as told:
        ToAddress(f"http://{HOST}:{port}/").deliver(Message(ROW, "0912345678", "Xin chào", "vi"))
    assert "912" not in str(told.value)


def test_a_provider_of_identities_that_drips_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SECONDS_IN_ALL", SOON)
    with saying(dripping(b"HTTP/1.1 200 OK\r\n", b"A")) as port, pytest.raises(Unreachable):
        wire.fetched(f"http://{HOST}:{port}/")


def test_a_door_that_drips_while_its_certificate_is_read_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "PATIENCE", SOON)
    long_record = b"\x16\x03\x03\x40\x00"
    with saying(dripping(long_record, b"a")) as port, pytest.raises(certificate.NotSeen, match="no_answer"):
        certificate.end_at(f"https://{HOST}:{port}")


def test_what_was_read_whole_in_time_counts() -> None:
    with saying(lambda line: line.sendall(b"x" * 10)) as port, outgoing.line(HOST, port, 30) as line:
        assert line.recv(100) == b"x" * 10


def test_a_name_with_several_addresses_shares_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address takes nothing; the second is asked within the same time."""
    nobody = socket.create_server((HOST, 0))
    port = nobody.getsockname()[1]
    nobody.close()
    with saying(mute) as there:
        tcp = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        found = [(*tcp, (HOST, port)), (*tcp, (HOST, there))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_about, **_more: found)
        with outgoing.line("thu.example.vn", port, 30) as line:
            assert line.getpeername() == (HOST, there)


def test_the_library_still_asks_for_its_line_there() -> None:
    """`_OnLine` stands on this: a release that renames it would connect past the deadline."""
    assert "_get_socket" in smtplib.SMTP.connect.__code__.co_names
