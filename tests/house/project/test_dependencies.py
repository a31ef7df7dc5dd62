"""What has to be installed is used, and what that brings with it is pinned with it."""

import re
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement

from tests.house.rooms import CHECKOUT, imports_of, modules

NOT_IMPORTED = {
    "psycopg": "SQLAlchemy takes it as soon as CONSULT_DATABASE_URL names PostgreSQL",
    "psycopg-binary": "the part of psycopg that is compiled",
    "pyxform": "the first who asks for a form has it imported (collections/openrosa/xlsform.py)",
    "tzdata": "zoneinfo takes it where the system has no time zones",
}
BROUGHT = "# What those bring with them"


def canonical(name: str) -> str:
    """A package's name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def blocks(file: str) -> tuple[set[str], set[str]]:
    """The packages that are asked for on every Python, and those that come with them."""
    asked, brought = (CHECKOUT / file).read_text(encoding="utf-8").split(BROUGHT)
    first, second = (
        {canonical(name) for name in re.findall(r"^([\w.-]+)==[^;\n]+$", part, re.MULTILINE)}
        for part in (asked, brought)
    )
    return first, second


def brought_by(names: set[str]) -> set[str]:
    """Everything that has to be there for these packages, themselves included."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        needed = [Requirement(line) for line in requires(name) or []]
        # Which of them a Python needs differs from one to the next: the oldest one needs most.
        oldest = {"extra": "", "python_version": "3.11", "python_full_version": "3.11.0"}
        waiting += [canonical(one.name) for one in needed if one.marker is None or one.marker.evaluate(oldest)]
    return seen


def test_every_package_that_is_asked_for_is_used() -> None:
    paths = [*modules(), CHECKOUT / "config.py", *(CHECKOUT / "migrations").rglob("*.py")]
    imported = {found.name.split(".")[0] for path in paths for found in imports_of(path)}
    used = {canonical(one) for name, given in packages_distributions().items() if name in imported for one in given}
    asked, _ = blocks("requirements.txt")
    assert asked - used - set(NOT_IMPORTED) == set()


def test_a_reason_ends_with_what_it_was_for() -> None:
    asked, _ = blocks("requirements.txt")
    assert set(NOT_IMPORTED) <= asked


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_what_comes_with_them_is_pinned_and_nothing_else_is(file: str) -> None:
    asked, brought = blocks(file)
    site = set().union(*blocks("requirements.txt")) if file == "requirements-dev.txt" else set()
    assert not asked & brought
    assert brought == brought_by(asked) - asked - site


@pytest.mark.parametrize("file", ["requirements-machines.txt", "requirements-sign-in.txt"])
def test_what_may_be_added_is_what_is_tested(file: str) -> None:
    pinned = re.findall(r"^[\w.-]+==.+$", (CHECKOUT / "deploy" / file).read_text(), re.MULTILINE)
    assert pinned and set(pinned) <= set((CHECKOUT / "requirements-dev.txt").read_text().splitlines())


def test_further_ways_to_sign_in_are_pinned_with_all_they_bring() -> None:
    asked, brought = blocks("deploy/requirements-sign-in.txt")
    assert brought == brought_by(asked) - asked - set().union(*blocks("requirements.txt"))
