"""Days are read however a cell holds them, and nothing else is taken for one."""

from datetime import date

import pytest

from consult.files.spreadsheets.days import day_in


@pytest.mark.parametrize("cell", [
    "21/11/2026", "21-11-2026", "21.11.2026", "2026-11-21", "46347", "'21/11/2026", "21/11/2026 08:00",
    "2026-11-21T08:00:00", "ngày 21/11/2026", " 21/11/2026\n",
])  # fmt: skip
def test_a_day_is_read(cell: str) -> None:
    assert day_in(cell) == date(2026, 11, 21)


@pytest.mark.parametrize("cell", ["", "21 tháng 11", "31/02/2026", "21/11", "08:00", "99999", "4634", "'", "ngày"])
def test_anything_else_is_no_day(cell: str) -> None:
    assert day_in(cell) is None
