"""One function writes files, whole or not at all: who writes in another way says here why that is well."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.rooms import HOUSE, modules, nodes_of

WRITERS = {"mkstemp", "NamedTemporaryFile", "mkdtemp", "write_bytes", "write_text", "replace", "rename", "copyfile"}
MODULES = {"os", "shutil", "tempfile"}

EXCUSED = {
    "files/atomic_write.py": "the one function",
    "ledger/checkpoint_store.py": "a file has two slots, written in turn: one write to the disk is enough",
    "ledger/outside_list.py": "a list that is only added to, line by line: a half line is closed first, and read past",
    "keys/ring.py": "a key has another name until it is whole, and takes nobody's place",
    "administration/backups": "a backup has another name until it is whole, and proves itself by its manifest",
    "files/archive.py": "a part within an archive, which whoever made it hands to the one function",
    "demo": "the material of the demonstration is made again at any time",
    "appraisal/package/generation.py": "made in a folder with another name, as large tables are",
    "archive/contents.py": "made in a folder with another name, as large tables are",
    "files/made_files.py": "a folder has another name until all of it is there; the file that names it is replaced",
    "files/places/folder.py": "a file to wait at, with nothing in it",
    "exports": "tables are made in a folder with another name, which takes its own when all of it is there",
    "search": "locks with nothing in them, and the file in which SQLite makes an index that can be made again",
    "sandbox": "a file to wait at, and what the confined process tries to write and must not",
    "administration/condition/alert_round.py": "a file to wait at, with nothing in it",
    "command_line/secret_setting.py": "the secret of a machine that develops, made once; in production it is set",
    "traces/measurements.py": "numbers in mapped files, each of one process; no number is worth a wait for the disk",
    "sqlite.py": "a file to wait at, with nothing in it",
}


def test_files_are_written_by_one_function() -> None:
    wrong = [
        f"consult/{place}:{line}: {call}"
        for path in modules()
        if not any((place := str(path.relative_to(HOUSE))).startswith(excused) for excused in EXCUSED)
        for line, call in _writing(path)
    ]
    assert not wrong, "use consult.files.atomic_write, or say here why not:\n" + "\n".join(wrong)


def test_nobody_is_excused_who_is_not_there() -> None:
    assert not [name for name in EXCUSED if not (HOUSE / name).exists()]


def _writing(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and _writes(node):
            yield node.lineno, ast.unparse(node)[:80]


def _writes(node: ast.Call) -> bool:
    called = ast.unparse(node.func)
    owner, _, name = called.rpartition(".")
    if name in {"replace", "rename", "copyfile"}:
        return owner in MODULES
    if name in WRITERS:
        return owner != "formatter"
    if called == "os.open":
        return "O_CREAT" in ast.unparse(node)
    if name != "open" or owner in {"zipfile", "package", "Image"}:
        return False
    modes = [
        one.value for one in (*node.args, *(word.value for word in node.keywords)) if isinstance(one, ast.Constant)
    ]
    return any(isinstance(mode, str) and mode[:1] in {"w", "x", "a"} and len(mode) < 4 for mode in modes)
