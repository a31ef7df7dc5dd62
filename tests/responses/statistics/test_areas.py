"""Two breakdowns of the same people, read together: no number under five follows, however they are subtracted."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consult.db import new_id
from consult.responses.statistics.areas import CommuneCount, regrouped
from consult.responses.statistics.suppression import LEAST, Cell, suppressed

MOST = 9


def possible(cells: Sequence[Cell], total: int, groups: Sequence[tuple[list[int], int]]) -> Iterator[tuple[int, ...]]:
    """What the numbers may be, for who knows what is told: those under five lie between 1 and 4, others that are left
    out are five or more, and so are the sums of all and of each district that is told."""
    known = [
        [cell.count] if cell.count is not None else range(1, LEAST) if cell.few else range(LEAST, MOST + LEAST)
        for cell in cells
    ]
    for guess in product(*known):
        if sum(guess) == total and all(sum(guess[place] for place in own) == told for own, told in groups):
            yield guess


@settings(max_examples=300)
@given(lines=st.lists(st.tuples(st.integers(1, MOST), st.integers(0, 2)), min_size=1, max_size=5))
def test_both_breakdowns_together_leave_every_small_number_open(lines: list[tuple[int, int]]) -> None:
    counts = [count for count, _district in lines]
    cells = suppressed(counts)
    assume(cells is not None)
    assert cells is not None
    units = [((new_id(), f"Xã {place}"), count) for place, count in enumerate(counts)]
    names = [(new_id(), f"Huyện {number}") for number in range(3)]
    former = regrouped(units, cells, {unit[0]: names[lines[place][1]] for place, (unit, _) in enumerate(units)})
    places = {name: [place for place, (_, number) in enumerate(lines) if names[number][1] == name] for _, name in names}
    told = [(places[line.name], line.people.count) for line in former if line.people.count is not None]
    assert all(sum(counts[place] for place in own) == count >= LEAST for own, count in told)
    guesses = list(possible(cells, sum(counts), told))
    for place in (place for place, count in enumerate(counts) if count < LEAST):
        assert len({guess[place] for guess in guesses}) > 1, "it follows from both breakdowns"


def test_a_district_of_small_communes_is_told_where_none_of_them_follows() -> None:
    units = [((new_id(), name), count) for name, count in (("A1", 3), ("A2", 2), ("B1", 2), ("B2", 4), ("C", 40))]
    cells = suppressed([count for _unit, count in units])
    assert cells is not None
    districts = [(new_id(), name) for name in "ABC"]
    found = regrouped(units, cells, {unit[0]: districts["ABC".index(unit[1][0])] for unit, _count in units})
    assert found == [CommuneCount("C", Cell(40)), CommuneCount("B", Cell(6)), CommuneCount("A", Cell(5))]
