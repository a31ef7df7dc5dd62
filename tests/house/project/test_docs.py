"""`make docs`: every page in both languages, and no way that leads nowhere."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

import html5lib
import pytest

from tests.house.rooms import CHECKOUT

SPACE = "{http://www.w3.org/1999/xhtml}"
Page = tuple[list[str], set[str], str]
"""Where a page leads, its anchors, its language."""
LONGEST = 700
"""So many signs a paragraph has at most: who looks something up reads no wall of words."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built."""
    target = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, CHECKOUT / "docs" / "build.py", target], check=True, capture_output=True)
    return target


def read(path: Path) -> Page:
    """What a built page says of itself."""
    tree = html5lib.parse(path.read_text(encoding="utf-8"))
    loaded = [one.tag for one in tree.iter() if {"src", "srcset"} & set(one.attrib) or one.tag == f"{SPACE}link"]
    assert not loaded, (path, "a page is read offline")
    links = [unquote(one.attrib["href"]) for one in tree.iter(f"{SPACE}a") if "href" in one.attrib]
    return links, {one.attrib["id"] for one in tree.iter() if "id" in one.attrib}, tree.attrib.get("lang", "")


def test_no_way_leads_nowhere(site: Path) -> None:
    pages = {path.resolve(): read(path) for path in site.rglob("*.html")}
    assert len(pages) > 15
    broken = []
    for path, (links, _, _) in pages.items():
        for link in links:
            if link.startswith(("http://", "https://")):
                continue
            name, anchor = urldefrag(link)
            there = path.parent.joinpath(name).resolve() if name else path
            if not there.is_file() or (anchor and anchor not in pages[there][1]):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert not broken, "\n".join(broken)


def test_every_page_is_reached_in_its_own_language(site: Path) -> None:
    pages = {path.resolve(): read(path) for path in site.rglob("*.html")}
    seen: set[Path] = set()
    waiting = [site.resolve() / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in pages and path not in seen:
            seen.add(path)
            waiting += [
                path.parent.joinpath(urldefrag(link)[0]).resolve() for link in pages[path][0] if "://" not in link
            ]
    assert seen == set(pages)
    assert all((language == "vi") == (path.parent.name == "vi") for path, (_, _, language) in pages.items() if language)


def test_no_page_is_left_out(site: Path) -> None:
    sources = [*(CHECKOUT / "docs").rglob("*.md"), *CHECKOUT.glob("*.md")]
    lacking = [path for path in sources if not (site / path.relative_to(CHECKOUT)).with_suffix(".html").is_file()]
    assert not lacking, f"docs/build.py has the list of pages: {lacking}"


def test_what_has_a_page_in_one_language_has_one_in_the_other(site: Path) -> None:
    for path in (site / "docs").rglob("*.html"):
        links, _, language = read(path)
        other = path.parent.joinpath(links[0]).resolve()
        assert {language, read(other)[2]} == {"vi", "en"}, path
        assert other.parent.joinpath(read(other)[0][0]).resolve() == path.resolve()


def paragraphs(path: Path) -> Iterator[tuple[int, str]]:
    """The paragraphs and points of a page by their line; what stands in tables and commands is read otherwise."""
    quoted = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        quoted ^= line.lstrip().startswith("```")
        if not quoted and not line.startswith("|"):
            yield number, line


def test_no_paragraph_is_a_wall() -> None:
    sources = [
        *(CHECKOUT / "docs").rglob("*.md"),
        *(CHECKOUT / f"{one}.md" for one in ("README", "CONTRIBUTING", "SECURITY")),
    ]
    walls = [
        f"{path.relative_to(CHECKOUT)}:{number}: {len(line)}"
        for path in sources
        for number, line in paragraphs(path)
        if len(line) > LONGEST
    ]
    assert not walls, "\n".join(walls)


def test_what_a_page_has_python_import_is_there() -> None:
    asked = [
        (path.name, *found)
        for path in (CHECKOUT / "docs").rglob("*.md")
        for found in re.findall(r"from (consult[\w.]*) import (\w+)", path.read_text(encoding="utf-8"))
    ]
    assert asked
    for page, module, name in asked:
        folder = CHECKOUT / module.replace(".", "/")
        assert (folder / f"{name}.py").is_file(), (page, module, name)
