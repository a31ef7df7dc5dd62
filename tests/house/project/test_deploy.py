"""The programs of `deploy/` on a machine where every other program only says how it was called."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

SAYS = """#!/bin/sh
printf '%s' "${0##*/}" >>"$SAID"; printf ' [%s]' "$@" >>"$SAID"; echo >>"$SAID"
"""
PROGRAMS = ("git", "systemctl", "install", "curl", "systemd-run", "id", "setpriv")
RESTORE = "then restore the newest backup"


class Machine:
    """A server whose code and settings lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, folder / "said"
        for name in ("programs", "deploy", ".venv/bin", "consult", "systemd"):
            (folder / name).mkdir(parents=True)
        for name in PROGRAMS:
            self.program(f"programs/{name}", SAYS)
        self.program("programs/id", "echo 0")
        self.program("programs/git", f"{SAYS}echo v1.0.0")
        for name in (".venv/bin/flask", ".venv/bin/python", "consult/__init__.py"):
            self.program(name, SAYS)
        (folder / "consult.env").write_text("CONSULT_ENV=production\nCONSULT_LANG=vi\n")

    def program(self, name: str, script: str) -> None:
        """Puts a program there."""
        path = self.folder / name
        path.write_text(script if script.startswith("#!") else f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, name: str, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
        """Runs a program of `deploy/` as this machine has it."""
        script = (CHECKOUT / "deploy" / name).read_text()
        for place, here in (("/run/systemd/system", "systemd"), ("/etc/consult/consult.env", "consult.env")):
            script = script.replace(place, str(self.folder / here))
        self.program(f"deploy/{name}", script)
        environment = {"PATH": f"{self.folder / 'programs'}:{os.defpath}", "SAID": str(self.said), **given}
        return subprocess.run(
            [self.folder / "deploy" / name, *words], env=environment, capture_output=True, text=True, check=False
        )

    def update(self, upgrade: str, serves: str = "exit 1") -> subprocess.CompletedProcess[str]:
        """Runs an update in which `db upgrade` and `db serves` do what is given here; the file `revision` is the
        database."""
        (self.folder / "revision").write_text("old")
        acts = f'current) cat revision;; upgrade) {upgrade};; serves) [ "$3" = old ] || exit 9; {serves};;'
        self.program("deploy/consult", f'case "$2" in {acts} esac')
        return self.run("update", "v1.2.0")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A server."""
    return Machine(tmp_path)


def test_an_update_that_goes_well_ends_well(machine: Machine) -> None:
    done = machine.update("printf new >revision")
    assert (done.returncode, done.stderr) == (0, "") and "runs at v1.2.0" in done.stdout


def test_an_upgrade_that_changed_nothing_needs_the_code_before_alone(machine: Machine) -> None:
    done = machine.update("exit 3")
    assert done.returncode == 3 and "the database is as it was" in done.stderr
    assert "git checkout v1.0.0" in done.stderr and RESTORE not in done.stderr


@pytest.mark.parametrize("upgrade", ["printf new >revision; exit 1", "rm revision; exit 1"], ids=["moved", "away"])
def test_an_upgrade_that_failed_after_it_moved_needs_the_backup(machine: Machine, upgrade: str) -> None:
    done = machine.update(upgrade)
    assert done.returncode == 1 and "as it was" not in done.stderr and RESTORE in done.stderr
    assert done.stderr.index("git checkout v1.0.0") < done.stderr.index(RESTORE) < done.stderr.index("systemctl start")


def test_what_was_only_added_to_the_database_needs_no_backup_to_go_back(machine: Machine) -> None:
    done = machine.update("printf new >revision; exit 1", serves="exit 0")
    assert done.returncode == 1 and RESTORE not in done.stderr
    assert done.stderr.index("git checkout v1.0.0") < done.stderr.index("systemctl start")


@pytest.mark.parametrize("systemd", [True, False], ids=["systemd", "without"])
def test_how_a_command_speaks_can_be_asked_for_on_a_server(machine: Machine, systemd: bool) -> None:
    if not systemd:
        (machine.folder / "systemd").rmdir()
        # Does what it is called with, behind the words that begin with a hyphen.
        machine.program("programs/setpriv", 'while [ "${1#-}" != "$1" ]; do shift; done; exec "$@"')
        machine.program(".venv/bin/flask", f"{SAYS}env | grep ^CONSULT_ >>$SAID")
    done = machine.run("consult", "check", "a b", CONSULT_TRACEBACK="1", CONSULT_LANG="en", CONSULT_DEMO="1")
    said = machine.said.read_text()
    assert done.returncode == 0, done.stderr
    assert "[--app] [consult] [check] [a b]" in said and "CONSULT_DEMO" not in said
    assert "CONSULT_TRACEBACK=1" in said and "CONSULT_LANG=en" in said and "CONSULT_LANG=vi" not in said
    machine.said.unlink()
    machine.run("consult", "check")
    said = machine.said.read_text()
    assert "[check]" in said and "TRACEBACK" not in said and "CONSULT_LANG=en" not in said
