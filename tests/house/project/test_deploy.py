"""The programs of `deploy/` on a machine where every other program only says how it was called."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

SAYS = """#!/bin/sh
printf '%s' "${0##*/}" >>"$SAID"; printf ' [%s]' "$@" >>"$SAID"; echo >>"$SAID"
"""
GIT = f"""{SAYS}case "$1" in rev-parse) cat head 2>/dev/null || echo v1.0.0;; checkout) echo "$3" >head;; esac"""
PROGRAMS = ("git", "systemctl", "install", "curl", "systemd-run", "id", "setpriv")
RESTORE = "then restore the backup"


class Machine:
    """A server whose code and settings lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, self.signers = folder, folder / "said", folder / "release-signers"
        for name in ("programs", "deploy", ".venv/bin", "consult", "systemd"):
            (folder / name).mkdir(parents=True)
        for name in PROGRAMS:
            self.program(f"programs/{name}", SAYS)
        self.program("programs/id", "echo 0")
        self.program("programs/git", GIT)
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
        own = {"SAID": str(self.said), "CONSULT_UPDATES": str(self.folder), "CONSULT_SIGNERS": str(self.signers)}
        environment = {"PATH": f"{self.folder / 'programs'}:{os.defpath}", **own, **given}
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


def test_an_update_notes_what_going_back_needs_and_backs_up_again_when_nobody_sends(machine: Machine) -> None:
    machine.update("printf new >revision")
    assert (machine.folder / "last").read_text() == "v1.0.0\nold\n\n\ndone\n"
    calls = machine.said.read_text().splitlines()
    stopped = calls.index("systemctl [stop] [consult-web.socket] [consult-web.service] [consult-worker.service]")
    backups = [place for place, call in enumerate(calls) if call == "systemctl [start] [consult-backup.service]"]
    assert len(backups) == 2 and backups[0] < stopped < backups[1]


def test_a_version_that_does_not_know_the_schema_is_refused_before_anything_changes(machine: Machine) -> None:
    machine.program("programs/git", f'{SAYS}[ "$1" != grep ]')
    done = machine.update("printf new >revision")
    assert done.returncode == 1 and "deploy/go-back" in done.stderr and "nothing has changed" in done.stderr
    assert "systemctl" not in machine.said.read_text() and (machine.folder / "revision").read_text() == "old"


def test_where_signers_are_named_an_unsigned_version_is_refused(machine: Machine) -> None:
    machine.signers.write_text("release ssh-ed25519 AAAA\n")
    machine.program("programs/git", f'{SAYS}case "$*" in *verify-tag*) exit 1;; esac; echo v1.0.0')
    done = machine.update("printf new >revision")
    assert done.returncode == 1 and "is not signed" in done.stderr and "systemctl" not in machine.said.read_text()


def updated(machine: Machine, upgrade: str) -> None:
    """A machine with an update behind it, its data and one backup."""
    machine.update(upgrade)
    for name in ("instance", "backups/2026-11-30-0230"):
        (machine.folder / name).mkdir(parents=True, exist_ok=True)
    (machine.folder / "instance" / "consult.sqlite").write_text("newer")
    (machine.folder / "consult.env").write_text(
        f"CONSULT_ENV=production\nCONSULT_INSTANCE={machine.folder}/instance\n"
        f"CONSULT_BACKUP_FOLDER={machine.folder}/backups\n"
    )
    machine.said.write_text("")
    machine.program("deploy/consult", f'{SAYS}case "$2" in current) cat revision;; serves) exit 1;; esac')
    machine.program("programs/install", f'{SAYS}case "$*" in *-d*) for last; do :; done; mkdir -p "$last";; esac')


def test_going_back_takes_the_code_alone_where_the_schema_did_not_move(machine: Machine) -> None:
    updated(machine, "exit 3")
    done = machine.run("go-back")
    said = machine.said.read_text()
    assert done.returncode == 0 and "git [checkout] [--quiet] [v1.0.0]" in said and "[restore]" not in said
    assert (machine.folder / "instance" / "consult.sqlite").exists() and not (machine.folder / "last").exists()
    again = machine.run("go-back")
    assert again.returncode == 1 and "No update was made" in again.stderr


def test_going_back_takes_the_code_alone_where_it_works_on_what_was_added(machine: Machine) -> None:
    updated(machine, "printf new >revision")
    acts = 'current) cat revision;; serves) [ "$3" = old ];;'
    machine.program("deploy/consult", f'{SAYS}case "$2" in {acts} esac')
    done = machine.run("go-back")
    said = machine.said.read_text()
    assert done.returncode == 0, done.stderr
    assert "git [checkout] [--quiet] [v1.0.0]" in said and "[restore]" not in said
    assert (machine.folder / "instance" / "consult.sqlite").read_text() == "newer"


@pytest.mark.parametrize("name", ["CONSULT_DATABASE_URL", "CONSULT_FILES_URL", "CONSULT_SHARED"])
def test_what_lies_outside_of_the_folder_is_not_restored_by_going_back(machine: Machine, name: str) -> None:
    updated(machine, "printf new >revision")
    with (machine.folder / "consult.env").open("a") as settings:
        settings.write(f"{name}=somewhere\n")
    done = machine.run("go-back", "--restore")
    assert done.returncode == 1 and name in done.stderr and "systemctl" not in machine.said.read_text()


def test_going_back_over_a_moved_schema_is_asked_for_by_name_and_deletes_nothing(machine: Machine) -> None:
    updated(machine, "printf new >revision")
    refused = machine.run("go-back")
    assert refused.returncode == 1 and "--restore" in refused.stderr and "systemctl" not in machine.said.read_text()
    machine.said.write_text("")
    done = machine.run("go-back", "--restore")
    assert done.returncode == 0, done.stderr
    calls = machine.said.read_text()
    steps = [calls.index(step) for step in ("[backup] [check]", "systemctl [stop]", "git [checkout]", "[restore]",
                                            "[db] [upgrade]", "[reindex]", "systemctl [start]")]  # fmt: skip
    assert steps == sorted(steps) and "2026-11-30-0230" in calls
    [aside] = machine.folder.glob("instance.before-go-back-*")
    assert (aside / "consult.sqlite").read_text() == "newer"
