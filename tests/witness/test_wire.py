"""A witness that answers slowly, without end, or with more than its signature holds nobody up and is not believed."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from consult.witness import wire
from consult.witness.wire import Reply, add_checkpoint

Answering = Callable[[socket.socket], None]


@contextmanager
def speaking(say: Answering) -> Iterator[str]:
    """The address of somebody who says this to one who asks."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65536)
                try:
                    say(line)
                except OSError:
                    return

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def without_end(beginning: bytes, again: bytes) -> Answering:
    """Says something, and then the same for ever, a little at a time."""
    until = threading.Event()

    def say(line: socket.socket) -> None:
        line.sendall(beginning)
        while not until.wait(0.01):
            line.sendall(again)

    return say


@pytest.mark.parametrize(
    ("beginning", "again"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"A"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"A"),
    ],
)
def test_who_never_ends_is_silent(beginning: bytes, again: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SECONDS_FOR_WITNESS", 0.3)
    with speaking(without_end(beginning, again)) as address:
        assert add_checkpoint(address, "old 0\n") is None


def test_a_whole_answer_is_read_and_nobody_is_led_elsewhere() -> None:
    for status, said in ((200, "x"), (302, "")):
        head = f"HTTP/1.1 {status} So\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: {len(said)}\r\n\r\n{said}"
        with speaking(lambda line, head=head: line.sendall(head.encode())) as address:  # type: ignore[misc]
            assert add_checkpoint(address, "old 0\n") == Reply(status, said)
