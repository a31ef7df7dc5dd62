"""What is opened to another program is closed where it is used: else the collector of garbage says so, in whatever test
happens to run then. An answer that refuses is opened as well as one that gives."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

PLACES = ("consult", "tests", "docs", "bench", "deploy")
REFUSAL = "HTTPError"


def left_open(source: str) -> list[int]:
    """The lines that ask by `urlopen` outside a `with`, or take a refusal and leave it open."""
    tree = ast.parse(source)
    closed = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    asked = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and _name(one.func) == "urlopen"]
    refused = [one for one in ast.walk(tree) if isinstance(one, ast.ExceptHandler) and _takes_refusal(one)]
    return sorted([one.lineno for one in asked if id(one) not in closed] + [one.lineno for one in refused])


def _name(called: ast.expr | None) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _takes_refusal(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    if REFUSAL not in {_name(kind) for kind in kinds}:
        return False
    first = handler.body[0]
    return not (isinstance(first, ast.With) and _name(first.items[0].context_expr) == handler.name)


def files() -> Iterator[Path]:
    """Every program of the checkout."""
    for place in PLACES:
        yield from (CHECKOUT / place).rglob("*.py")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("with urlopen('a') as answer:\n    pass", []),
        ("assert urlopen('a').status == 200", [1]),
        ("try:\n    pass\nexcept urllib.error.HTTPError as refusal:\n    raise Failed from refusal", [3]),
        ("try:\n    pass\nexcept (OSError, HTTPError):\n    pass", [3]),
        ("try:\n    pass\nexcept HTTPError as refusal:\n    with refusal:\n        raise Failed from refusal", []),
        ("try:\n    pass\nexcept OSError:\n    pass", []),
    ],
)
def test_the_rule_finds_what_is_left_open(source: str, found: list[int]) -> None:
    assert left_open(source) == found


def test_nothing_is_left_open() -> None:
    wrong = [f"{path.relative_to(CHECKOUT)}:{line}" for path in files() for line in left_open(path.read_text("utf-8"))]
    assert not wrong, wrong
