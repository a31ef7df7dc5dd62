"""What all machines of a site share lies in folders or on a store; no room but `files` knows which."""

import ast
from collections.abc import Iterator
from pathlib import Path

import config
from tests.house.rooms import CHECKOUT, HOUSE, imports_of, modules, nodes_of, room_of, tree_of

SETTINGS = {f"{kind.upper()}_FOLDER" for kind in config.KEPT}
DOORS = {
    "place_at", "is_elsewhere", "FileStore", "PendingUploads", "UnsentForms", "ParkedAnswers", "TableStore", "str",
    "partial",
}  # fmt: skip
"""What takes the setting, whichever it is: `str` gives it on to a program beside, `partial` to a check."""
LISTS = {
    HOUSE / "wiring" / "program_settings.py": "what programs beside the worker are told",
    HOUSE / "wiring" / "chores.py": "of these the folders are swept",
    HOUSE / "responses" / "data_requests" / "forgetting.py": "given to `forget_pages`, which takes places",
    HOUSE / "administration" / "backups" / "commands.py": "given to the backup, which takes a place for files",
}
WRITERS = {
    "web": "the switch of maintenance, which is thrown on each machine where files lie on a store",
    "administration": "what was found of the site and told, and the last restore on trial; each machine has its own",
    "exports": "a table into the file that a command names",
    "notices": "mail of a site without a mail server, in a folder of the machine",
    "witness": "requests on a stick",
}


def settings_used(path: Path) -> Iterator[tuple[int, str]]:
    """Where a module names such a setting outside of a call that takes either."""
    tree = tree_of(path)
    given = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in DOORS
        for argument in call.args
        for node in ast.walk(argument)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in SETTINGS and id(node) not in given:
            yield node.lineno, str(node.value)


def test_the_rule_finds_a_path(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('a = app.config["FILES_FOLDER"] / "x"\nb = FileStore(app.config["FILES_FOLDER"])\n')
    assert list(settings_used(module)) == [(1, "FILES_FOLDER")]


def test_nobody_else_opens_what_is_shared_by_its_path() -> None:
    wrong = [
        f"{path.relative_to(CHECKOUT)}:{line}: {name}"
        for path in modules()
        if path not in LISTS and room_of(path) != "files"
        for line, name in settings_used(path)
    ]
    assert not wrong, "\n".join(wrong)


def test_only_what_stays_on_the_machine_is_written_beside_the_seam() -> None:
    writing = {
        room_of(path)
        for path in modules()
        if room_of(path) != "files"
        and any(found.name.startswith("consult.files.atomic_write") for found in imports_of(path))
    }
    assert writing == set(WRITERS)


def test_no_other_room_asks_a_store_for_a_path() -> None:
    wrong = [
        f"{path.relative_to(CHECKOUT)}:{node.lineno}"
        for path in modules()
        if room_of(path) != "files"
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "path"
        and getattr(node.func.value, "attr", getattr(node.func.value, "id", "")) in {"files", "store", "waiting"}
    ]
    assert not wrong, "\n".join(wrong)
