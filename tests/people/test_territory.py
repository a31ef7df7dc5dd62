"""A commune under all its names, through any number of changes."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from consult.people.models import Area, AreaSuccession
from consult.people.territory import later_names, lineage_of
from tests.builders import make_area


@pytest.fixture
def names(session: Session) -> dict[str, Area]:
    """A and B became C, and C became D, beside which E ends."""
    made = {name: make_area(session, f"Xã {name}") for name in "ABCDE"}
    for old, new in ("AC", "BC", "CD"):
        step = AreaSuccession(predecessor_id=made[old].id, successor_id=made[new].id, on=date(2025, 7, 1))
        session.add(step)
    session.flush()
    return made


@pytest.mark.parametrize(("asked", "found"), [("A", "ACD"), ("C", "ABCD"), ("D", "ABCD"), ("E", "E")])
def test_what_it_came_from_and_became_in_any_number_of_steps(
    session: Session, names: dict[str, Area], asked: str, found: str
) -> None:
    assert lineage_of(session, names[asked].id) == {names[one].id for one in found}


def test_what_several_became_in_one_statement(session: Session, names: dict[str, Area]) -> None:
    told = later_names(session, [names["A"].id, names["D"].id])
    assert told == {names["A"].id: {names[one].id for one in "ACD"}, names["D"].id: {names["D"].id}}
