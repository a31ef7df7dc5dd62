"""Ways in which an update stops half way on a real machine, and what there is to go back to afterwards."""

from pathlib import Path

import pytest

from tests.house.project.test_deploy import GIT, Machine, updated

BACKUP = "2026-11-30-0230"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A server with one backup."""
    machine = Machine(tmp_path)
    (tmp_path / "backups" / BACKUP).mkdir(parents=True)
    with (tmp_path / "consult.env").open("a") as settings:
        settings.write(f"CONSULT_BACKUP_FOLDER={tmp_path}/backups\n")
    return machine


def noted(machine: Machine) -> list[str]:
    """What an update left for going back: version, step, backup, changed files, state."""
    return (machine.folder / "last").read_text().splitlines()


def test_who_tries_again_goes_back_to_what_ran_and_not_to_the_half(machine: Machine) -> None:
    assert machine.update("exit 3").returncode == 3
    assert (machine.folder / "head").read_text() == "v1.2.0\n" and noted(machine)[4] == "under way"
    for upgrade, status in (("exit 3", 3), ("printf new >revision", 0)):
        again = machine.update(upgrade)
        assert again.returncode == status and "leads to v1.0.0" in again.stderr
        assert noted(machine)[:2] == ["v1.0.0", "old"]
    assert noted(machine)[4] == "done"
    machine.update("printf newest >revision")
    # What ran before a next update is the version that this one brought.
    assert noted(machine)[0] == "v1.2.0"


def test_an_upgrade_that_was_half_done_before_is_told_by_the_backup_made_before_it(machine: Machine) -> None:
    machine.update("printf new >revision; exit 1")
    (machine.folder / "backups" / "2026-12-01-0230").mkdir()
    (machine.folder / "revision").write_text("new")
    machine.program("deploy/consult", 'case "$2" in current) cat revision;; upgrade) exit 1;; serves) exit 1;; esac')
    again = machine.run("update", "v1.2.0")
    assert again.returncode == 1 and f"restore the backup {machine.folder}/backups/{BACKUP}" in again.stderr
    assert noted(machine)[1:3] == ["old", f"{machine.folder}/backups/{BACKUP}"]


def test_going_back_restores_the_backup_of_that_update_and_none_of_a_night_since(machine: Machine) -> None:
    updated(machine, "printf new >revision")
    (machine.folder / "backups" / "2026-12-04-0230").mkdir()
    done = machine.run("go-back", "--restore")
    assert done.returncode == 0, done.stderr
    assert f"{BACKUP}]" in machine.said.read_text() and "2026-12-04" not in machine.said.read_text()
    assert "new epoch" in done.stdout


def test_the_site_that_runs_on_meets_no_code_of_another_version(machine: Machine) -> None:
    machine.program(".venv/bin/python", '[ ! -e no-packages ] || exit 1; printf "pip\\n" >>"$SAID"')
    (machine.folder / "no-packages").touch()
    stopped = machine.update("printf new >revision")
    assert stopped.returncode == 1 and "the site runs on" in stopped.stderr
    assert not (machine.folder / "head").exists() and "[stop]" not in machine.said.read_text()
    (machine.folder / "no-packages").unlink()
    assert machine.update("printf new >revision").returncode == 0
    said = machine.said.read_text()
    assert said.index("pip") < said.index("systemctl [stop]") < said.index("git [checkout]")


def test_what_a_full_disk_left_of_a_checkout_is_put_right(machine: Machine) -> None:
    """Git says that all is well then: to it those files are changes made here (tried with a real one)."""
    updated(machine, "exit 3")
    assert machine.run("go-back").returncode == 0
    assert "git [checkout] [--quiet] [v1.0.0] [--force]" in machine.said.read_text()


CHANGED = f'{GIT}; [ "$1" != diff ] || cat differing'
"""Git on a machine that has changed files of its own."""


def test_what_this_machine_changed_itself_is_never_thrown_away(machine: Machine) -> None:
    machine.program("programs/git", CHANGED)
    (machine.folder / "differing").write_text("deploy/nginx-pages/too-large.html\n")
    updated(machine, "exit 3")
    (machine.folder / "differing").write_text("consult/db.py\ndeploy/nginx-pages/too-large.html\n")
    refused = machine.run("go-back")
    assert refused.returncode == 1 and "consult/db.py" in refused.stderr
    assert "[start]" not in machine.said.read_text() and (machine.folder / "last").exists()
    (machine.folder / "differing").write_text("deploy/nginx-pages/too-large.html\n")
    assert machine.run("go-back").returncode == 0
    assert "--force" not in machine.said.read_text()


@pytest.mark.parametrize("last", ["", "v1.0.0\n"], ids=["empty", "half"])
def test_notes_that_say_nothing_are_not_gone_by(machine: Machine, last: str) -> None:
    updated(machine, "exit 3")
    (machine.folder / "last").write_text(last)
    done = machine.run("go-back")
    assert done.returncode == 1 and "does not say" in done.stderr and "systemctl" not in machine.said.read_text()


def test_notes_of_an_update_of_before_throw_nothing_away(machine: Machine) -> None:
    updated(machine, "exit 3")
    (machine.folder / "last").write_text("v1.0.0\nold\n")
    assert machine.run("go-back").returncode == 0 and "--force" not in machine.said.read_text()


def test_going_back_without_a_restore_waits_until_the_site_is_ready(machine: Machine) -> None:
    updated(machine, "exit 3")
    machine.run("go-back")
    assert "[http://localhost/readyz]" in machine.said.read_text()
