"""What whoever opens the repository for the first time expects to find there, and that it is true."""

import re
import subprocess
import tomllib
from hashlib import sha256

import yaml
from flask import Flask

from consult.version import VERSION
from tests.house.rooms import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
OFFICIAL = "b265314fe0920ed66121307961dabb70eb3c26c508d2362783e821bbb4a0e16c"
"""The SHA-256 of the words of EUPL-1.2 as SPDX gives them, however they are broken into lines."""


def text(name: str) -> str:
    """A file of the checkout."""
    return (CHECKOUT / name).read_text(encoding="utf-8")


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile, as they are run where nothing else is asked for."""
    makefile = text("Makefile")
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert found, target
    given = dict(re.findall(r"^([A-Z_]+) [:?]?= (.*)$", makefile, re.MULTILINE))
    return [re.sub(r"\$\(([A-Z_]+)\)", lambda name: given[name[1]], line.strip()) for line in found[1].splitlines()]


def ignored(name: str) -> bool:
    """Whether git leaves a file out."""
    return subprocess.run(["git", "check-ignore", "--quiet", name], cwd=CHECKOUT, check=False).returncode == 0


def test_the_instance_folder_holds_its_page_and_nothing_else() -> None:
    assert not ignored("instance/README.md")
    assert all(ignored(f"instance/{name}") for name in ("consult.sqlite", "files/a", "keys/b.key", "demo/README.md"))


def test_the_page_of_the_instance_folder_names_what_the_settings_put_there() -> None:
    settings = re.findall(r'(?:instance|shared) / "([\w.-]+)"', text("config.py"))
    named = text("instance/README.md")
    assert len(settings) > 8
    # `ledger-keys` is what `keys` was called once.
    assert not [name for name in settings if name != "ledger-keys" and f"`{name}" not in named]


def test_cleaning_takes_the_demo_and_nothing_else_of_the_instance_folder() -> None:
    removed = [word for line in recipe("clean") if line.startswith("rm ") for word in line.split()]
    assert [word for word in removed if word.startswith("instance")] == ["instance/demo", "instance/demo-checkpoints"]


def test_the_licence_is_whole_and_named() -> None:
    words = " ".join(text("LICENSE").split())
    assert sha256(words.encode()).hexdigest() == OFFICIAL
    assert PROJECT["project"]["license"] == "EUPL-1.2" and PROJECT["project"]["license-files"] == ["LICENSE"]


def test_what_runs_before_a_commit_is_what_make_check_runs() -> None:
    hooks = [hook for repo in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]]
    assert [hook["entry"] for hook in hooks] == recipe("check")
    assert all(hook["language"] == "system" and hook["pass_filenames"] is False for hook in hooks)


def test_pages_for_newcomers_name_commands_that_there_are() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", text("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"):
        said = set(re.findall(r"`make ([a-z][\w-]*)", text(name)))
        assert said <= targets, (name, said - targets)


def test_nobody_is_made_up() -> None:
    """A mail address in these pages would be somebody's, or nobody's."""
    for name in ("CONTRIBUTING.md", "SECURITY.md", "instance/README.md"):
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", text(name)), name


def test_the_version_stands_in_one_place_and_is_told(app: Flask) -> None:
    newest = re.search(r"^## (\S+) – (.+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert newest and newest[1] == VERSION
    assert re.fullmatch(r"unreleased · chưa phát hành|\d{4}-\d\d-\d\d", newest[2])
    assert "version" in PROJECT["project"]["dynamic"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "consult.version.VERSION"}
    assert app.test_cli_runner().invoke(args=["version"]).output == f"{VERSION}\n"
    for address, said in (("/", f"Phiên bản {VERSION}"), ("/en/", f"Version {VERSION}")):
        assert app.test_client().get(address).text.count(said) == 1
