"""What comes in on a connection, and until when it is waited for.

Time between two pieces bounds nothing: who sends one byte every other second would hold a thread for days. So it is
counted from one moment for all that is still to come. Behind our proxy a request lies there whole before it is passed
on, and none of this is felt.
"""

import socket
import time

INCOMING = "consult.incoming"
"""In the environment of a request: its connection, as an `Incoming`."""

AT_FIRST = 15.0
"""Seconds that a body may take, and more for what came of it already."""
SLOWEST = 4096
"""Bytes of a body in a second: who is slower for long is waited for no more."""


class Incoming:
    """A connection on which gunicorn reads the body of a request."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.wait(AT_FIRST, earns=SLOWEST)

    def wait(self, altogether: float, pause: float | None = None, earns: float = float("inf")) -> None:
        """From now on all that still comes must come within so many seconds, and each piece of it within `pause`; so
        many bytes earn a second more."""
        self.ends, self.pause, self.earns = time.monotonic() + altogether, pause, earns

    def recv(self, size: int) -> bytes:
        """The next piece. Raises TimeoutError when it does not come in time."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        before = self.connection.gettimeout()
        self.connection.settimeout(min(left, self.pause or left))
        try:
            piece = self.connection.recv(size)
        finally:
            # What is answered then may take its time.
            self.connection.settimeout(before)
        self.ends += len(piece) / self.earns
        return piece

    def gettimeout(self) -> float | None:
        """As of the connection."""
        return self.connection.gettimeout()

    def settimeout(self, seconds: float | None) -> None:
        """As of the connection; what was said in `wait` still holds."""
        self.connection.settimeout(seconds)
