"""The clauses an organisation comments on, many at once: where each is, and what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Page, Provision
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths
from consult.consultations.revisions.lineages import FiledDrafts, filed_drafts
from consult.errors import NotFound
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.inputs import AnchorInput
from consult.submissions.receiving.anchor_resolution import Place, resolve

LONGEST_QUOTE = 6_000
MOST_LINES = 60
MOST_PARTS = 400


@dataclass(frozen=True)
class Clause(NamedPlace):
    """A place named in public numbers, with its words; `document` 0 is the whole matter, and `known` is false for a
    place that does not exist."""

    text: str = ""
    known: bool = True

    @property
    def anchor(self) -> AnchorInput | None:
        """The same as an input; None for the whole matter."""
        return AnchorInput(self.document, self.revision, self.path, page=self.page) if self.document else None


def read(session: Session, consultation: Consultation, written: Sequence[str]) -> list[Clause]:
    """Each place that `?tai=` could name, in a handful of statements whatever their number."""
    parsed: list[AnchorInput | None] = []
    unknown: set[int] = set()
    for position, anchor in enumerate(written):
        try:
            parsed.append(anchors.parse(anchor))
        except NotFound:
            parsed.append(None)
            unknown.add(position)
    places, errors = resolve(session, consultation.id, parsed)
    unknown.update(errors)
    filed = filed_drafts(session, consultation.id)
    words = _words(session, [place for place in places if place is not None])
    return [
        Clause(known=position not in unknown) if place is None else _clause(place, filed, words)
        for position, place in enumerate(places)
    ]


def parts(session: Session, consultation: Consultation, written: str) -> list[tuple[str, str, str]]:
    """A provision and everything below it, to choose from: its anchor, its path, and how its words begin.

    Raises NotFound for what is no provision.
    """
    places, errors = resolve(session, consultation.id, [anchors.parse(written)])
    place = places[0]
    if errors or place is None or not place.path:
        raise NotFound
    rows = session.execute(
        select(Provision.path, Provision.heading, Provision.text)
        .where(*draft_paths.with_all_below(consultation.id, place.revision_id, place.path))
        .order_by(Provision.position)
        .limit(MOST_PARTS)
    )
    return [
        (anchors.written(place.document, place.revision, path), path, " ".join((heading or text).split())[:120])
        for path, heading, text in rows
    ]


def _clause(place: Place, filed: dict[int, FiledDrafts], words: dict[tuple[UUID, str | int], str]) -> Clause:
    where: str | int = place.page if place.page is not None else place.path
    return Clause(
        document=place.document,
        document_title=filed[place.document].title,
        revision=place.revision,
        drafts=filed[place.document].drafts,
        path=place.path,
        page=place.page,
        text=words.get((place.revision_id, where), ""),
    )


def _words(session: Session, places: Sequence[Place]) -> dict[tuple[UUID, str | int], str]:
    """What stands at these places, by revision and path or page: one statement for each revision, one for all pages."""
    found: dict[tuple[UUID, str | int], str] = {}
    for revision_id in dict.fromkeys(place.revision_id for place in places if place.path):
        wanted = {place.path for place in places if place.revision_id == revision_id and place.path}
        for path, text in _provisions(session, revision_id, wanted).items():
            found[revision_id, path] = text
    page_ids = [place.page_id for place in places if place.page_id is not None]
    for page in session.scalars(select(Page).where(Page.id.in_(page_ids))):
        found[page.revision_id, page.number] = _cut(page.text)
    return found


def _provisions(session: Session, revision_id: UUID, wanted: set[str]) -> dict[str, str]:
    lines: dict[str, list[str]] = {path: [] for path in wanted}
    rows = session.execute(
        select(Provision.path, Provision.marker, Provision.heading, Provision.text)
        .where(Provision.revision_id == revision_id)
        .order_by(Provision.position)
    )
    for path, *own in rows:
        said = " ".join(part for part in own if part)
        steps = path.split(".")
        for depth in range(1, len(steps) + 1):
            above = ".".join(steps[:depth])
            if above in lines and len(lines[above]) < MOST_LINES:
                lines[above].append(said)
    return {path: _cut("\n".join(said)) for path, said in lines.items()}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rstrip() + "…"
