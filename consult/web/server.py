"""The processes of the site: gunicorn's, with the moment of arrival taken at the door.

Named where gunicorn is started: `--worker-class consult.web.server.Doorkeeper`.
"""

import errno
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from flask import Flask, Response
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

from consult import clock
from consult.web import errors
from consult.web.arriving import REACHED

SO_TIMESTAMPNS = 35
"""The kernel notes when each packet came in (Linux; Python has no name for it)."""

TIMESTAMP = struct.Struct("@ll")
GONE_AGAIN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED}
"""Another process was quicker, or the visitor has left."""


def reached(connection: socket.socket) -> float:
    """When the first byte that waits on a connection came in, in seconds of the epoch: by the kernel's account where it
    keeps one, otherwise now."""
    now = clock.now().timestamp()
    try:
        said = connection.recvmsg(1, socket.CMSG_SPACE(TIMESTAMP.size), socket.MSG_PEEK | socket.MSG_DONTWAIT)[1]
    except OSError:
        return now
    for level, kind, data in said:
        if (level, kind, len(data)) == (socket.SOL_SOCKET, SO_TIMESTAMPNS, TIMESTAMP.size):
            seconds, billionths = TIMESTAMP.unpack(data)
            return min(now, seconds + billionths / 1e9)
    return now


class Unsent:
    """Takes what gunicorn would say to a visitor, so that the site can say it instead."""

    def __init__(self) -> None:
        self.said = b""

    def gettimeout(self) -> float:
        """As of a connection that waits for nothing."""
        return 0.0

    def sendall(self, data: bytes) -> None:
        """Keeps what was said."""
        self.said += data

    @property
    def status(self) -> int:
        """The status of the answer."""
        return int(self.said.split(maxsplit=2)[1])


def as_sent(answer: Response) -> bytes:
    """An answer as it goes over the wire, before the connection is closed."""
    lines = [f"HTTP/1.1 {answer.status}", "Connection: close", *(f"{name}: {value}" for name, value in answer.headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.get_data()


class Doorkeeper(ThreadWorker):
    """Notes when a request comes to the socket, before it waits for a thread; a connection on which nothing is said
    waits at the door and takes no thread at all."""

    wsgi: Any

    def init_process(self) -> None:
        """Has the kernel note the times of packets, then serves."""
        self.served = threading.local()
        for listener in self.sockets:
            listener.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        super().init_process()

    def load_wsgi(self) -> None:
        """The application, told when each request came in."""
        super().load_wsgi()
        self.site: Flask = self.wsgi

        def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            environ[REACHED] = self.served.reached
            return self.site(environ, start_response)

        self.wsgi = told

    def accept(self, listener: Any) -> None:
        """Lets a connection in, to wait until something is said on it."""
        try:
            client, address = listener.accept()
        except OSError as refused:
            if refused.errno not in GONE_AGAIN:
                raise
            return
        self.nr_conns += 1
        connection = TConn(self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT + self.cfg.keepalive
        self.pending_conns.append(connection)
        self.poller.register(client, EVENT_READ, partial(self.on_pending_socket_readable, connection))

    def enqueue_req(self, conn: Any) -> None:
        """Hands a connection with a request on it to the threads."""
        conn.reached = reached(conn.sock)
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answers one request of a connection."""
        self.served.reached = conn.reached
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Notes as gunicorn does what could not be read or answered, and says so with a page of the site."""
        unsent = Unsent()
        super().handle_error(req, unsent, addr, exc)
        try:
            page = as_sent(errors.outside(self.site, unsent.status))
        except Exception:
            self.log.exception("the page of an error could not be made")
            page = unsent.said
        with suppress(OSError):
            # Whoever does not read it is not waited for.
            client.setblocking(False)
            client.sendall(page)
