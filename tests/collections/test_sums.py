"""Sums go bottom-up, and nothing is summed twice."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from consult.collections import by_area, sums
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.inputs import NewFile
from consult.collections.models import Branch
from consult.collections.sums import Sum
from consult.collections.words import FileKind, Gathered
from consult.db import new_id
from consult.people.models import AreaSuccession
from consult.submissions.words import Stance
from tests.builders import NOW, TODAY, make_area
from tests.collections.scene import CODES, collecting, meeting, paper, record

PARENTS = some.lists(some.integers(min_value=-1, max_value=30), min_size=1, max_size=30)
NUMBERS = some.integers(min_value=0, max_value=50)
SUMS = some.builds(
    Sum,
    opinions=NUMBERS,
    counting=NUMBERS,
    gatherings=NUMBERS,
    stances=some.dictionaries(some.sampled_from([*Stance, None]), some.integers(1, 9)),
    people=some.dictionaries(some.sampled_from(Gathered), some.integers(1, 9)),
    last=some.none() | some.just(NOW),
)


def made(parents: list[int]) -> list[Branch]:
    """Branches of which each stands below one that came before it, or right below the collection."""
    found: list[Branch] = []
    for place, parent in enumerate(parents):
        above = found[parent % place].id if place and parent >= 0 else None
        found.append(Branch(id=new_id(), number=place + 1, parent_id=above, name=str(place)))
    return found


@given(PARENTS, some.data())
def test_every_level_is_what_stands_below_it(parents: list[int], data: some.DataObject) -> None:
    tree = made(parents)
    own: dict[UUID, Sum] = {one.id: data.draw(SUMS) for one in tree}
    rows = sums.tree(tree, own)
    assert Counter(row.branch.id for row in rows) == Counter(one.id for one in tree)
    by_id = {row.branch.id: row for row in rows}
    for row in rows:
        children = [by_id[one.id].all for one in tree if one.parent_id == row.branch.id]
        assert row.all == sum(children, row.own)
    assert sums.total(rows) == sum(own.values(), Sum())


def test_what_was_only_spoken_counts_in_signed_minutes_alone(session: Session) -> None:
    scene = collecting(session, "Xã A")
    branch = scene.branches["Xã A"]
    signed = NewFile(FileKind.MINUTES, "c" * 64, "bb.jpg", "image/jpeg", 9)
    record(session, branch, meeting(people=40), "Một", "Hai", at="a")
    record(session, branch, replace(meeting(people=30), minutes_signed=True, files=(signed,)), "Ba", at="b")
    record(session, branch, paper(people=5), "Bốn", "Năm", "Sáu", at="c")
    [row] = sums.tree([branch], sums.own_sums(session, scene.collection))
    assert (row.all.opinions, row.all.counting, row.all.not_counting, row.all.gatherings) == (6, 4, 2, 3)
    assert row.all.people == {Gathered.MEETING: 70, Gathered.PAPER: 5}
    scene.collection.spoken_in_minutes = False
    assert sums.own_sums(session, scene.collection)[branch.id].counting == 6


def test_a_branch_below_adds_to_the_one_above_once(session: Session) -> None:
    scene = collecting(session, "Xã A", "Xã B")
    village = branches.add(session, scene.collection, scene.branches["Xã A"], [NewBranch("Thôn 1")], CODES, NOW)[0]
    record(session, scene.branches["Xã A"], paper(), "Một", at="a")
    record(session, village, paper(), "Hai", "Ba", at="b")
    found = sums.branches_of(session, scene.collection.id)
    rows = sums.tree(found, sums.own_sums(session, scene.collection))
    assert [(row.branch.name, row.depth, row.own.opinions, row.all.opinions) for row in rows] == [
        ("Xã A", 0, 1, 3), ("Thôn 1", 1, 2, 2), ("Xã B", 0, 0, 0),
    ]  # fmt: skip
    assert sums.total(rows).opinions == 3 and rows[2].all.silent


@pytest.mark.parametrize("new", [True, False])
def test_old_and_new_units_agree_in_their_sum(session: Session, new: bool) -> None:
    day = date(2025, 7, 1)
    old = [make_area(session, name, valid_from=date(2000, 1, 1), valid_to=day) for name in ("Xã Cũ Một", "Xã Cũ Hai")]
    now = make_area(session, "Xã Mới", valid_from=day)
    session.add_all(AreaSuccession(predecessor_id=one.id, successor_id=now.id, on=day) for one in old)
    scene = collecting(session)
    wanted = [NewBranch("A", area_id=old[0].id), NewBranch("B", area_id=old[1].id), NewBranch("C", area_id=now.id)]
    made_here = branches.add(session, scene.collection, None, [*wanted, NewBranch("D")], CODES, NOW)
    for place, branch in enumerate(made_here):
        record(session, branch, paper(), *["Một"] * (place + 1), at=str(place))
    rows = sums.tree(made_here, sums.own_sums(session, scene.collection))
    found = (by_area.by_new_units if new else by_area.by_old_units)(session, rows, TODAY)
    told = [(one.area.name if one.area else "", one.sum.opinions, len(one.parts)) for one in found]
    assert told == (
        [("Xã Mới", 6, 0), ("", 4, 0)] if new
        else [("Xã Cũ Hai", 2, 0), ("Xã Cũ Một", 1, 0), ("Xã Mới", 3, 2), ("", 4, 0)]
    )  # fmt: skip
    assert sum((one.sum for one in found), Sum()).opinions == sums.total(rows).opinions == 10


@pytest.mark.parametrize(("days", "parts"), [(-1, 0), (0, 2), (1, 2)])
def test_a_merger_into_a_unit_that_stays_counts_from_its_day_on(session: Session, days: int, parts: int) -> None:
    """It may be entered before its day; and what the unit that stays recorded itself is never the other one's."""
    day = TODAY - timedelta(days=days)
    old, stays = make_area(session, "Xã Cũ", valid_to=day), make_area(session, "Xã Còn")
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=stays.id, on=day))
    scene = collecting(session)
    wanted = [NewBranch("A", area_id=old.id), NewBranch("B", area_id=stays.id)]
    for place, branch in enumerate(branches.add(session, scene.collection, None, wanted, CODES, NOW)):
        record(session, branch, paper(), *["Một"] * (place + 1), at=str(place))
    rows = sums.rows_of(session, scene.collection)
    before, after = (
        [(one.area and one.area.name, one.sum.opinions, len(one.parts)) for one in by(session, rows, TODAY)]
        for by in (by_area.by_old_units, by_area.by_new_units)
    )
    assert before == [("Xã Còn", 2, parts), ("Xã Cũ", 1, 0)]
    assert after == ([("Xã Còn", 2, 0), ("Xã Cũ", 1, 0)] if days < 0 else [("Xã Còn", 3, 0)])


def test_where_nothing_was_recorded_nothing_is_said_to_be_undividable(session: Session) -> None:
    day = date(2025, 7, 1)
    old = [make_area(session, name, valid_from=date(2000, 1, 1), valid_to=day) for name in ("Xã Cũ Ba", "Xã Cũ Bốn")]
    new = make_area(session, "Xã Mới Hai", valid_from=day)
    session.add_all(AreaSuccession(predecessor_id=one.id, successor_id=new.id, on=day) for one in old)
    scene = collecting(session)
    [above] = branches.add(session, scene.collection, None, [NewBranch("Xã", area_id=new.id)], CODES, NOW)
    [village] = branches.add(session, scene.collection, above, [NewBranch("Thôn", area_id=old[0].id)], CODES, NOW)
    record(session, village, paper(), "Một")
    found = by_area.by_old_units(session, sums.rows_of(session, scene.collection), TODAY)
    assert [(one.area.name if one.area else "", one.sum.opinions) for one in found] == [("Xã Cũ Ba", 1)]
