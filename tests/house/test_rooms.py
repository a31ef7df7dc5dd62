"""Rooms stay small enough to be read in one sitting, and bear names that say what is in them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import CHECKOUT, HOUSE, modules, nodes_of

# About 25 is the habit; this is where it stops.
MOST_LINES_OF_A_FUNCTION = 30
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
TOP_LEVEL = {
    "consult": "the house", "templates": "its pages", "static": "what they load", "instance": "what a site writes",
    "config.py": "its settings", "requirements.txt": "what it needs", "tests": "its proof", "README.md": "its door",
    "migrations": "the steps of its database, where Alembic keeps them",
    "docs": "its pages for people", "bench": "measurements", "deploy": "servers", "out": "what tests and docs leave",
    "requirements-dev.txt": "pip: what the tests add", "pyproject.toml": "pip, ruff, mypy and pytest look here",
    "setup.py": "pip: the packages, which pyproject.toml can only name one by one",
    "build": "what pip leaves", "consult.egg-info": "what pip leaves",
    "Makefile": "make", "CHANGELOG.md": "whoever updates looks here", "LICENSE": "whoever takes it over looks here",
    "Containerfile": "podman and docker", "compose.yaml": "the same, for site, worker and database together",
    "CONTRIBUTING.md": "whoever would add something is led here by the site that keeps the repository",
    "SECURITY.md": "whoever finds a hole is led here by the site that keeps the repository",
}  # fmt: skip
"""Every name at the top, and why it stands there: beside the house, what tools and people look for at the root."""


def lines_of(path: Path) -> int:
    """How many lines of a file say something; the formatter's blank lines are not counted."""
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def files(*patterns: str) -> list[Path]:
    """The files of the checkout with these patterns."""
    return sorted(path for pattern in patterns for path in CHECKOUT.glob(pattern))


@pytest.mark.parametrize(
    ("patterns", "most"),
    [
        (("config.py", "consult/**/*.py", "bench/**/*.py", "docs/*.py", "setup.py"), 200),
        (("templates/**/*.*", "consult/templates/**/*.*"), 100),
        (("tests/**/*.py",), 300),
    ],
)
def test_no_file_is_longer_than_one_sitting(patterns: tuple[str, ...], most: int) -> None:
    # Both are one file by intent: outsiders check the ledger, or witness it, with that file and nothing else.
    whole = {"verify_ledger.py", "witness.py"}
    long = [path for path in files(*patterns) if lines_of(path) > most and path.name not in whole]
    assert not long, "\n".join(f"{path.relative_to(CHECKOUT)}: {lines_of(path)} > {most}" for path in long)


def test_names_say_what_is_inside() -> None:
    nameless = [path for path in files("consult/**/*", "tests/**/*", "templates/**/*") if path.stem in NAMELESS]
    assert not nameless, nameless


def test_the_top_level_keeps_its_names() -> None:
    strangers = {path.name for path in CHECKOUT.iterdir() if not path.name.startswith(".")} - set(TOP_LEVEL)
    assert not strangers - {"__pycache__"}, strangers


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{path.relative_to(HOUSE)}:{function.lineno} {function.name}: {length} lines"
        for path in modules()
        for function in nodes_of(path)
        if isinstance(function, ast.FunctionDef) and (length := _own_length(function)) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, "\n".join(long)


def _own_length(function: ast.FunctionDef) -> int:
    """The lines of its body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_nothing_only_looks_done() -> None:
    wrong = [f"{path.relative_to(HOUSE)}:{line}" for path in modules() for line in _stubs(path)]
    assert not wrong, "\n".join(wrong)


def _stubs(path: Path) -> Iterator[int]:
    for node in nodes_of(path):
        if isinstance(node, ast.Raise) and ast.unparse(node).find("NotImplementedError") >= 0:
            yield node.lineno


def test_every_template_is_shown_somewhere() -> None:
    """By its whole path in a template or module, or by what a frame's `page("…")` adds to its own folder."""
    named = "\n".join(path.read_text(encoding="utf-8") for path in files("templates/**/*.html", "consult/**/*.py"))
    unused = []
    for path in files("templates/**/*.html"):
        whole = path.relative_to(CHECKOUT / "templates").as_posix()
        parts = whole.removesuffix(".html").split("/")
        ways = [f"'{whole}'", f'"{whole}"', *(f'"{"/".join(parts[at:])}"' for at in range(1, len(parts)))]
        if not any(way in named for way in ways):
            unused.append(whole)
    assert not unused, unused
