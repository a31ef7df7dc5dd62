"""Who reads has threads of their own: pages come at once while everybody who sends waits for the database."""

import re
import select
from contextlib import ExitStack, suppress

from sqlalchemy.orm import Session

from consult import clock
from tests.builders import make_consultation
from tests.server.racing import by_program, send
from tests.server.wire import LONGEST, NAME, RealSite, answer_on, get

PROCESSES, THREADS = 3, 4
MANY = 2 * PROCESSES * THREADS
"""Twice as many as all threads of the site that take what is sent."""
SILENT = 4 * PROCESSES * LONGEST
"""gunicorn waited two seconds for each."""


def test_pages_come_while_all_who_send_wait(site: RealSite, rows: Session) -> None:
    matter = make_consultation(rows, now=clock.now(), slug="nguoi-doc")
    rows.commit()
    database = site.app.extensions["consult.database"]
    with database.writing(matter.id):
        sent = [send(site, by_program(matter.slug, number)).connection for number in range(MANY)]
        for path in ("/lay-y-kien/", f"/lay-y-kien/{matter.slug}/", "/api/v1/consultations", "/healthz"):
            for _ in range(PROCESSES * THREADS):
                assert site.raw(get(path))[0] == 200
        answered, _, _ = select.select(sent, [], [], 0)
        assert answered == []
    for connection in sent:
        with connection:
            assert answer_on(connection)[0] == 201


def test_visitors_who_do_not_hang_up_hold_up_nobody(site: RealSite) -> None:
    """Each is answered and neither reads nor ends the connection; that many, one after the other, took the server
    longer than a visitor waits."""
    with ExitStack() as kept:
        for _ in range(SILENT):
            connection = kept.enter_context(site.connection())
            connection.sendall(get("/healthz", NAME, "Connection: close"))
        for _ in range(PROCESSES * THREADS):
            assert site.raw(get("/lay-y-kien/"))[0] == 200


def test_who_goes_on_sending_after_the_last_answer_is_let_go(site: RealSite) -> None:
    with site.connection() as own:
        own.sendall(get("/healthz", NAME, "Connection: close"))
        assert answer_on(own)[0] == 200
        with suppress(ConnectionError):
            while True:
                own.sendall(b"x" * 65_536)
    assert site.raw(get("/healthz"))[0] == 200


def test_what_is_sent_behind_a_question_counts_as_sent(site: RealSite, rows: Session) -> None:
    """A page and a submission on one connection, in one go: the second is taken too, by a thread that may wait."""
    matter = make_consultation(rows, now=clock.now(), slug="noi-duoi")
    rows.commit()
    with site.connection() as own:
        own.sendall(get("/healthz") + by_program(matter.slug, 1))
        with own.makefile("rb") as answers:
            said = answers.read()
    assert re.findall(rb"HTTP/1\.1 (\d+) ", said) == [b"200", b"201"]
