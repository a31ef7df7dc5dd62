"""A first view stays light on a bad line."""

import gzip
import re
from pathlib import Path

import pytest

from consult.web.files.assets import served
from tests.house.rooms import CHECKOUT

STATIC = CHECKOUT / "static"


def on_the_wire(paths: list[Path]) -> int:
    """What these files weigh when each is sent gzipped, as it is served, in bytes."""
    return sum(len(gzip.compress(served(path), 6)) for path in paths)


@pytest.mark.parametrize(("kind", "most"), [("css", 7_000)])
def test_all_files_of_a_kind_together_are_light(kind: str, most: int) -> None:
    """Scripts are weighed by the page that loads them: tests/house/test_scripts.py."""
    files = sorted(STATIC.rglob(f"*.{kind}"))
    assert files, f"no {kind} under static/"
    assert on_the_wire(files) <= most


def test_nothing_is_loaded_from_elsewhere() -> None:
    foreign = re.compile(r"""(?:url\(|@import|import\s|from\s|fetch\()\s*["']?(?:https?:)?//""")
    found = [path.name for path in STATIC.rglob("*.[cj]s*") if foreign.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_nothing_third_party_is_shipped() -> None:
    known = {".css", ".js", ".svg", ".png", ".ico", ".webmanifest", ".txt"}
    strangers = [path.name for path in STATIC.rglob("*") if path.is_file() and path.suffix not in known]
    minified = [path.name for path in STATIC.rglob("*") if ".min." in path.name]
    assert not strangers + minified
