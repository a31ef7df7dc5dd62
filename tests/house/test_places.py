"""Nothing in the project depends on the machine it was written on, and nothing is left for later in silence."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT

ROOMS = ("consult", "templates", "static", "tests", "migrations", "docs", "bench", "deploy", ".ci")
TEXTS = {
    ".py", ".html", ".xml", ".txt", ".css", ".js", ".md", ".toml", ".json", ".po", ".service", ".socket", ".timer",
    ".conf", ".example", ".sql", ".mako", ".cfg", ".svg", "",
}  # fmt: skip

MACHINE_PATH = re.compile(r"(?<![\w./*-])/(?:work|root|tmp|home|Users)/\w")
LEFT_FOR_LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
NOT_RUN = re.compile(
    r"pytest\.(?:mark\.)?(?:sk" + r"ip|xf" + r"ail)|importor" + r"skip|unittest\.mock|time\.sl" + r"eep\("
)


def own_files() -> list[Path]:
    """Every text file of the project, the ones at the top included."""
    below = [path for room in ROOMS for path in (CHECKOUT / room).rglob("*")]
    top = [path for path in CHECKOUT.iterdir() if not path.name.startswith(".")]
    return sorted(
        path for path in below + top if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts
    )


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> Iterator[str]:
    """Place and text of every line that the pattern is found in."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()[:100]}"


@pytest.mark.parametrize("pattern", [MACHINE_PATH, LEFT_FOR_LATER], ids=["machine path", "left for later"])
def test_no_file_has(pattern: re.Pattern[str]) -> None:
    found = list(lines_with(pattern, own_files()))
    assert not found, "\n".join(found)


def test_every_test_runs_on_the_real_code() -> None:
    tests = [path for path in own_files() if path.is_relative_to(CHECKOUT / "tests") and path.suffix == ".py"]
    found = list(lines_with(NOT_RUN, tests))
    assert not found, "\n".join(found)
