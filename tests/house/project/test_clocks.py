"""Tests read the clock of the machine they run on: none depends on what it shows at that moment."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from hypothesis import settings

from consult import clock
from consult.web import flood_control
from tests import midnight, signing_in

TESTS = Path(__file__).parents[2]


def test_codes_of_this_moment_are_asked_of_one_function() -> None:
    """A code made on this side of a half minute and sent on the other was refused, once in some hundred runs."""
    own = Path(signing_in.__file__)
    wrong = [
        f"{path.relative_to(TESTS)}:{call.lineno}"
        for path in sorted(TESTS.rglob("*.py"))
        if path != own
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "at"
        if any(
            isinstance(part, ast.Attribute) and part.attr == "now" for given in call.args for part in ast.walk(given)
        )
    ]
    assert wrong == []


def test_a_code_holds_however_long_its_way_is() -> None:
    telephone = pyotp.TOTP(pyotp.random_base32())
    for later in (0, 1):
        made = signing_in.code(telephone, later)
        arrived = datetime.now(UTC) + timedelta(seconds=telephone.interval)
        assert telephone.verify(made, for_time=arrived, valid_window=1)


def test_no_test_begins_on_one_day_and_ends_on_the_next() -> None:
    late = datetime(2025, 6, 30, 16, 59, 30, tzinfo=UTC)
    assert midnight.wait_for(late) == timedelta(seconds=30)
    assert midnight.wait_for(late + timedelta(seconds=30)) == timedelta(0)
    assert midnight.wait_for(late - timedelta(minutes=2)) == timedelta(0)


def test_whatever_stands_on_the_site_waits_for_midnight(request: pytest.FixtureRequest) -> None:
    assert request.config.pluginmanager.is_registered(midnight)


def test_no_minute_of_the_flood_ends_while_a_test_counts(one_minute: None) -> None:
    """Three presses in the last moment of a minute were counted in two of them: the third was let in."""
    counted = flood_control.Minutes()
    begun = clock.now().timestamp()
    assert [counted.count("a", begun + later) for later in (0, 59, 61, 3600)] == [1, 2, 3, 4]


def test_no_example_of_a_property_is_timed() -> None:
    assert settings().deadline is None
