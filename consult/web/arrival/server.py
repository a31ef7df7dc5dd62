"""The processes of the site: gunicorn's, with the moment of arrival taken at the door.

Named where gunicorn is started: `--worker-class consult.web.arrival.server.Doorkeeper`.
"""

import errno
import gc
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from flask import Flask, Response
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

from consult import clock
from consult.web import errors
from consult.web.arrival.arrived_at import REACHED
from consult.web.arrival.incoming import INCOMING, Incoming

SO_TIMESTAMPNS = 35
"""The kernel notes when each packet came in (Linux; Python has no name for it)."""

TIMESTAMP = struct.Struct("@ll")
READS = {b"G", b"H", b"O"}
"""How GET, HEAD and OPTIONS begin."""
GONE_AGAIN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED}
"""Another process was quicker, or the visitor has left."""
READ_AWAY = 2.0
"""Seconds in which the rest of a request may come that was answered before it was all there."""
LINGER, LINGER_BYTES = 2.0, 65_536
"""How long a visitor may take to end the connection after the last answer (RFC 9112, 9.6: the server closes its side
first, so that what it said arrives), and how much more may come meanwhile."""


def waiting_on(connection: socket.socket) -> tuple[float, bytes]:
    """When the first byte that waits on a connection came in, in seconds of the epoch, by the kernel's account where it
    keeps one, otherwise now; and that byte, none when none waits."""
    now = clock.now().timestamp()
    room = socket.CMSG_SPACE(TIMESTAMP.size)
    try:
        first, said, _, _ = connection.recvmsg(1, room, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return now, b""
    for level, kind, data in said:
        if (level, kind, len(data)) == (socket.SOL_SOCKET, SO_TIMESTAMPNS, TIMESTAMP.size):
            seconds, billionths = TIMESTAMP.unpack(data)
            return min(now, seconds + billionths / 1e9), first
    return now, first


class Threads:
    """The threads of a process: so many for who reads, and as many for who sends something. However many of those wait
    for their turn to write, a page is given at once."""

    def __init__(self, number: int) -> None:
        self.reading, self.sending = ThreadPoolExecutor(number), ThreadPoolExecutor(number)

    def submit(self, handle: Callable[[Any], Any], connection: Any) -> Future[Any]:
        """Has `handle` called with a connection on which a request waits."""
        return (self.reading if connection.first in READS else self.sending).submit(handle, connection)

    def shutdown(self, wait: bool = True) -> None:
        """Takes nothing more."""
        for pool in (self.reading, self.sending):
            pool.shutdown(wait)


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
    waits at the door and takes no thread at all. Who reads does not wait behind who writes."""

    wsgi: Any

    def init_process(self) -> None:
        """Has the kernel note the times of packets, then serves."""
        self.served = threading.local()
        self.lingering: deque[Any] = deque()
        for listener in self.sockets:
            listener.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        super().init_process()

    def get_thread_pool(self) -> Any:
        """The threads of this process."""
        return Threads(self.cfg.threads)

    def load_wsgi(self) -> None:
        """The application, told when each request came in."""
        super().load_wsgi()
        self.site: Flask = self.wsgi

        def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            environ[REACHED] = self.served.reached
            environ[INCOMING] = self.served.incoming
            return self.site(environ, start_response)

        self.wsgi = told
        # What a process is made of lasts as long as it does: it need not be looked through for what may go.
        gc.collect()
        gc.freeze()

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
        conn.reached, conn.first = waiting_on(conn.sock)
        if conn.parser is not None:
            # What came behind an earlier request of this connection was read together with that one.
            conn.first = conn.parser.unreader.buf.getvalue()[:1] or conn.first
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answers one request of a connection. What is left of it then is read away by gunicorn, so that the next can
        be read: within a time of ours, or the connection ends."""
        self.served.reached = conn.reached
        self.served.incoming = conn.parser.unreader.sock = Incoming(conn.sock)
        try:
            return super().handle_request(req, conn)
        finally:
            self.served.incoming.wait(READ_AWAY)

    def handle(self, conn: Any) -> Any:
        """Reads and answers what came on a connection."""
        try:
            return super().handle(conn)
        finally:
            # The next request of it is another one.
            if conn.parser is not None:
                conn.parser.unreader.sock = conn.sock

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Goes on with a connection whose request was answered. gunicorn would wait here, where all connections of the
        process are, until the visitor ends one that is to be closed: a few who don't would stop the site."""
        if fs.cancelled() or fs.exception() is not None or fs.result():
            super().finish_request(conn, fs)
            return
        conn.timeout, conn.may_come = time.monotonic() + LINGER, LINGER_BYTES
        conn.sock.setblocking(False)
        self.lingering.append(conn)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, EVENT_READ, partial(self.on_lingering_socket_readable, conn))
        except OSError:
            self.end(conn)

    def on_lingering_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """Lets go of a connection that the visitor has ended, or on which too much still comes."""
        try:
            more = len(client.recv(LINGER_BYTES))
        except BlockingIOError:
            return
        except OSError:
            more = 0
        conn.may_come -= more
        if not more or conn.may_come <= 0:
            self.end(conn)

    def end(self, conn: Any) -> None:
        """Closes a connection for good."""
        self.lingering.remove(conn)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Closes connections whose visitor has had time enough, before a request as after the last."""
        super().murder_pending()
        while self.lingering and self.lingering[0].timeout <= time.monotonic():
            self.end(self.lingering[0])

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
