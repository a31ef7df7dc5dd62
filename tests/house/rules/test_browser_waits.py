"""What a browser is to show is waited for: a click returns as soon as the next page has begun, and whoever asks at once
asks a page that is not all there yet. On a machine with much to do such a test fails, once in a hundred runs."""

import ast
import re

import pytest

from tests.house.rooms import CHECKOUT

AT_ONCE = {"is_visible", "is_hidden", "is_enabled", "is_checked"}
"""Questions of playwright that are answered at once; `expect(…)` asks until it is so."""
FINDING = {"locator", "get_by_role", "get_by_text", "get_by_label", "get_by_title", "filter", "first", "last"}
"""What finds elements: how many there are is answered at once, too."""
BY_HAND = {"set_offline", "set_input_files"}
"""What goes wrong when a script of the page has not come yet (`tests/arriving.py` waits for it)."""
ARRIVING = CHECKOUT / "tests" / "arriving.py"
TESTS = sorted(set((CHECKOUT / "tests").rglob("*.py")) - {ARRIVING})


def asked_at_once(source: str) -> list[int]:
    """The lines that ask a page, or do something to it, without waiting for it."""
    every = list(ast.walk(ast.parse(source)))
    asserted = [
        inner
        for node in every
        if isinstance(node, ast.Assert)
        for inner in ast.walk(node.test)
        if isinstance(inner, ast.Call)
    ]
    asserted = [one for one in asserted if isinstance(one.func, ast.Attribute) and _answers_at_once(one.func)]
    done = [one for one in every if isinstance(one, ast.Call)]
    done = [one for one in done if isinstance(one.func, ast.Attribute) and _by_hand(one.func)]
    return sorted(one.lineno for one in (*asserted, *done))


def _answers_at_once(asked: ast.Attribute) -> bool:
    of = asked.value
    found = isinstance(of, ast.Call) and isinstance(of.func, ast.Attribute) and of.func.attr in FINDING
    return asked.attr in AT_ONCE or (asked.attr == "count" and found)


def _by_hand(done: ast.Attribute) -> bool:
    """`page.evaluate` asks the page there is; `evaluate` of an element waits for that element."""
    of_a_page = isinstance(done.value, (ast.Name, ast.Attribute)) and ast.unparse(done.value).endswith("page")
    return done.attr in BY_HAND or (done.attr == "evaluate" and of_a_page)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assert page.locator('h1').is_visible()", [1]),
        ("assert not old.is_visible() and new", [1]),
        ("expect(page.locator('h1')).to_be_visible()", []),
        ("shown = [one for one in found if one.is_visible()]", []),
        ("assert page.locator('li').count() == 3", [1]),
        ("expect(page.locator('li')).to_have_count(3)", []),
        ("assert text.count('a') == 3", []),
        ("heights.append(person.page.evaluate('1'))", [1]),
        ("page.locator('audio').evaluate('sound => sound.play()')", []),
        ("field.set_input_files([])", [1]),
        ("person.context.set_offline(True)", [1]),
    ],
)
def test_the_rule_finds_what_does_not_wait(source: str, found: list[int]) -> None:
    assert asked_at_once(source) == found


def test_what_a_browser_shows_is_waited_for() -> None:
    wrong = [f"{path.relative_to(CHECKOUT)}:{line}" for path in TESTS for line in asked_at_once(path.read_text())]
    assert not wrong, wrong


def test_one_browser_serves_a_whole_run() -> None:
    """A second one cannot be begun beside it: such a test passes alone and fails beside others."""
    begun = [path.name for path in TESTS if re.search(r"\bchromium\(\)|sync_playwright\(\)", path.read_text())]
    assert sorted(begun) == ["live.py", "site.py"]
