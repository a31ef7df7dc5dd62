"""A commune under all its names, through any number of changes."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.people import areas
from consult.people.models import Area, AreaSuccession
from consult.people.territory import areas_within, later_names, lineage_of, standing_for
from tests.builders import make_area

DAY = date(2025, 7, 1)


@pytest.fixture
def names(session: Session) -> dict[str, Area]:
    """A and B became C, and C became D, beside which E ends."""
    made = {name: make_area(session, f"Xã {name}") for name in "ABCDE"}
    for old, new in ("AC", "BC", "CD"):
        step = AreaSuccession(predecessor_id=made[old].id, successor_id=made[new].id, on=DAY)
        session.add(step)
    session.flush()
    return made


@pytest.mark.parametrize(("asked", "found"), [("A", "ACD"), ("C", "ABCD"), ("D", "ABCD"), ("E", "E")])
def test_what_it_came_from_and_became_in_any_number_of_steps(
    session: Session, names: dict[str, Area], asked: str, found: str
) -> None:
    assert lineage_of(session, names[asked].id, DAY) == {names[one].id for one in found}


def test_what_several_became_in_one_statement(session: Session, names: dict[str, Area]) -> None:
    told = later_names(session, [names["A"].id, names["D"].id], DAY)
    assert told == {names["A"].id: {names[one].id for one in "ACD"}, names["D"].id: {names["D"].id}}


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_merger_that_is_entered_ahead_holds_from_its_day_on(session: Session, days: int) -> None:
    """One commune becomes part of another that is there already and stays."""
    old, heir = make_area(session, "Xã Cũ", valid_to=DAY), make_area(session, "Xã Còn")
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=heir.id, on=DAY))
    session.flush()
    day, both = DAY + timedelta(days=days), {old.id, heir.id}
    for one in (old, heir):
        together = both if days >= 0 else {one.id}
        assert areas_within(session, one.id, day) == lineage_of(session, one.id, day) == together
        assert areas_within(session, one.id, None) == both
    assert later_names(session, [old.id], day) == {old.id: both if days >= 0 else {old.id}}
    assert standing_for(session, both, day) == {old.id: [heir if days >= 0 else old], heir.id: [heir]}
    assert areas.successors(session, [old.id], day)[old.id] == ((heir,) if days >= 0 else ())
    assert list(areas.predecessors(session, heir.id, day)) == ([old] if days >= 0 else [])


def test_what_became_nothing_that_is_there_stands_for_itself(session: Session) -> None:
    gone = make_area(session, "Xã Mất", valid_to=DAY)
    assert standing_for(session, [gone.id], DAY) == {gone.id: [gone]}
