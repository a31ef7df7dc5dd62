"""Accepting and rejecting all tracked changes of a Word file, written for the tests alone, on the plain XML."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Paragraph = list[tuple[str, str]]
"""Its characters, each with the properties of its run as XML."""


def paragraphs(data: bytes, accept: bool | None = None) -> list[Paragraph]:
    """The paragraphs of the body in order, those of tables too; with everything accepted, rejected, or as it stands in
    a file without changes."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        body = ElementTree.fromstring(file.read("word/document.xml")).find(W + "body")
    assert body is not None
    done: list[Paragraph] = []
    _container(body, accept, done)
    return done


def words(data: bytes, accept: bool | None = None) -> list[str]:
    """Their words."""
    return ["".join(sign for sign, _ in paragraph) for paragraph in paragraphs(data, accept)]


def _container(container: ElementTree.Element, accept: bool | None, done: list[Paragraph]) -> None:
    open_: Paragraph = []
    carried = False
    for child in container:
        if child.tag == W + "p":
            open_ = (open_ if carried else []) + _content(child, accept, "")
            carried = _goes(child, accept)
            if not carried:
                done.append(open_)
                open_ = []
        elif len(child) and child.tag not in (W + "sectPr", W + "tblPr", W + "trPr", W + "tcPr"):
            assert not carried, "the end of a paragraph before something else cannot go"
            _container(child, accept, done)
    assert not carried


def _goes(paragraph: ElementTree.Element, accept: bool | None) -> bool:
    """Whether the end of the paragraph goes."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is None or accept is None:
        return False
    return mark.find(W + ("del" if accept else "ins")) is not None


def _content(parent: ElementTree.Element, accept: bool | None, properties: str) -> Paragraph:
    found: Paragraph = []
    for child in parent:
        if child.tag == W + "del" and accept in (True, None) or child.tag == W + "ins" and accept is False:
            continue
        if child.tag == W + "r":
            own = child.find(W + "rPr")
            looks = ElementTree.tostring(own, encoding="unicode") if own is not None else ""
            found += _content(child, accept, looks.strip())
        elif child.tag in (W + "t", W + "delText"):
            found += [(sign, properties) for sign in child.text or ""]
        elif child.tag in (W + "tab", W + "br", W + "cr", W + "noBreakHyphen"):
            found.append(("\t" if child.tag == W + "tab" else "\n", properties))
        elif child.tag not in (W + "pPr", W + "rPr"):
            found += _content(child, accept, properties)
    return found
