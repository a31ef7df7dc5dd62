"""A ticket is good for one form and for a time; and no second try makes anything later than it is."""

from datetime import timedelta

import pytest
from flask import Flask

from consult import clock
from consult.web import context, tickets
from tests.builders import NOW

LASTS = timedelta(hours=24)


def test_a_ticket_is_read_as_it_was_issued(app: Flask) -> None:
    app.config["TICKET_HOURS"] = 24
    with app.test_request_context():
        made = tickets.issue("one", NOW)
        for moment in (NOW, NOW + LASTS):
            read = tickets.read(made, "one", moment)
            assert (len(read.key), read.issued_at) == (32, NOW.replace(microsecond=0))


@pytest.mark.parametrize(
    ("scope", "later"),
    [("another", timedelta()), ("one", LASTS + timedelta(seconds=1)), ("one", timedelta(seconds=-1))],
    ids=["of another form", "too old", "of the future"],
)
def test_no_other_is(app: Flask, scope: str, later: timedelta) -> None:
    app.config["TICKET_HOURS"] = 24
    with app.test_request_context():
        made = tickets.issue("one", NOW)
        with pytest.raises(tickets.TicketExpired):
            tickets.read(made, scope, NOW + later)
        for damaged in (made[:-1], f"x{made}", "", "a.b.c"):
            with pytest.raises(tickets.TicketExpired):
                tickets.read(damaged, "one", NOW)


def test_what_came_before_may_be_earlier_and_never_later(app: Flask) -> None:
    with app.test_request_context():
        came = context.arrived_at()
        context.arrived_before(clock.now() + timedelta(minutes=1))
        assert context.arrived_at() - came < timedelta(seconds=30)
        context.arrived_before(came - timedelta(minutes=2))
        assert context.arrived_at() == came - timedelta(minutes=2)
