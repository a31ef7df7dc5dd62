"""Small failures that other systems had, each with the rule that prevents it."""

import unicodedata

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Holiday
from consult.db import Lock, writing
from consult.text import blank, day_of, folded, stored
from tests.builders import TODAY


def test_decomposed_and_composed_text_is_one_and_numerals_stay_apart() -> None:
    composed = "Điều VII. Hoà giải"
    assert stored(unicodedata.normalize("NFD", composed)) == stored(composed)
    assert folded("Chương VII") != folded("Chương VIII")
    assert folded("hoà") == folded("hòa") == "hoa"


@pytest.mark.parametrize("said", ["", " ", "-", "…", ".", "\u200b"])
def test_what_says_nothing_is_blank(said: str) -> None:
    assert blank(said)


@pytest.mark.parametrize(
    "typed", ["", "x", "31/2/2026", "2026-13-01", "1/1/0001", "31/12/9999", "-5/1/2026", "1/1/1800"]
)
def test_a_day_that_is_none_is_not_taken_for_another(typed: str) -> None:
    assert day_of(typed) is None


def test_a_day_is_read_as_a_browser_or_a_person_writes_it() -> None:
    assert day_of("2026-11-23") == day_of(" 23/11/2026 ") == day_of("23.11.2026") == TODAY


def test_what_fails_inside_takes_what_was_written_outside_with_it(session: Session) -> None:
    """A verb that calls another is one transaction: neither half of it stays."""
    with pytest.raises(ZeroDivisionError), writing(session, Lock.REFERENCE):
        session.add(Holiday(day=TODAY, kind="holiday", name="Một"))
        with writing(session, Lock.REFERENCE):
            session.flush()
            raise ZeroDivisionError
    assert session.scalar(select(func.count()).select_from(Holiday)) == 0
    with writing(session, Lock.REFERENCE):
        session.add(Holiday(day=TODAY, kind="holiday", name="Một"))
    assert session.scalar(select(func.count()).select_from(Holiday)) == 1
