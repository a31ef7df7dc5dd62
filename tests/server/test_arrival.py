"""In time is in time and late is late at the real socket: with a queue before the threads, with the database locked."""

from contextlib import suppress

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.submissions.models import Submission
from tests.builders import make_consultation
from tests.server.racing import by_program, close, race, send, wait_until
from tests.server.wire import RealSite, answer_on, get

SURELY, AROUND = 40, 170
"""Submissions before the end is set and after it has passed, and those that are spread around it."""


@pytest.mark.parametrize("locked", [False, True], ids=["free", "locked"])
def test_the_last_second_is_the_senders(site: RealSite, rows: Session, locked: bool) -> None:
    """What was wholly in the server's socket before the end is taken, what was begun after it is not. What was on its
    way at that very instant may be either."""
    matter = make_consultation(rows, now=clock.now(), slug=f"ket-thuc-{locked}".lower())
    end, sent = race(site, rows, matter, SURELY, AROUND, seconds=1.5, locked=locked)
    answers = [(one, one.taken()) for one in sent]
    refused = [end - one.there for one, taken in answers if one.there < end and not taken]
    late = [one.begun - end for one, taken in answers if one.begun >= end and taken]
    assert refused == [] and late == []
    assert sum(one.there < end for one in sent) >= SURELY <= sum(one.begun >= end for one in sent)
    assert taken_of(rows, matter) == sum(taken for _, taken in answers)


def taken_of(rows: Session, matter: Consultation) -> int:
    """How many submissions of a matter stand in the database."""
    rows.rollback()
    kept = select(func.count()).select_from(Submission).where(Submission.consultation_id == matter.id)
    return rows.scalar(kept) or 0


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        (lambda end: [], False),
        # What the proxy had in time is in time, though it was passed on after the end.
        (lambda end: [f"X-Request-Start: t={end - 0.001:.3f}"], True),
        (lambda end: [f"X-Request-Start: t={end + 1:.3f}", "X-Request-Time: 1.001"], True),
        (lambda end: [f"X-Request-Start: t={end:.3f}", "X-Request-Time: 0.000"], False),
        (lambda end: [f"X-Request-Start: t={end - 1:.3f}", f"X-Request-Start: t={end - 1:.3f}"], False),
    ],
)
def test_the_clock_of_the_proxy_counts(site: RealSite, rows: Session, told: object, taken: bool) -> None:
    assert callable(told)
    matter = make_consultation(rows, now=clock.now())
    end = close(rows, matter.id, -3)
    head, blank, body = by_program(matter.slug, 1).partition(b"\r\n\r\n")
    more = "".join(f"\r\n{line}" for line in told(end.timestamp()))
    assert send(site, head + more.encode() + blank + body).taken() is taken


def test_a_connection_counts_from_what_is_said_on_it(site: RealSite, rows: Session) -> None:
    """Open before the end and silent until after it is late, on a new connection as on one that was used before."""
    matter = make_consultation(rows, now=clock.now())
    end = close(rows, matter.id, 0.5)
    with site.connection() as silent, site.connection() as used:
        used.sendall(get("/healthz"))
        assert answer_on(used)[0] == 200
        wait_until(end)
        for number, connection in enumerate((silent, used)):
            # The server may have hung up on so long a silence: then it has taken nothing either.
            with suppress(ConnectionError):
                connection.sendall(by_program(matter.slug, number))
                assert answer_on(connection)[0] == 409
    assert taken_of(rows, matter) == 0


def test_what_was_begun_in_time_may_end_later(site: RealSite, rows: Session) -> None:
    matter = make_consultation(rows, now=clock.now())
    request = by_program(matter.slug, 1)
    with site.connection() as slow:
        slow.sendall(request[:20])
        # Some process has it in hand: the answer to another request says that none is behind with its door.
        assert site.raw(get("/healthz"))[0] == 200
        close(rows, matter.id)
        slow.sendall(request[20:])
        assert answer_on(slow)[0] == 201
