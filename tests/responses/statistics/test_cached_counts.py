"""Counts that everybody asks for: as those counted anew after whatever happens, and counted once."""

from functools import partial

from sqlalchemy.orm import Session

from consult.responses.answers import public_sums
from consult.responses.statistics.cached_counts import CachedCounts
from consult.responses.statistics.participation import participation
from consult.submissions.acts.service import release
from tests.builders import NOW
from tests.exports.test_table import everything_happens
from tests.responses.desk_builder import Desk, make_desk
from tests.statements import statements_of


def agree(desk: Desk, kept: CachedCounts) -> None:
    """What is kept is what would be counted now."""
    assert kept.sums(desk.session, desk.matter) == public_sums.told(desk.session, desk.matter.id)
    today = NOW.date()
    assert kept.participation(desk.session, desk.matter, today) == participation(desk.session, desk.matter.id, today)


def test_they_are_those_of_now_after_every_act(session: Session) -> None:
    desk, kept = everything_happens(session), CachedCounts()
    agree(desk, kept)
    numbers = desk.receive("Mới.", "Mới nữa.")
    agree(desk, kept)
    release(session, desk.matter, numbers[:1], desk.officer, NOW)
    agree(desk, kept)
    desk.receive("Lại mới.")
    agree(desk, kept)
    desk.answer(numbers[0])
    agree(desk, kept)


def test_they_are_counted_once_for_a_version(session: Session) -> None:
    desk, kept = make_desk(session), CachedCounts()
    desk.receive("Một.", "Hai.")
    agree(desk, kept)
    assert desk.matter.content_version is not None
    for asked in (kept.sums, partial(kept.participation, day=NOW.date())):
        with statements_of(session) as said:
            asked(session, desk.matter)
        assert len(said) == 1 and "counter" in said[0]
