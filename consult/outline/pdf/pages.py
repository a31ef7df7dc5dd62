"""The text of each page of a PDF. PDFium is not thread-safe and reads hostile files: sandbox only."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from consult.outline.blocks import Doubt, PageText, Source, Unreadable
from consult.outline.pdf import turning
from consult.outline.pdf.raised import with_notes_raised
from consult.outline.text.characters import clean
from consult.outline.text.legacy import NAMES, detected

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 3_000
MOST_CHARACTERS = 20_000_000
LONGEST_STAMP = 100
"""Characters that scanners put on a picture: their own name, a number, a day."""

MOST_PICTURES = 500


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The document, to be closed by the caller.

    Raises `Unreadable`: `encrypted` when a password is asked for, `too_many_pages` above `MOST_PAGES`, otherwise
    `damaged`.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    count = len(document)
    if 0 < count <= MOST_PAGES:
        return document
    document.close()
    raise Unreadable("too_many_pages", f"{count} pages") if count else Unreadable("damaged", "no pages")


def read_pdf(data: bytes) -> Source:
    """Read every page; a page that cannot be read or has no text gives a doubt. Raises `Unreadable` as `open_pdf`."""
    with open_pdf(data) as document:
        pages, doubts = _read_pages(document, 0, len(document))
    doubts += [Doubt("page_without_text", f"page {page.number}", page=page.number) for page in pages if not page.text]
    return Source((), tuple(doubts), MEDIA_TYPE, tuple(pages))


def read_some(data: bytes, first: int, count: int) -> dict[str, Any]:
    """Pages `first` to `first + count - 1` (from 1), the doubts about them, those of them about `legacy` letters,
    and the numbers of pages that are `stamped`: pictures to which a scanner added a few words. Raises `Unreadable` as
    `open_pdf`."""
    with open_pdf(data) as document:
        last = min(first - 1 + count, len(document))
        pages, doubts = _read_pages(document, first - 1, last)
        legacy = [doubt for doubt in doubts if doubt.code == "legacy_font"]
        stamped = [page.number for page in pages if _is_picture(document, page)]
    return {"pages": pages, "doubts": doubts, "stamped": stamped, "legacy": legacy}


def _refusal(error: pypdfium2.PdfiumError) -> Unreadable:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Unreadable("encrypted", "the PDF asks for a password or uses an unknown protection")
    return Unreadable("damaged", f"PDFium error {error.err_code}")


def _read_pages(document: pypdfium2.PdfDocument, start: int, end: int) -> tuple[list[PageText], list[Doubt]]:
    pages: list[PageText] = []
    doubts: list[Doubt] = []
    characters = 0
    for index in range(start, end):
        try:
            page, scheme = _read_page(document, index)
            if scheme:
                message = f"page {index + 1}: the letters are those of {NAMES[scheme]}, turned into Unicode"
                doubts.append(Doubt("legacy_font", message, page=index + 1))
        except pypdfium2.PdfiumError:
            page = PageText(index + 1, "", 0.0, 0.0)
            doubts.append(Doubt("page_unreadable", f"page {index + 1} is damaged", page=index + 1))
        characters += len(page.text)
        if characters > MOST_CHARACTERS:
            raise Unreadable("too_many_characters", f"more than {MOST_CHARACTERS} characters")
        pages.append(page)
    return pages, doubts


def _is_picture(document: pypdfium2.PdfDocument, read: PageText) -> bool:
    if not 0 < len(read.text) <= LONGEST_STAMP:
        return False
    with closing(document[read.number - 1]) as page:
        return _is_stamped(page, read.text, (read.width, read.height))


def _is_stamped(page: pypdfium2.PdfPage, text: str, sizes: tuple[float, float]) -> bool:
    """Whether pictures cover most of a page, whole or in strips, and it has next to no words beside."""
    if not 0 < len(clean(text)) <= LONGEST_STAMP:
        return False
    try:
        pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        sides = [picture.get_bounds() for picture in islice(pictures, MOST_PICTURES)]
    except pypdfium2.PdfiumError:
        return False
    covered: float = sum((right - left) * (top - bottom) for left, bottom, right, top in sides)
    return covered > sizes[0] * sizes[1] / 2


def _read_page(document: pypdfium2.PdfDocument, index: int) -> tuple[PageText, str]:
    """A page, and in which way from before Unicode its letters were (nothing for all others)."""
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        rotation, lying = page.get_rotation(), turning.lying(text_page)
        text, sizes = text_page.get_text_bounded(), page.get_size()
        if lying is None or not (rotation or lying) or _is_stamped(page, text, sizes):
            return _page_text(index, text_page, text, sizes)
        turning.set_upright(page, lying)
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        return _page_text(index, text_page, text_page.get_text_bounded(), page.get_size(), (-lying - rotation) % 360)


def _page_text(
    index: int, page: pypdfium2.PdfTextPage, given: str, sizes: tuple[float, float], turned: int = 0
) -> tuple[PageText, str]:
    # PDFium marks a hyphen at the end of a line with U+FFFE or U+0002, and leaves out the end of that line.
    text, scheme = detected(given.replace("\ufffe", "-").replace("\x02", "-"))
    if not scheme:
        text = with_notes_raised(page, given).replace("\ufffe", "-").replace("\x02", "-")
    return PageText(index + 1, clean(text), *sizes, turned), scheme
