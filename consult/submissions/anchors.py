"""What a comment is about: written in addresses, found in the documents, and named in words.

An anchor in an address (`?tai=`) is the path of a provision in the current main draft (`d12a.k3.pdd`), or
`du-thao/<n>/<path>` for one revision of it, `tai-lieu/<document>/<n>/<path>` for another document, and
`tai-lieu/<document>/<n>/trang/<page>` for a page; without the last part it is the document as a whole. A part of a page
is `…/trang/<page>/khung/<left>-<top>-<width>-<height>` in thousandths of the page's width and height.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from consult.errors import NotFound
from consult.outline import paths
from consult.outline.citations import Say
from consult.outline.citations import label as label
from consult.submissions.inputs import AnchorInput

MAIN = 1
_PLACE = re.compile(r"(?:du-thao|tai-lieu/(?P<document>\d{1,6}))/(?P<revision>\d{1,6})(?:/(?P<rest>.*))?", re.DOTALL)
_SIDE = r"(0|[1-9]\d{0,2}|1000)"
_PAGE = re.compile(rf"trang/(\d{{1,6}})(?:/khung/{_SIDE}-{_SIDE}-{_SIDE}-{_SIDE})?")
WHOLE = 1000
QUARTERS = ((0, 0, 500, 500), (500, 0, 500, 500), (0, 500, 500, 500), (500, 500, 500, 500))
"""The parts of a page that one chooses without drawing: above left, above right, below left, below right."""


def parse(text: str) -> AnchorInput | None:
    """The anchor that `?tai=` names; None (the whole matter) when it is empty. Raises NotFound when it is no anchor."""
    if not text:
        return None
    matched = _PLACE.fullmatch(text)
    if matched is None:
        return AnchorInput(path=_path(text))
    document, revision, rest = int(matched["document"] or MAIN), int(matched["revision"]), matched["rest"] or ""
    page = _PAGE.fullmatch(rest)
    if page:
        return AnchorInput(document, revision, page=int(page[1]), part=_part(page.groups()[1:]))
    return AnchorInput(document, revision, path=_path(rest) if rest else "")


def written(
    document: int, revision: int, path: str = "", page: int | None = None, box: Sequence[int] | None = None
) -> str:
    """The anchor as `?tai=` writes it, with its revision, so that it goes on meaning what it meant; `box` is a part of
    the page in thousandths."""
    start = f"du-thao/{revision}" if document == MAIN and page is None else f"tai-lieu/{document}/{revision}"
    end = f"trang/{page}" if page is not None else path
    if page is not None and box is not None:
        end += f"/khung/{'-'.join(map(str, box))}"
    return f"{start}/{end}" if end else start


def label_of(document: int, document_title: str, path: str, page: int | None, say: Say, part: bool = False) -> str:
    """Any anchor in words; `document` 0 is the whole matter. Places outside the main draft name their document; `part`
    says that only a marked part of the page is meant."""
    if document == 0:
        return say("place.matter")
    inner = label(path, say) if path else ""
    if page is not None:
        inner = say("place.page_part" if part else "place.page", label=page)
    if not inner:
        return say("place.main_draft") if document == MAIN else document_title
    return inner if document == MAIN else say("place.within", inner=inner, outer=document_title)


def _part(sides: Sequence[str | None]) -> tuple[int, int, int, int] | None:
    """A part of a page; raises NotFound for one that is not on the page, or nothing at all."""
    if sides[0] is None:
        return None
    left, top, wide, high = (int(side or 0) for side in sides)
    if not wide or not high or max(left + wide, top + high) > WHOLE:
        raise NotFound
    return left, top, wide, high


@lru_cache(maxsize=4096)
def _path(text: str) -> str:
    try:
        paths.parse(text[:400])
    except (paths.BadPath, ValueError, KeyError, IndexError) as bad:
        raise NotFound from bad
    return text
