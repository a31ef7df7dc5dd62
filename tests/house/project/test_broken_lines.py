"""The list of lines that `make mutants` breaks follows the code: a line that is no longer there proves nothing."""

from bench.broken_lines import LINES
from bench.mutants import wrong


def test_each_stands_once_and_names_its_tests() -> None:
    assert [told for one in LINES if (told := wrong(one))] == []


def test_each_is_another_fault() -> None:
    assert len({(one.file, one.before, one.after) for one in LINES}) == len(LINES) > 150
    assert all(one.before != one.after for one in LINES)
