"""The same names inside every ability: who knows one room finds the tables, pages, forms and commands of all."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT, HOUSE, modules, nodes_of

# What a file must be called that holds it. `of` finds the statements that make it such a file.
TABLES, PAGES, COMMANDS = "tables", "pages", "commands"
BEARS = {
    TABLES: re.compile(r"models|[a-z_]+_models|db"),
    PAGES: re.compile(r"views|views_[a-z_]+"),
    COMMANDS: re.compile(r"commands|[a-z_]+_commands"),
}
# The table of routes of the API is one file by intent; its views stand in `views_…` beside it.
EXCUSED = {HOUSE / "api" / "routes.py"}
# A file may be told from its neighbours by its folder, not by a name that would fit any of them.
SAYS_NOTHING = {"data", "info", "manager", "handler", "process", "main", "base", "core", "stuff", "things", "other"}
NAMED_IN_DOCS = re.compile(r"`((?:[a-z_0-9]+/)+[a-z_0-9*]+\.(?:py|html|po|js|css))`")
ROOTS = (CHECKOUT, HOUSE, CHECKOUT / "templates", CHECKOUT / "tests")


def what_it_holds(path: Path) -> Iterator[tuple[str, int]]:
    """What a module makes, by the kinds above, each with its line."""
    for node in nodes_of(path):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Base" for base in node.bases):
            yield TABLES, node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"Blueprint", "flask.Blueprint"}:
            yield PAGES, node.lineno
        elif isinstance(node, ast.FunctionDef) and any(
            ast.unparse(one).startswith("command(") for one in node.decorator_list
        ):
            yield COMMANDS, node.lineno


def test_tables_pages_and_commands_bear_the_same_names_everywhere() -> None:
    wrong = [
        f"{path.relative_to(CHECKOUT)}:{line} holds {kind}"
        for path in modules()
        if path not in EXCUSED
        for kind, line in what_it_holds(path)
        if not BEARS[kind].fullmatch(path.stem)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_file_does_not_repeat_its_folder() -> None:
    """`responses/desk/desk_forms.py` says twice what its address says once."""
    wrong = [
        str(path.relative_to(CHECKOUT))
        for path in modules()
        if path.stem.startswith(f"{path.parent.name}_") or path.stem == path.parent.name or path.stem in SAYS_NOTHING
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("page", sorted((CHECKOUT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_the_files_that_the_docs_name_are_there(page: Path) -> None:
    lost = [
        name
        for name in NAMED_IN_DOCS.findall(page.read_text(encoding="utf-8"))
        if not any(list(root.glob(name)) for root in ROOTS)
    ]
    assert not lost, lost


def test_the_table_of_names_leads_to_what_is_there() -> None:
    text = (CHECKOUT / "docs" / "house.md").read_text(encoding="utf-8").partition("## Names, old and new")[2]
    rows = re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", text, re.MULTILINE)
    assert rows
    lost = [
        f"{room}: {old} → {new}"
        for room, names in rows
        for old, new in re.findall(r"`([a-z_]+)` → `([a-z_/]+)`", names)
        if not (place := (HOUSE if room == "ground" else HOUSE / room) / f"{new}.py").exists() or place.stem == old
    ]
    assert not lost, lost
