"""Whoever reads the house is told what is there: every public module, class, function and method says what it is."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import HOUSE, tree_of

RAISES = re.compile(r"Raises `?(?:SQLAlchemy's )?([A-Z]\w+)(?:`?(?:,| and| or) `?([A-Z]\w+))?")
"""The errors that a docstring names."""


def silent(path: Path) -> Iterator[str]:
    """What a module offers without a word about it."""
    tree = tree_of(path)
    place = path.relative_to(HOUSE)
    if tree.body and not ast.get_docstring(tree):
        yield f"{place}"
    yield from (f"{place}: {node.name}" for node in _public(tree) if not ast.get_docstring(node))


def _public(parent: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    for node in parent.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
            continue
        if not any(ast.unparse(one) == "overload" for one in node.decorator_list):
            yield node
        if isinstance(node, ast.ClassDef):
            yield from _public(node)


def test_everything_public_says_what_it_is() -> None:
    found = sorted(line for path in sorted(HOUSE.rglob("*.py")) for line in silent(path))
    assert not found, "\n".join(found)


def test_an_error_that_is_named_exists() -> None:
    trees = {path: tree_of(path) for path in sorted(HOUSE.rglob("*.py"))}
    known = set(dir(builtins)) | {name for tree in trees.values() for name in _known(tree)}
    wrong = [
        f"{path.relative_to(HOUSE)}: {name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for names in RAISES.findall(ast.get_docstring(node) or "")
        for name in names
        if name and name not in known
    ]
    assert not wrong, "\n".join(wrong)


def _known(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (one.asname or one.name for one in node.names)
