"""Lines that are read once are the same for every file, and take no memory for all that is said in them."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from consult.exports.lines import TableLine
from consult.exports.one_reading import TOGETHER, read_once
from tests.exports.made import line

LONG = "Dài. " * 400


def lines(count: int) -> Iterator[TableLine]:
    return (line(number, f"d{number}", text=f"{number} {LONG}") for number in range(count))


def test_they_are_given_as_often_as_they_are_asked_for(tmp_path: Path) -> None:
    wanted = list(lines(2 * TOGETHER + 1))
    with read_once(iter(wanted), tmp_path) as kept:
        assert [list(kept), list(kept)] == [wanted, wanted]


def test_several_may_be_at_it_at_once(tmp_path: Path) -> None:
    with read_once(lines(TOGETHER + 1), tmp_path) as kept:
        pairs = [(one.number, other.number) for one, other in zip(kept, kept, strict=True)]
    assert pairs == [(number, number) for number in range(TOGETHER + 1)]


def test_no_lines_are_none(tmp_path: Path) -> None:
    with read_once(iter(()), tmp_path) as kept:
        assert list(kept) == []


def test_nothing_is_left_of_them(tmp_path: Path) -> None:
    with read_once(lines(5), tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_lines(tmp_path: Path) -> None:
    def most(count: int) -> int:
        tracemalloc.start()
        with read_once(lines(count), tmp_path) as kept:
            assert sum(1 for _ in kept) == count
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(10 * TOGETHER) < 1.5 * most(2 * TOGETHER)
