"""Many submissions around the end of a period, each timed by when it was wholly in the server's socket."""

import json
import os
import re
import select
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from fcntl import ioctl
from struct import unpack
from termios import TIOCOUTQ
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation, Period
from consult.db import writing
from consult.submissions.inputs import CONSENT_VERSION
from consult.web import tickets
from tests.server.wire import NAME, RealSite, answer_on, get

TAKEN = (201, '"code"'), (303, "/tra-cuu/phieu/")
REFUSED = (409, '"too_late"'), (409, "Chưa gửi được ý kiến")
"""What a program and a browser are answered: a browser is led to its receipt, or to the page that says why not."""
LED_ON = re.compile(r'href="(/[^"]*[?](?:giu|phieu)=[^"]*)"')


@dataclass
class Sent:
    """One submission on its way: when its first byte was sent, and when the server's side had all of it."""

    site: RealSite
    connection: socket.socket
    begun: datetime
    there: datetime

    def taken(self) -> bool:
        """Whether it was accepted, once the answer has come; it must be an answer to the question."""
        with closing(self.connection):
            status, _headers, body = answer_on(self.connection)
        led = LED_ON.search(body) if status == 303 else None
        if led:
            status, _headers, body = self.site.raw(get(led[1]))
        taken = any(status == expected and words in body for expected, words in TAKEN)
        assert taken or any(status == expected and words in body for expected, words in REFUSED), (status, body)
        return taken


def send(site: RealSite, request: bytes) -> Sent:
    """Sends a request on a connection of its own, and waits until all of it is acknowledged, not for the answer."""
    connection = site.connection()
    begun = clock.now()
    connection.sendall(request)
    # What the other side has not acknowledged yet counts as not sent.
    while unpack("i", ioctl(connection, TIOCOUTQ, b"\0" * 4))[0]:
        os.sched_yield()
    return Sent(site, connection, begun, clock.now())


def close(session: Session, matter_id: UUID, seconds_later: float = 0) -> datetime:
    """Lets the periods of a matter end in so many seconds, at an instant that no calendar knows; gives the instant."""
    with writing(session, matter_id):
        end = clock.now() + timedelta(seconds=seconds_later)
        # As of every real end, nothing is left below what a proxy's clock shows.
        end = end.replace(microsecond=end.microsecond // 1000 * 1000)
        session.execute(update(Period).where(Period.consultation_id == matter_id).values(closes_at=end))
    return end


def by_program(slug: str, number: int) -> bytes:
    """One comment as a program sends it."""
    body = {"consent": CONSENT_VERSION, "comments": [{"anchor": "d2.k1", "text": f"Đề nghị số {number}."}]}
    path = f"/api/v1/consultations/{slug}/submissions"
    return _post(path, "application/json", json.dumps(body), f"Idempotency-Key: {number:032x}")


def by_form(site: RealSite, matter: Consultation, number: int) -> bytes:
    """The same as a browser sends the form's last step."""
    with site.app.test_request_context():
        ticket = tickets.issue(str(matter.id), clock.now() - timedelta(seconds=9))
    fields = {"ticket": ticket, "current": "0", "comments.0.text": f"Đề nghị số {number}.", "do": "send"}
    return _post(f"/lay-y-kien/{matter.slug}/gop-y/", "application/x-www-form-urlencoded", urlencode(fields))


def _post(path: str, kind: str, text: str, *more: str) -> bytes:
    body = text.encode()
    head = [
        f"POST {path} HTTP/1.1", f"Host: {NAME}", "X-Forwarded-Proto: https", "Connection: close",
        f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more, "", "",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + body


def requests(site: RealSite, matter: Consultation) -> Iterator[bytes]:
    """One after the other, by form and by program in turn."""
    number = 0
    while True:
        number += 1
        yield by_form(site, matter, number) if number % 2 else by_program(matter.slug, number)


def race(
    site: RealSite, session: Session, matter: Consultation, surely: int, around: int, seconds: float, locked: bool
) -> tuple[datetime, list[Sent]]:
    """The end of the period, and what was sent: `surely` many before it and after it, and `around` many spread over so
    many seconds before it and after it. While `locked`, nobody can write from before the end until after it."""
    ready = requests(site, matter)
    sent = [send(site, next(ready)) for _ in range(surely)]
    end = close(session, matter.id, seconds)
    database = site.app.extensions["consult.database"]
    lock: AbstractContextManager[object] = database.writing(matter.id) if locked else nullcontext()
    with lock:
        for number in range(around):
            wait_until(end + timedelta(seconds=(2 * number / around - 1) * seconds))
            sent.append(send(site, next(ready)))
        wait_until(end)
        sent += [send(site, next(ready)) for _ in range(surely)]
    return end, sent


def wait_until(moment: datetime) -> None:
    """Lets the time pass until an instant."""
    # The pace of those who send: nothing is waited for that might happen or not.
    select.select([], [], [], max(0, (moment - clock.now()).total_seconds()))
