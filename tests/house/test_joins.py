"""Rows of one matter are joined along a relationship, which never forgets that both are of the same matter."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import HOUSE, tree_of

KEY = "consultation_id"


def compared(path: Path) -> Iterator[str]:
    """Where a file compares the key of one table with that of another, which is a join written by hand. To compare it
    with a value, or with that of a row at hand, is none."""
    tree = tree_of(path)
    tables = set(_tables(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        if all(_is_column(side, tables) for side in sides):
            yield f"{path.relative_to(HOUSE)}:{node.lineno}: {ast.unparse(node)}"


def _is_column(side: ast.expr, tables: set[str]) -> bool:
    if not (isinstance(side, ast.Attribute) and side.attr == KEY and isinstance(side.value, ast.Name)):
        return False
    return side.value.id.lstrip("_")[:1].isupper() or side.value.id in tables


def _tables(tree: ast.AST) -> Iterator[str]:
    """The names that a file gives to tables: aliases, classes under another name, and arguments that are any table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _gives_a_table(node.value):
            for target in node.targets:
                yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))
        if isinstance(node, ast.arg) and node.annotation and ast.unparse(node.annotation).startswith(("type[", "Any")):
            yield node.arg


def _gives_a_table(value: ast.expr) -> bool:
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return any(
        isinstance(part, ast.Name)
        and part.id[:1].isupper()
        or isinstance(part, ast.Call)
        and ast.unparse(part.func) == "aliased"
        for part in parts
    )


def test_rows_are_joined_along_relationships() -> None:
    found = [place for path in sorted(HOUSE.rglob("*.py")) for place in compared(path)]
    assert not found, "\n".join(found)


def test_a_join_by_hand_is_seen(tmp_path: Path) -> None:
    written = tmp_path / "written.py"
    written.write_text(
        "other, match = aliased(Comment), ProvisionMatch\n"
        "def asked(table: Any, comment: Comment):\n"
        "    return (Comment.consultation_id == Page.consultation_id, other.consultation_id == Page.consultation_id,\n"
        "        table.consultation_id == match.consultation_id, Page.consultation_id == comment.consultation_id)\n",
        encoding="utf-8",
    )
    tables = set(_tables(ast.parse(written.read_text(encoding="utf-8"))))
    assert tables == {"other", "match", "table"}
    compares = [node for node in ast.walk(ast.parse(written.read_text())) if isinstance(node, ast.Compare)]
    by_hand = [all(_is_column(side, tables) for side in (one.left, *one.comparators)) for one in compares]
    assert by_hand == [True, True, True, False]
