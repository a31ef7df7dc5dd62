"""What a comment is about: written in addresses, found in the documents, and named in words.

An anchor in an address (`?tai=`) names its draft: `du-thao/<n>/<path>` (`d12a.k3.pdd`) of the main draft,
`tai-lieu/<document>/<n>/<path>` of another document, and `tai-lieu/<document>/<n>/trang/<page>` for a page; without the
last part it is the document as a whole. A part of a page is `…/trang/<page>/khung/<left>-<top>-<width>-<height>` in
thousandths of the page's width and height. A path alone is an address from before drafts were named in them: pages take
it for the first public draft that has such a path (`at_first`), for which it was written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.revisions import fates
from consult.errors import NotFound
from consult.outline import paths
from consult.outline.citations import Say
from consult.outline.citations import label as label
from consult.submissions.inputs import AnchorInput
from consult.submissions.words import CritiquePart

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


def at_first(session: Session, consultation_id: UUID, anchor: AnchorInput | None) -> AnchorInput | None:
    """The anchor of an address with its draft: a path alone was written for the first public one that has it. Raises
    NotFound when none has."""
    if anchor is None or anchor.revision is not None:
        return anchor
    first = fates.first_with(session, consultation_id, anchor.document, anchor.path)
    if first is None:
        raise NotFound
    return replace(anchor, revision=first)


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


class Placed(Protocol):
    """What is about a place."""

    @property
    def document(self) -> int:
        """The number of the document; 0 is the whole matter."""

    @property
    def document_title(self) -> str:
        """Its title."""

    @property
    def revision(self) -> int:
        """The number of the draft."""

    @property
    def drafts(self) -> int:
        """How many drafts of the document are public."""

    @property
    def path(self) -> str:
        """The path of a provision; empty for none."""

    @property
    def page(self) -> int | None:
        """The number of a page."""

    @property
    def critique_part(self) -> CritiquePart | None:
        """Which part of a critique it is, of what is about no clause."""


@dataclass(frozen=True)
class NamedPlace:
    """A place by itself, to be said in words."""

    document: int = 0
    document_title: str = ""
    revision: int = 0
    drafts: int = 0
    path: str = ""
    page: int | None = None
    critique_part: CritiquePart | None = None


def label_of(placed: Placed, say: Say, part: bool = False) -> str:
    """Any place in words, with its draft once there are several: a number is another clause in another draft. Places
    outside the main draft name their document; `part` says that only a marked part of the page is meant."""
    words = _place(placed, say, part)
    draft = draft_of(placed, say)
    return say("place.of_draft", place=words, draft=draft) if draft else words


def labels_of(places: Iterable[Placed], say: Say) -> str:
    """One clause by what it is called in each of several drafts."""
    return "; ".join(label_of(one, say) for one in places)


def draft_of(placed: Placed, say: Say) -> str:
    """Of which draft a place is, in words; empty while its document has one alone."""
    if not placed.document or placed.drafts < 2:
        return ""
    return say("place.draft" if placed.document == MAIN else "place.version", number=placed.revision)


def _place(placed: Placed, say: Say, part: bool) -> str:
    if placed.document == 0:
        return say(f"critique_part.{placed.critique_part}" if placed.critique_part else "place.matter")
    inner = label(placed.path, say) if placed.path else ""
    if placed.page is not None:
        inner = say("place.page_part" if part else "place.page", label=placed.page)
    if not inner:
        return say("place.main_draft") if placed.document == MAIN else placed.document_title
    return inner if placed.document == MAIN else say("place.within", inner=inner, outer=placed.document_title)


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
