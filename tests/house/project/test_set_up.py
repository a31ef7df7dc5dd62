"""What a newcomer and an operator type does what it says, and says what it cannot do."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.house.rooms import CHECKOUT

SCRIPTS = ["install-system-packages", "backup", "update", "go-back", "release", "audit", "consult"]
NOBODY = 65534
PIN = re.compile(r"^([a-z0-9-]+)==([0-9][0-9a-z.]*)(; python_version >= \"3\.\d+\")?$")


def pins(name: str) -> list[str]:
    """The lines of a requirements file that name a package."""
    lines = (CHECKOUT / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def names_in(path: str) -> set[str]:
    """Every setting that a file names."""
    return set(re.findall(r"\bCONSULT_[A-Z_]*[A-Z]\b", (CHECKOUT / path).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_what_is_pinned(name: str) -> None:
    for line in pins(name):
        pin = PIN.match(line)
        assert pin, f"{name}: {line!r} is no exact pin"
        marker = Requirement(line).marker
        if marker is not None and not marker.evaluate():
            continue
        assert version(pin[1]) == pin[2], f"{pin[1]} {version(pin[1])} is installed, {pin[2]} is pinned: make install"


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_programs_that_a_plain_shell_can_read(name: str) -> None:
    script = CHECKOUT / "deploy" / name
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)


@pytest.fixture
def bare_machine() -> Iterator[Path]:
    """A folder of programs with nothing but a shell, that anybody may read."""
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for program in ("sh", "id", "ls", "apt-get"):
            found = shutil.which(program)
            assert found
            Path(folder, program).symlink_to(found)
        yield Path(folder)


def test_without_root_one_sentence_names_the_packages(bare_machine: Path) -> None:
    script = (CHECKOUT / "deploy" / "install-system-packages").read_bytes()
    somebody: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": str(bare_machine)}
    said = subprocess.run(
        ["sh", "-s", "tests"], input=script, capture_output=True, env=environment, cwd="/", check=False, **somebody
    )
    sentence = said.stderr.decode()
    assert said.returncode == 1 and said.stdout == b""
    assert sentence.count("\n") == 1 and sentence.startswith("Consult: ")
    assert {"python3", "python3-venv", "chromium-headless-shell", "poppler-utils"} <= set(sentence.split())


def test_a_backup_is_refused_without_its_folder() -> None:
    script = CHECKOUT / "deploy" / "backup"
    said = subprocess.run([script], capture_output=True, text=True, env={"PATH": os.defpath}, check=False)
    assert said.returncode != 0 and "CONSULT_BACKUP_FOLDER" in said.stderr


def test_every_setting_is_explained_and_none_is_invented() -> None:
    read = names_in("config.py") | names_in("consult/command_line/secret_setting.py") | names_in("deploy/backup")
    read |= names_in("consult/files/s3/settings.py")
    shown = names_in("deploy/consult.env.example")
    assert shown <= read, f"nobody reads {shown - read}"
    explained = names_in("docs/operating.md")
    short = {name for name in read if name.startswith("CONSULT_SMTP_")}
    assert read - short <= explained, f"docs/operating.md does not explain {read - short - explained}"


def test_units_start_commands_of_this_house() -> None:
    for unit in sorted((CHECKOUT / "deploy").glob("*.service")):
        command = re.search(r"^ExecStart=/opt/consult/(\S+)", unit.read_text(), re.MULTILINE)
        assert command, f"{unit.name} starts something else"
        assert command[1].startswith((".venv/bin/", "deploy/"))


def test_the_proxy_of_the_example_tells_what_the_site_believes() -> None:
    """Whatever the site takes from a proxy, ours replaces: what a visitor claims of it goes no further."""
    shown = (CHECKOUT / "deploy" / "nginx.conf.example").read_text(encoding="utf-8")
    replaced = dict(re.findall(r"^\s+proxy_set_header (\S+) +(\S+);", shown, re.MULTILINE))
    assert replaced["X-Request-Start"] == '"t=$msec"' and replaced["X-Request-Time"] == "$request_time"
    assert {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Host"} <= set(replaced)
    assert "https://$host" not in shown and shown.count("default_server;") == 4


def test_every_server_takes_the_moment_of_arrival_at_the_door() -> None:
    for path in ("deploy/consult-web.service", "consult/administration/site/commands.py", "bench/site.py"):
        assert "consult.web.arrival.server.Doorkeeper" in (CHECKOUT / path).read_text(encoding="utf-8"), path


def test_units_fix_no_folder_that_a_setting_moves() -> None:
    # What a setting may move lies where systemd lets the unit write whatever the setting says.
    for unit in sorted((CHECKOUT / "deploy").glob("*.service")):
        assert "ReadWritePaths=" not in unit.read_text(), unit.name
    backup = (CHECKOUT / "deploy" / "consult-backup.service").read_text()
    assert "ProtectSystem=full" in backup and "StateDirectory=consult consult-keys" in backup


def test_an_update_takes_the_reference_data_and_says_how_to_go_back() -> None:
    update = (CHECKOUT / "deploy" / "update").read_text()
    steps = [update.index(step) for step in ("deploy/consult db upgrade", "deploy/consult seed-reference", "/readyz")]
    assert steps == sorted(steps) and "To go back" in update
