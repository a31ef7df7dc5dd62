"""The words at the head and foot of every page: told, since a draft may say there which one it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from consult.outline.docx.wordml import W
from consult.outline.text.page_furniture import counts_pages


def words_of_headers(headers: Iterable[list[str]]) -> list[str]:
    """What headers and footers (each as lines) say, each once, without what only counts the pages."""
    said = (" ".join(" ".join(line.split()) for line in lines if not counts_pages(line)) for lines in headers)
    return list(dict.fromkeys(words for words in said if words))


def first_of_sections(body: etree._Element) -> Iterator[tuple[etree._Element, list[str]]]:
    """Where each part of a document with headers of its own begins, and the links to these."""
    begins: etree._Element | None = None
    for element in body.iter(W + "p", W + "tbl", W + "sectPr"):
        if element.tag != W + "sectPr":
            begins = element if begins is None else begins
        elif begins is not None:
            references = element.iterchildren(W + "headerReference", W + "footerReference")
            yield begins, [link for one in references for name, link in one.attrib.items() if str(name).endswith("}id")]
            begins = None
