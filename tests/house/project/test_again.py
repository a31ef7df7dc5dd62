"""A run that fails says how to run again what failed, and ends with pytest's own line."""

import re
import subprocess
import sys
from pathlib import Path

from tests.again import commands
from tests.house.rooms import CHECKOUT

TESTS = """
import pytest

@pytest.fixture
def broken():
    raise ValueError

def test_right(): pass
def test_wrong(): assert False
def test_without_its_fixture(broken): pass
"""


def test_each_failure_is_named_with_its_command(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_some.py").write_text(TESTS)
    alone = ["-p", "tests.again", "-p", "no:cacheprovider", "--rootdir", tmp_path]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *alone, tmp_path], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    lines = run.stdout.splitlines()
    said = [line for line in lines if line.startswith("make test")]
    assert said == [f'make test ONLY="test_some.py::test_{name}"' for name in ("wrong", "without_its_fixture")], (
        run.stdout + run.stderr
    )
    assert re.fullmatch(r"=+ 1 failed, 1 passed, 1 error in .* =+", lines[-1])


def test_a_case_that_would_need_quoting_stands_for_all_of_its_test() -> None:
    plain, odd = "tests/a/test_b.py::test_c[sqlite-d1]", "tests/a/test_b.py::test_d[a b $x]"
    assert commands([plain, odd, odd.replace("a b", "c")]) == [
        f'make test ONLY="{plain}"',
        'make test ONLY="tests/a/test_b.py::test_d"',
    ]
