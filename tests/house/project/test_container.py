"""The image and the services of compose.yaml, as far as they can be looked at where no engine runs: what they copy is
there, what they set is read, and what they start is what the units start."""

import re
import shlex
from typing import Any

import pytest
import yaml

from tests.house.rooms import CHECKOUT

CONTAINERFILE = (CHECKOUT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "compose.yaml").read_text(encoding="utf-8"))
OURS = ("site", "worker", "backup")
SETTING = re.compile(r"\bCONSULT_[A-Z_]*[A-Z]\b")


def instructions(name: str) -> list[str]:
    """What follows an instruction, each time it is given."""
    return re.findall(rf"^{name} +(.*)$", CONTAINERFILE, re.MULTILINE)


def copied() -> list[str]:
    """The files and folders that the image takes from the checkout."""
    lines = [shlex.split(line) for line in instructions("COPY")]
    return [name for words in lines if not words[0].startswith("--from") for name in words[:-1]]


def unit(name: str) -> list[str]:
    """The words of the command that a unit starts."""
    whole = (CHECKOUT / "deploy" / f"{name}.service").read_text().replace("\\\n", " ")
    found = re.search(r"^ExecStart=/opt/consult/(?:\.venv/bin/)?(.*)$", whole, re.MULTILINE)
    assert found
    return shlex.split(found[1])


def test_the_image_copies_what_is_there_and_needs_no_more() -> None:
    names = copied()
    assert all((CHECKOUT / name).exists() for name in names), names
    # All that is looked for beside the code, and by which a checkout is known.
    needed = {"consult", "templates", "static", "migrations", "docs", "deploy", "config.py", "pyproject.toml"}
    assert needed <= set(names) and not {"instance", "tests", "."} & set(names)


@pytest.mark.parametrize("name", [".containerignore", ".dockerignore"])
def test_nothing_else_is_even_sent_to_the_engine(name: str) -> None:
    lines = [line for line in (CHECKOUT / name).read_text().splitlines() if not line.startswith("#")]
    assert lines[0] == "*" and {line[1:] for line in lines if line.startswith("!")} == set(copied())


def test_the_settings_are_those_that_are_read() -> None:
    read = set(SETTING.findall((CHECKOUT / "config.py").read_text(encoding="utf-8")))
    for name in ("Containerfile", "compose.yaml"):
        said = set(SETTING.findall((CHECKOUT / name).read_text(encoding="utf-8")))
        assert said and said <= read, (name, said - read)


def test_the_image_starts_what_the_units_start() -> None:
    started = instructions("CMD")[0]
    words = [one for one in yaml.safe_load(started) if one not in {"--bind", "0.0.0.0:8000"}]
    assert words == unit("consult-web")
    assert COMPOSE["services"]["worker"]["command"] == unit("consult-worker")
    assert COMPOSE["services"]["backup"]["command"] == unit("consult-backup")


def test_the_image_has_what_the_site_needs_of_the_system() -> None:
    installed = " ".join(instructions("RUN")).split()
    script = (CHECKOUT / "deploy" / "install-system-packages").read_text()
    of_the_site = set(re.findall(r"need (\S+)", script.partition('if [ "$purpose" = tests ]')[0]))
    assert of_the_site and of_the_site <= set(installed)


def test_nobody_is_root_and_nobody_gains_anything() -> None:
    assert instructions("USER") == ["consult"]
    for name in OURS:
        service = COMPOSE["services"][name]
        assert service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"]
        assert not {"privileged", "cap_add", "user", "pid"} & set(service)
    everything = (CHECKOUT / "compose.yaml").read_text()
    assert "unconfined" not in everything, "without the walls of the engine ours are the only ones"


def test_ports_are_those_of_this_machine_alone() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:8000:8000"] and instructions("EXPOSE") == ["8000"]


def test_what_is_kept_lies_in_volumes() -> None:
    folders = yaml.safe_load(instructions("VOLUME")[0])
    for name in OURS:
        mounted = dict(volume.split(":")[::-1] for volume in COMPOSE["services"][name]["volumes"])
        assert set(mounted) == set(folders) and set(mounted.values()) <= set(COMPOSE["volumes"])
    data = COMPOSE["services"]["database"]["volumes"]
    assert [volume.split(":")[0] for volume in data] == ["database"] and "database" in COMPOSE["volumes"]


def test_what_waits_for_what_is_asked_whether_it_is_ready() -> None:
    assert "/readyz" in COMPOSE["services"]["site"]["healthcheck"]["test"][-1]
    for name in OURS:
        assert COMPOSE["services"][name]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in COMPOSE["services"]["database"]["healthcheck"]["test"][-1]


def test_no_secret_stands_in_the_repository() -> None:
    assert all(COMPOSE["services"][name]["env_file"] == "consult.env" for name in OURS)
    assert "/consult.env" in (CHECKOUT / ".gitignore").read_text().splitlines()
    password = COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"]
    assert password.startswith("${DATABASE_PASSWORD:?")
    assert "DATABASE_PASSWORD" in (CHECKOUT / "docs" / "operating.md").read_text(encoding="utf-8")
