"""`make mutants`, or `python -m bench.mutants [WORD…]`: breaks lines of the rules that matter, one at a time in a copy
of the checkout, and runs the tests that should notice. Prints those that nobody noticed; ends with 1 when there are
any.

With words, only the lines whose file, text or tests have one of them. It takes some seconds for each line, half an hour
for all. The tests run on SQLite alone, unless those of a line say otherwise with `-m`.
"""

import compileall
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import NoReturn

import pytest

from bench.broken_lines import LINES, Line

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300
"""Seconds after which a line counts as noticed: the tests hang on it."""
NO_TEST_RAN = 5
LIBRARIES = ("alembic.command", "flask_wtf", "html5lib", "hypothesis", "playwright.sync_api", "sqlalchemy.orm", "typst")
"""What takes longest to read is read once, before the tests of each line begin in a process of their own."""


def main() -> int:
    """Tries every line, or those asked for."""
    words = sys.argv[1:]
    wanted = [
        one for one in LINES if not words or any(word in f"{one.file} {one.before} {one.tests}" for word in words)
    ]
    if stale := [told for one in wanted if (told := wrong(one))]:
        print("These lines of bench/broken_lines/ have to follow what changed:", *stale, sep="\n  ")
        return 2
    with tempfile.TemporaryDirectory(prefix="consult-mutants-") as name:
        copy = Path(name)
        for path in checkout():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, copy / path)
        compileall.compile_dir(copy, quiet=2)
        for library in (*LIBRARIES, *(one.module for one in entry_points(group="pytest11"))):
            import_module(library)
        survivors = [one for one in wanted if not noticed(copy, one)]
    print(f"{len(wanted)} lines broken, {len(survivors)} survived")
    for one in survivors:
        print(f"  {one}")
    return 1 if survivors else 0


def wrong(line: Line) -> str:
    """Why a line is of no use any more; empty when it is."""
    path = ROOT / line.file
    if not path.is_file():
        return f"{line.file}: there is no such file"
    times = path.read_text(encoding="utf-8").count(line.before)
    if times != 1:
        return f"{line.file}: {line.before!r} is there {times} times"
    missing = [one for one in shlex.split(line.tests) if one.startswith("tests/") and not (ROOT / one).is_file()]
    return f"{line.file}: there is no test file {', '.join(missing)}" if missing else ""


def checkout() -> Iterator[str]:
    """The files of the project, those that are new included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return (path for path in listed.splitlines() if (ROOT / path).is_file())


def noticed(copy: Path, line: Line) -> bool:
    """Whether the tests of a line fail when it is broken. Raises ValueError when none ran."""
    path = copy / line.file
    whole, kept = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(whole.replace(line.before, line.after), encoding="utf-8")
    try:
        status = tested(copy, line.tests)
    finally:
        path.write_text(whole, encoding="utf-8")
        # By this it is known that what was compiled of it is still good.
        os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    if status == NO_TEST_RAN:
        raise ValueError(f"{line.file}: no test of {line.tests}")
    print(f"{'noticed ' if status else 'SURVIVED'} {line}", flush=True)
    return status != 0


def tested(copy: Path, tests: str) -> int:
    """How pytest ends, with the first test that fails."""
    given = shlex.split(tests)
    given += [] if "-m" in given else ["-m", "not postgres"]
    child = os.fork()
    if child == 0:
        # That plugins were read before pytest began is as we want it.
        own = ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        _test(copy, [*own, *given])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _test(copy: Path, arguments: list[str]) -> NoReturn:
    """Runs pytest in this process, a copy of the one that has read all libraries, and ends it."""
    status = 1
    try:
        signal.alarm(LONGEST)
        os.chdir(copy)
        sys.path[0] = str(copy)
        sys.dont_write_bytecode = True
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        status = pytest.main(arguments)
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
