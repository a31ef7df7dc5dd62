"""`make mutants`, or `python -m bench.mutants [WORD…]`: breaks lines of the rules that matter, one at a time in a copy
of the checkout, and runs the tests that should notice. Prints those that nobody noticed; ends with 1 when there are
any.

With words, only the lines whose file or text has one of them. It takes some seconds for each line.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.broken_lines import LINES, Line

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300
"""Seconds after which a line counts as noticed: the tests hang on it."""
NO_TEST_RAN = 5


def main() -> int:
    """Tries every line, or those asked for."""
    words = sys.argv[1:]
    wanted = [one for one in LINES if not words or any(word in f"{one.file} {one.before}" for word in words)]
    with tempfile.TemporaryDirectory(prefix="consult-mutants-") as name:
        copy = Path(name)
        for path in checkout():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, copy / path)
        survivors = [one for one in wanted if not noticed(copy, one)]
    print(f"{len(wanted)} lines broken, {len(survivors)} survived")
    for one in survivors:
        print(f"  {one.file}: {one.before.strip()} → {one.after.strip()}")
    return 1 if survivors else 0


def checkout() -> Iterator[str]:
    """The files of the project, those that are new included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return (path for path in listed.splitlines() if (ROOT / path).is_file())


def noticed(copy: Path, line: Line) -> bool:
    """Whether the tests of a line fail when it is broken. Raises ValueError when it is not there once, or none ran."""
    path = copy / line.file
    whole = path.read_text(encoding="utf-8")
    if whole.count(line.before) != 1:
        raise ValueError(f"{line.file}: {line.before!r} is there {whole.count(line.before)} times")
    path.write_text(whole.replace(line.before, line.after), encoding="utf-8")
    try:
        status = tested(copy, line.tests)
    finally:
        path.write_text(whole, encoding="utf-8")
    if status == NO_TEST_RAN:
        raise ValueError(f"{line.file}: no test of {line.tests}")
    print(f"{'noticed ' if status else 'SURVIVED'} {line.file}: {line.before.strip()}", flush=True)
    return status != 0


def tested(copy: Path, tests: str) -> int:
    """How pytest ends, with the first test that fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests.split()]
    try:
        return subprocess.run(command, cwd=copy, capture_output=True, timeout=LONGEST, check=False).returncode
    except subprocess.TimeoutExpired:
        return 1


if __name__ == "__main__":
    sys.exit(main())
