"""The documentation as pages to be read offline: `make docs` writes them to out/docs/, in Vietnamese and English.

A page keeps its place and name (docs/house.md becomes docs/house.html), so that links hold; files of the repository
that a page leads to are copied beside it.
"""

import re
import shutil
import sys
from html import escape
from os.path import relpath
from pathlib import Path
from string import Template

from markdown import Markdown

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    ("docs/vi/index.md", "docs/index.md"),
    ("docs/vi/can-bo.md", "docs/officers.md"),
    ("docs/vi/van-hanh.md", "docs/operating.md"),
    ("docs/vi/do-tin-cay.md", "docs/reliability.md"),
    ("docs/vi/nhieu-may.md", "docs/scaling.md"),
    ("docs/vi/nhat-ky.md", "docs/ledger.md"),
    ("docs/vi/du-lieu-mo.md", "docs/open-data.md"),
    ("docs/vi/ngoi-nha.md", "docs/house.md"),
    ("docs/vi/thu-bao.md", "docs/mails.md"),
    ("docs/vi/nhom-giong-nhau.md", "docs/similar.md"),
    ("docs/vi/giao-dien.md", "docs/look.md"),
    ("docs/vi/an-ninh.md", "docs/security.md"),
    ("docs/vi/chuong-trinh.md", "docs/programme.md"),
    *((name, name) for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "instance/README.md")),
)
"""Each page in Vietnamese and in English, in the order of the navigation; the last ones speak both."""
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
LINK = re.compile(r'(?<=href=")(?![a-z]+:|#)([^"#]+)')


def slug(heading: str, separator: str) -> str:
    """The anchor of a heading, as the sites that show repositories make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", separator)


def address(name: str) -> str:
    """Where a page or file of the repository lies in the built site."""
    return re.sub(r"\.md$", ".html", name) if any(name in pair for pair in PAGES) else name


def heading(name: str) -> str:
    """What a page is called: its first heading."""
    return (ROOT / name).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def linked(body: str, name: str, target: Path) -> str:
    """A page's HTML with links that hold where it lies; what they lead to is copied when it is no page."""

    def there(link: re.Match[str]) -> str:
        file = (ROOT / name).parent.joinpath(link[1]).resolve().relative_to(ROOT).as_posix()
        if not any(file in pair for pair in PAGES):
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, target / file)
        return relpath(address(file), Path(name).parent)

    return LINK.sub(there, body)


def write(target: Path, name: str, language: str, other: str) -> None:
    """Writes one page, with the way to all others of its language and to itself in the other."""
    reader = Markdown(
        extensions=["tables", "fenced_code", "sane_lists", "toc"], extension_configs={"toc": {"slugify": slug}}
    )
    body = linked(reader.convert((ROOT / name).read_text(encoding="utf-8")), name, target)
    entries = ((relpath(address(pair[language == "en"]), Path(name).parent), pair[language == "en"]) for pair in PAGES)
    ways = "".join(
        f'<li><a href="{way}"{" aria-current=page" if one == name else ""}>{escape(heading(one))}</a></li>'
        for way, one in entries
    )
    turned = "en" if language == "vi" else "vi"
    way = relpath(address(other), Path(name).parent)
    switch = f'<a href="{way}" lang="{turned}" hreflang="{turned}">{LANGUAGES[turned]}</a>'
    page = Template((ROOT / "docs" / "page.html").read_text(encoding="utf-8"))
    path = target / address(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        page.substitute(language=language, title=escape(heading(name)), ways=ways, switch=switch, body=body),
        encoding="utf-8",
    )


def build(target: Path) -> None:
    """Writes every page below `target`, and the first one that leads to both languages."""
    for vietnamese, english in PAGES:
        write(target, english, "en", vietnamese if vietnamese != english else PAGES[0][0])
        if vietnamese != english:
            write(target, vietnamese, "vi", english)
    first = '<!doctype html><meta charset="utf-8"><title>Consult</title>'
    ways = (
        f'<p><a href="{address(name)}">{LANGUAGES[code]}</a></p>'
        for code, name in zip(LANGUAGES, PAGES[0], strict=True)
    )
    (target / "index.html").write_text(first + "".join(ways), encoding="utf-8")


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "docs"
    build(out)
    print(out / "index.html")
