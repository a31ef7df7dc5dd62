"""Kept files are opened in one way, which looks at their hash first."""

import ast

from tests.house.rooms import HOUSE, modules, nodes_of, room_of


def test_nobody_reads_a_kept_file_by_its_path() -> None:
    """`FileStore.path` belongs to the room of files; all others use `opened` or `get`."""
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in modules()
        if room_of(path) != "files"
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "path"
    ]
    assert not wrong, wrong
