"""`make check-pythons` on a machine that has some of them: each is tried, and those it lacks are named."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

PYTHON = """#!/bin/sh
case "$*" in
    *ensurepip*) exit 0;;
    "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python";;
    *pytest*) echo "tried on ${0#.venv/}"; [ ! -e broken-"${0#.venv/}" ] ;;
esac
"""
INSTALLED = (".venv/site-installed", ".venv/tests-installed")


class Machine:
    """A folder with the Makefile, a few programs, and everything installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(CHECKOUT / "Makefile", folder)
        (folder / "tests").mkdir()
        shutil.copy(CHECKOUT / "tests" / "in-memory", folder / "tests")
        (folder / "programs").mkdir()
        for name in ("sh", "make", "mkdir", "cp"):
            found = shutil.which(name)
            assert found
            (folder / "programs" / name).symlink_to(found)
        for name in ("requirements.txt", "requirements-dev.txt", ".venv/bin/python", *INSTALLED):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()

    def has(self, place: str) -> None:
        """Puts a Python there that says when it is to run tests."""
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PYTHON)
        path.chmod(0o755)

    def make(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs make there."""
        environment = {"PATH": str(self.folder / "programs"), "PYENV_ROOT": str(self.folder / "pyenv")}
        return subprocess.run(
            ["make", *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with Python 3.11 on its path and 3.13 under pyenv."""
    made = Machine(tmp_path)
    made.has("programs/python3.11")
    made.has("pyenv/versions/3.13.4/bin/python")
    return made


def test_each_is_tried_and_what_is_not_there_is_named(machine: Machine) -> None:
    done = machine.make("check-pythons")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^tried on other-([\d.]+)|no Python ([\d.]+) on", done.stdout, re.MULTILINE) == [
        ("3.11", ""), ("", "3.12"), ("3.13", ""),
    ]  # fmt: skip


def test_one_that_fails_counts_and_keeps_the_others_from_nothing(machine: Machine) -> None:
    broken = machine.folder / "broken-other-3.11" / "bin" / "python"
    broken.parent.mkdir(parents=True)
    broken.touch()
    done = machine.make("check-pythons")
    assert done.returncode != 0 and "failed on Python 3.11" in done.stderr
    assert "tried on other-3.13" in done.stdout


def test_the_proof_of_a_commit_tries_the_newest(machine: Machine) -> None:
    done = machine.make("test-other")
    assert done.returncode == 0 and re.findall(r"^tried on other-([\d.]+)", done.stdout, re.MULTILINE) == ["3.13"]
    assert "step test-other" in (CHECKOUT / ".ci" / "run").read_text()


def test_the_oldest_of_them_is_the_oldest_that_may_run_the_site() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    said = re.search(r"^PYTHONS := (.*)$", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)
    assert said and project["project"]["requires-python"] == f">={said[1].split()[0]}"
