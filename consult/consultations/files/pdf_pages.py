"""The pages of a PDF out of the sandbox, some at a time: what stops the reader costs one page, never the document."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consult import sandbox
from consult.consultations.files.ocr import OFF, TextRecogniser
from consult.outline.pdf.contents import as_pairs, headings
from consult.sandbox import Data, Limits, SandboxFailure

READER = "consult.outline.pdf.pages:read_some"
AT_ONCE = 25
MOST_RECOGNISED = 5
"""Recognising takes seconds a page: a part ends with the fifth, and the next one goes on from there."""

LIMITS = Limits(processor_seconds=10, seconds=15.0)
MOST_LOST = 6
"""So many pages that each stop the reader: the file is given up."""

Warning = dict[str, Any]
_Told = tuple[list[dict[str, Any]], Collection[int], Collection[Warning], str]


@dataclass
class Part:
    """Some pages as they are stored, in order, with the doubts about them. `lost` is the code of what stopped the
    reader at the only page of this part."""

    pages: list[dict[str, Any]]
    warnings: list[Warning] = field(default_factory=list)
    lost: str = ""


class PdfReader:
    """Reads pages with `function` (run in the sandbox), and recognises the words of those that are images where
    `recogniser` can."""

    def __init__(self, recogniser: TextRecogniser | None = None, function: str = READER) -> None:
        self.recogniser = recogniser or TextRecogniser(OFF)
        self.function = function

    def some(self, file: Data, first: int, last: int) -> Part:
        """The pages from `first` on, at most to `last`, at least one of them.

        Raises SandboxFailure when nothing could be looked at, which says nothing about the file.
        """
        pages, stamped, legacy, lost = self._read(file, first, min(AT_ONCE, last - first + 1))
        if self.recogniser.program is not None:
            pages = self._recognised(file, pages, stamped)
        return Part(pages, [*legacy, *(doubt for page in pages if (doubt := _doubt_of(page, lost)))], lost)

    def all(self, file: Data, total: int) -> Part:
        """Every page. Raises SandboxFailure for a file that cannot be read through, and as `some`."""
        whole, lost = Part([]), 0
        while len(whole.pages) < total:
            part = self.some(file, len(whole.pages) + 1, total)
            lost += bool(part.lost)
            if lost > MOST_LOST:
                raise SandboxFailure(part.lost, "too many pages stop the reader")
            whole.pages += part.pages
            whole.warnings += part.warnings
        whole.warnings += of_all(any(page["text"] for page in whole.pages))
        return whole

    def _read(self, file: Data, first: int, count: int) -> _Told:
        """`count` pages, or fewer when that many bring the reader down; the numbers of those that are pictures with a
        few words on them; doubts about old letters; and what stopped it at a single page."""
        try:
            told: Any = sandbox.run(self.function, first, count, data=file, limits=LIMITS)
        except SandboxFailure as failure:
            if failure.blameless:
                raise
            if count > 1:
                return self._read(file, first, count // 2)
            return [_page(first, "", 0.0, 0.0)], (), (), failure.code
        pages = [_page(**one) for one in told["pages"]]
        return pages, told["stamped"], told["legacy"], ""

    def _recognised(self, file: Data, pages: list[dict[str, Any]], stamped: Collection[int]) -> list[dict[str, Any]]:
        """The pages with words for their images, cut before the first image that there is no more time for. What is on
        a picture is recognised with it, and stays as it is when nothing more is."""
        images = [
            position
            for position, page in enumerate(pages)
            if page["width"] and (not page["text"] or page["number"] in stamped)
        ]
        for position in images[:MOST_RECOGNISED]:
            page = pages[position]
            turned = self.recogniser.turn_of(file, page["number"])
            words = self.recogniser.text_of(file, page["number"], turned)
            if len(words) > len(page["text"]):
                sides = (page["height"], page["width"]) if turned % 180 else (page["width"], page["height"])
                page |= {**_page(page["number"], words, *sides, turned), "recognised": True}
        return pages[: images[MOST_RECOGNISED]] if len(images) > MOST_RECOGNISED else pages


def of_all(any_text: bool) -> list[Warning]:
    """The doubt about a document whose last page was read."""
    return [] if any_text else [_doubt("no_text", "the file was read and holds no text", 1)]


def contents_of(bookmarks: Sequence[Mapping[str, Any]], pages: Sequence[dict[str, Any]]) -> list[Any]:
    """The table of contents: the document's own, otherwise the headings in its text."""
    return list(bookmarks) or headings(list(as_pairs(pages)))


def _page(number: int, text: str, width: float, height: float, turned: int = 0) -> dict[str, Any]:
    sizes = {"width": width, "height": height, "turned": turned}
    return {"number": number, "text": text, **sizes, "recognised": False}


def _doubt_of(page: dict[str, Any], lost: str) -> Warning | None:
    """What is doubtful about a page: that it could not be read, or that it holds no words."""
    if page["text"]:
        return None
    if page["width"]:
        return _doubt("page_without_text", f"page {page['number']}", page["number"])
    return _doubt("page_unreadable", f"page {page['number']}: {lost or 'damaged'}", page["number"])


def _doubt(code: str, message: str, page: int) -> Warning:
    return {"code": code, "path": "", "message": message, "page": page}
