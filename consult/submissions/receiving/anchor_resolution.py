"""Finding what comments are about: all anchors of a submission in at most four statements, whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from consult.compiled_statements import CompiledStatement, Executor
from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.revisions import draft_paths
from consult.ledger import entries
from consult.relationships import along
from consult.submissions.inputs import AnchorInput
from consult.text import one_line

MOST_POINTS = 100_000


@dataclass(frozen=True)
class Place:
    """An anchor as found: ids to store, public numbers to show. Plain values, that outlive a transaction.

    `box` is left, top, width and height of the marked part in thousandths of the page.
    """

    document_id: UUID
    document: int
    revision_id: UUID
    revision: int
    provision_id: UUID | None = None
    path: str = ""
    page_id: UUID | None = None
    page: int | None = None
    quote: str = ""
    box: list[int] | None = None

    def in_ledger(self) -> entries.Anchor:
        """The same as the public log writes it."""
        return entries.Anchor(
            self.document, self.revision, self.path or None, self.page, bool(self.quote) or self.box is not None
        )


_REVISIONS = CompiledStatement(
    select(Document.id, Document.number, Revision.id, Revision.number, Provision.id)
    .join(Document.revisions)
    .outerjoin(Provision, along(Revision.provisions) & (Provision.path == bindparam("path")))
    .where(Document.consultation_id == bindparam("consultation"), Revision.published_at.is_not(None))
)
"""Everything published, and in each the provision with one path: most submissions are about one clause."""


class Unknown(Exception):
    """There is no such place; the argument is the code of the error."""


Found = list[Place | None]


def resolve(
    executor: Executor, consultation_id: UUID, anchors: Sequence[AnchorInput | None]
) -> tuple[Found, dict[int, str]]:
    """Each anchor's place (None for the whole matter), and the error of each that has none, by its position.

    Only published revisions can be commented on; without a number the newest published one is meant.
    """
    wanted = [anchor for anchor in anchors if anchor is not None]
    if not wanted:
        return [None] * len(anchors), {}
    finder = _Finder(executor, consultation_id, wanted)
    places: Found = []
    errors: dict[int, str] = {}
    for position, anchor in enumerate(anchors):
        try:
            places.append(None if anchor is None else finder.place(anchor))
        except Unknown as unknown:
            places.append(None)
            errors[position] = str(unknown)
    return places, errors


class _Finder:
    """What a handful of statements found out about the anchors of one submission."""

    def __init__(self, executor: Executor, consultation_id: UUID, anchors: list[AnchorInput]) -> None:
        self.executor, self.consultation_id = executor, consultation_id
        paths = {anchor.path for anchor in anchors if anchor.path}
        self.provisions: dict[tuple[UUID, str], UUID] = {}
        self.revisions = self._read_revisions(min(paths, default=""))
        if len(paths) > 1:
            self._read_provisions(anchor for anchor in anchors if anchor.path)
        self.pages = self._read_pages(anchor for anchor in anchors if anchor.page is not None)

    def place(self, anchor: AnchorInput) -> Place:
        """Where `anchor` points; raises Unknown."""
        revision = self._revision(anchor)
        if revision is None or (anchor.path and anchor.page is not None):
            raise Unknown("unknown_place")
        document_id, document, revision_id, number = revision
        known = (document_id, document, revision_id, number)
        if anchor.page is not None:
            return self._page(anchor, known)
        quote = one_line(anchor.quote)
        if not anchor.path:
            if quote:
                raise Unknown("unknown_quote")
            return Place(*known)
        provision_id = self.provisions.get((revision_id, anchor.path))
        if provision_id is None:
            raise Unknown("unknown_place")
        if quote and not self._says(revision_id, anchor.path, quote):
            raise Unknown("unknown_quote")
        return Place(*known, provision_id=provision_id, path=anchor.path, quote=quote)

    def _page(self, anchor: AnchorInput, known: tuple[UUID, int, UUID, int]) -> Place:
        page = self.pages.get((known[2], anchor.page or 0))
        if page is None:
            raise Unknown("unknown_place")
        quote = one_line(anchor.quote)
        if quote and quote not in one_line(page.text):
            raise Unknown("unknown_quote")
        box = list(anchor.part) if anchor.part is not None else None
        if anchor.box is not None:
            box = _thousandths(anchor.box, page.width, page.height)
        return Place(*known, page_id=page.id, page=anchor.page, quote=quote, box=box)

    def _revision(self, anchor: AnchorInput) -> Any:
        published = self.revisions.get(anchor.document, {})
        number = anchor.revision if anchor.revision is not None else max(published, default=0)
        return published.get(number)

    def _read_revisions(self, path: str) -> dict[int, dict[int, tuple[UUID, int, UUID, int]]]:
        rows = _REVISIONS.all(self.executor, consultation=self.consultation_id, path=path)
        found: dict[int, dict[int, tuple[UUID, int, UUID, int]]] = {}
        for document_id, document, revision_id, revision, provision_id in rows:
            found.setdefault(document, {})[revision] = (document_id, document, revision_id, revision)
            if provision_id is not None:
                self.provisions[revision_id, path] = provision_id
        return found

    # Two lists find more than the pairs asked for, and cost less: SQLite looks up a list of pairs without an index.
    def _read_provisions(self, anchors: Iterable[AnchorInput]) -> None:
        keys = {(revision[2], anchor.path) for anchor in anchors if (revision := self._revision(anchor))}
        rows = self.executor.execute(
            select(Provision.revision_id, Provision.path, Provision.id).where(
                Provision.consultation_id == self.consultation_id,
                Provision.revision_id.in_({revision for revision, _ in keys}),
                Provision.path.in_({path for _, path in keys}),
            )
        )
        self.provisions |= {(revision_id, path): provision_id for revision_id, path, provision_id in rows}

    def _read_pages(self, anchors: Iterable[AnchorInput]) -> dict[tuple[UUID, int], Any]:
        keys = {(revision[2], anchor.page) for anchor in anchors if (revision := self._revision(anchor))}
        if not keys:
            return {}
        pages = self.executor.execute(
            select(Page.id, Page.revision_id, Page.number, Page.text, Page.width, Page.height).where(
                Page.consultation_id == self.consultation_id,
                Page.revision_id.in_({revision for revision, _ in keys}),
                Page.number.in_({number for _, number in keys}),
            )
        )
        return {(page.revision_id, page.number): page for page in pages}

    def _says(self, revision_id: UUID, path: str, quote: str) -> bool:
        """Whether a provision or what stands below it holds these words; line breaks do not matter."""
        rows = self.executor.execute(
            select(Provision.marker, Provision.heading, Provision.text, Provision.rows)
            .where(*draft_paths.with_all_below(self.consultation_id, revision_id, path))
            .order_by(Provision.position)
        )
        words = (f"{marker} {heading} {text} {_cells(cells)}" for marker, heading, text, cells in rows)
        return quote in one_line(" ".join(words))


def _cells(rows: list[Any] | None) -> str:
    return " ".join(str(cell.get("text", "")) for row in rows or () for cell in row)


def _thousandths(box: tuple[float, float, float, float], width: float, height: float) -> list[int]:
    """Left, top, width and height in points, as thousandths of the page; raises Unknown when it is not on the page."""
    if len(box) != 4 or not all(-MOST_POINTS < side < MOST_POINTS for side in box) or not (width and height):
        raise Unknown("not_on_the_page")
    left, top = round(1000 * box[0] / width), round(1000 * box[1] / height)
    wide, high = round(1000 * box[2] / width), round(1000 * box[3] / height)
    if min(left, top) < 0 or min(wide, high) < 1 or max(left + wide, top + high) > 1000:
        raise Unknown("not_on_the_page")
    return [left, top, wide, high]
