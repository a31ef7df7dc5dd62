"""Views say their types, so that what they hand to services is checked before anything runs."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import HOUSE

ANYTHING = {
    "workspace/views_frame.py: label(place)": "a clause of a draft, or a comment as it was sent",
    "responses/views_frame.py: place_of(line)": "a line of the desk, or a comment with what it is about",
    "tracking/views_frame.py: page(comments)": "how comments stand, for their sender or for anybody",
}


def untyped(path: Path) -> Iterator[str]:
    """Functions of a module of views that take or give anything at all, or do not say."""
    place = path.relative_to(HOUSE)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.returns is None or ast.unparse(node.returns) == "Any":
            yield f"{place}: {node.name}"
        for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            if one.arg != "self" and (one.annotation is None or ast.unparse(one.annotation) == "Any"):
                yield f"{place}: {node.name}({one.arg})"


def test_views_are_typed() -> None:
    found = [line for path in sorted(HOUSE.rglob("views*.py")) for line in untyped(path)]
    assert sorted(found) == sorted(ANYTHING)
