"""What a browser is to show is waited for: a click returns as soon as the next page has begun, and whoever asks at once
asks a page that is not all there yet. On a machine with much to do such a test fails, once in a hundred runs."""

import ast

import pytest

from tests.house.rooms import CHECKOUT

AT_ONCE = {"is_visible", "is_hidden", "is_enabled", "is_checked"}
"""Questions of playwright that are answered at once; `expect(…)` asks until it is so."""
TESTS = sorted((CHECKOUT / "tests").rglob("*.py"))


def asked_at_once(source: str) -> list[int]:
    """The lines that assert what a page shows without waiting for it."""
    asserted = (node.test for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert))
    calls = (inner for test in asserted for inner in ast.walk(test) if isinstance(inner, ast.Call))
    return [one.lineno for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in AT_ONCE]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assert page.locator('h1').is_visible()", [1]),
        ("assert not old.is_visible() and new", [1]),
        ("expect(page.locator('h1')).to_be_visible()", []),
        ("shown = [one for one in found if one.is_visible()]", []),
    ],
)
def test_the_rule_finds_what_does_not_wait(source: str, found: list[int]) -> None:
    assert asked_at_once(source) == found


def test_what_a_browser_shows_is_waited_for() -> None:
    wrong = [f"{path.relative_to(CHECKOUT)}:{line}" for path in TESTS for line in asked_at_once(path.read_text())]
    assert not wrong, wrong
