"""A test says the same at any hour of any day: at midnight, at the turn of the year, on 29 February.

The site's day is the local one (`clock.local_day`), and a run may go on past midnight."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.rooms import CHECKOUT

CLOCKS = {"now", "utcnow", "today"}
PARTS = {"date", "year", "month", "day", "weekday", "isoweekday", "hour"}
TESTS = sorted((CHECKOUT / "tests").rglob("*.py"))


def reads_the_clock(node: ast.AST) -> bool:
    """Whether it asks a clock itself: `clock.now()`, `now()`, `date.today()`."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in CLOCKS


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """What is carried out when a module is imported: all but the bodies of functions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.Lambda):
            waiting.append(node.args)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, node.args]
        else:
            waiting += ast.iter_child_nodes(node)


def moves_the_year(node: ast.AST) -> bool:
    """Whether it puts the day that a clock tells into another year or month, where there may be no such day."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace"):
        return False
    parts = {one.arg for one in node.keywords}
    moved = parts & {"year", "month"} and "day" not in parts
    return bool(moved) and any(reads_the_clock(one) for one in ast.walk(node.func.value))


def faults(source: str) -> list[str]:
    """What hangs on the hour or the day, by line."""
    tree = ast.parse(source)
    found = [(one, "the clock is read when the file is imported") for one in at_import(tree) if reads_the_clock(one)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in PARTS and reads_the_clock(node.value):
            found.append((node, "a day of UTC is yesterday here until seven"))
        if moves_the_year(node):
            found.append((node, "there is no 29 February in another year"))
    return [f"{node.lineno}: {what}" for node, what in found if isinstance(node, ast.expr)]


def test_no_test_hangs_on_the_hour_or_the_day() -> None:
    wrong = [f"{path.relative_to(CHECKOUT)}:{one}" for path in TESTS for one in faults(path.read_text("utf-8"))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "source",
    [
        "TODAY = clock.local_day(clock.now())",
        "class Made:\n    at = now()",
        "def made(at=clock.now()):\n    pass",
        "def test():\n    year = clock.now().year",
        "def test():\n    day = clock.now().date()",
        "def test():\n    later = clock.local_day(clock.now()).replace(year=2030)",
    ],
)
def test_these_do(source: str) -> None:
    assert len(faults(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def today():\n    return clock.local_day(clock.now())",
        "LATER = lambda: clock.now()",
        "def test():\n    first = clock.local_day(clock.now()).replace(year=2030, day=1)",
        "NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)",
    ],
)
def test_these_do_not(source: str) -> None:
    assert faults(source) == []


def test_the_first_days_of_a_month_are_read_as_they_are_shown() -> None:
    """A page says 1/12, papers and people 01/12: a test that takes one for the other holds from the 10th on."""
    here, formats = CHECKOUT / "tests" / "days.py", ("%d/" + "%m", "%-d/" + "%-m")
    wrong = [path for path in TESTS if path != here and any(one in path.read_text() for one in formats)]
    assert wrong == []
