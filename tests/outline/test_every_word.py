"""Every word of a real file, as the file itself has it, stands in the outline, or in what is doubted: in its text, its
notes, at the head and foot of its pages, and in the place of its pictures."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from consult.outline import Outline, Unreadable, outline_of
from consult.outline.pdf.articles import draft_in
from consult.outline.readers import read
from tests.outline.outlines import squeezed
from tests.outline.reading_text import FALLBACK, M, W

pytestmark = pytest.mark.real

PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
GONE = {W + "del", W + "moveFrom", FALLBACK}
BETWEEN = {W + "tab", W + "br", W + "cr"}
EDGE = 3  # lines of a page that may only number or head it


def words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in unicodedata.normalize("NFC", text).split() if word.strip("\u200b\ufeff")}


def of_docx(path: Path) -> Iterator[str]:
    """What each paragraph of the file prints, and the words that stand for its pictures."""
    with zipfile.ZipFile(path) as archive:
        for name in filter(PARTS.fullmatch, archive.namelist()):
            for paragraph in etree.fromstring(archive.read(name)).iter(W + "p"):
                yield "".join(printed(paragraph))


def printed(element: etree._Element) -> Iterator[str]:
    """What stands in an element, without paragraphs inside it and what was deleted."""
    for child in element.iterchildren(etree.Element):
        if child.tag in (W + "t", M + "t"):
            yield child.text or ""
        elif child.tag in BETWEEN:
            yield " "
        elif child.tag == W + "noBreakHyphen":
            yield "-"
        elif child.tag.endswith("}docPr") and child.get("descr"):
            yield f" {child.get('descr')} "
        elif child.tag not in GONE and child.tag != W + "p":
            # The reader puts signs of its own between the parts of a formula.
            yield " " if child.tag.startswith(M) else ""
            yield from printed(child)


def missing(said: set[str], outlined: Outline) -> set[str]:
    """The words of a file that stand neither in its outline nor in a doubt about it."""
    told = [outlined.plain_text(), *(warning.message for warning in outlined.warnings)]
    known, whole = words(told), squeezed(told)
    return {word for word in said - known if word not in whole}


def files(samples: Path, suffix: str) -> list[Path]:
    return [path for folder in ("legal", "eia", "cases") for path in sorted((samples / folder).rglob(f"*{suffix}"))]


def test_every_word_of_a_word_file(samples: Path) -> None:
    for path in [*files(samples, ".docx"), *sorted((samples / "suites" / "docx").glob("*.docx"))]:
        try:
            outlined = outline_of(read(path.read_bytes(), path.name))
        except Unreadable:
            continue
        assert not missing(words(of_docx(path)), outlined), path


def test_every_word_of_a_text(samples: Path) -> None:
    for path in files(samples, ".txt"):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not missing(words([text]), outline_of(read(path.read_bytes(), path.name))), path


def test_every_word_of_a_pdf_of_articles(samples: Path) -> None:
    found = 0
    for path in files(samples, ".pdf"):
        source = read(path.read_bytes(), path.name)
        draft = draft_in(source)
        if draft is not None:
            pages = [page.text.split("\n") for page in source.pages]
            edges = words(line for lines in pages for line in (*lines[:EDGE], *lines[-EDGE:]))
            assert missing(words(line for lines in pages for line in lines), draft) <= edges, path
            found += 1
    assert found
