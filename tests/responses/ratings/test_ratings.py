"""Whether an answer answered: once by code, told from five on and five at a time, and never who said it."""

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from consult.errors import Invalid, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.ratings import service as ratings
from consult.responses.ratings.models import AnswerRating, RatingMark
from consult.responses.ratings.service import RatingSums
from consult.submissions.receiving import lookup_codes
from tests.application import CODES
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter with answers."""
    return make_desk(session)


def _rate(desk: Desk, *said: bool, start: int = 0) -> None:
    for number, clear in enumerate(said, start):
        ratings.rate(desk.session, desk.matter, [f"mark-{number}"], clear, "")


def test_nothing_is_told_before_there_are_five(desk: Desk) -> None:
    _rate(desk, True, True, False, True)
    assert ratings.sums(desk.session, desk.matter.id) == RatingSums(0, 0)
    assert ratings.lines(desk.session, desk.matter.id) == []
    _rate(desk, False, start=4)
    assert ratings.sums(desk.session, desk.matter.id) == RatingSums(3, 2)


def test_no_number_changes_by_one(desk: Desk) -> None:
    """Who watches a number and knows who was there at that moment would otherwise know what they said."""
    told = []
    for number in range(15):
        _rate(desk, number % 3 == 0, start=number)
        told.append(ratings.sums(desk.session, desk.matter.id).total)
    assert told == [0] * 4 + [5] * 5 + [10] * 5 + [15]


def test_nothing_happens_that_has_a_time_until_five_are_told_together(desk: Desk) -> None:
    def times() -> tuple[int, int, int]:
        session = desk.session
        session.flush()
        entries, messages = (len(session.scalars(select(one)).all()) for one in (LedgerEntry, OutboxMessage))
        return entries, messages, desk.matter.content_version

    before = times()
    _rate(desk, True, False, True, True)
    assert times() == before
    _rate(desk, True, start=4)
    assert times() == (before[0], before[1], before[2] + 1)


def test_no_column_tells_when_or_who(desk: Desk) -> None:
    assert {one.key for one in inspect(RatingMark).columns} == {"consultation_id", "mark"}
    assert {one.key for one in inspect(AnswerRating).columns} == {
        "consultation_id", "id", "about", "clear", "line", "shown"
    }  # fmt: skip


def test_the_rows_stand_in_no_order(desk: Desk) -> None:
    """Neither by an id that tells the time nor by a number of SQLite's own."""
    _rate(desk, *[True] * 30)
    ids = [one.id for one in desk.session.scalars(select(AnswerRating))]
    assert {one.version for one in ids} == {4}
    if desk.session.get_bind().dialect.name == "sqlite":
        for table in ("rating_mark", "answer_rating"):
            made = desk.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table})
            assert "WITHOUT ROWID" in made


def test_once_and_once_again_with_another_key_of_the_site(desk: Desk) -> None:
    marks = lookup_codes.rating_marks("1234567890123456", "123456", 1, CODES)
    ratings.rate(desk.session, desk.matter, marks, True, "")
    with pytest.raises(Refused) as refused:
        ratings.rate(desk.session, desk.matter, ["new", *marks], False, "")
    assert refused.value.reason == "rated_already"
    other = lookup_codes.rating_marks("1234567890123456", "123456", 2, CODES)
    assert not set(other) & set(marks)
    assert not set(lookup_codes.rating_marks("1234567890123456", "123457", 1, CODES)) & set(marks)


def test_a_line_that_is_too_long_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(Invalid):
        ratings.rate(desk.session, desk.matter, ["one"], True, "x" * 301)
    assert not ratings.is_rated(desk.session, desk.matter.id, ["one"])


def test_lines_come_in_the_order_of_the_alphabet(desk: Desk) -> None:
    for number, line in enumerate(("Thiếu ngày.", "An toàn?", "", "Điều nào?", "Bao giờ làm?")):
        ratings.rate(desk.session, desk.matter, [str(number)], False, line)
    lines = [line for _clear, line in ratings.lines(desk.session, desk.matter.id)]
    assert len(lines) == 4 and set(lines) == {"Thiếu ngày.", "An toàn?", "Điều nào?", "Bao giờ làm?"}
