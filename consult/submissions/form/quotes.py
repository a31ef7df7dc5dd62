"""The clause or page a comment is about, as the form shows it beside the fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.files.page_images import height_of
from consult.consultations.matter.queries import documents_of, newest_draft
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths
from consult.consultations.words import DocumentRole
from consult.errors import NotFound
from consult.outline.citations import Say
from consult.submissions import anchors
from consult.submissions.inputs import AnchorInput
from consult.submissions.receiving.anchor_resolution import Place, resolve
from consult.text import one_line, searched

LONGEST_QUOTE = 6_000
MOST_CHOICES = 300
LONGEST_CHOICE = 90
_CHOSEN_KINDS = ("article", "appendix", "form", "roman", "decimal", "section", "chapter")
_WITHIN = ("clause", "point")


@dataclass(frozen=True)
class Quoted:
    """A place with the words that stand there; `written` is its anchor as `?tai=` writes it, with its revision.

    Of a page, `box` is the part that is meant, in thousandths, and `picture` the height of its light picture in pixels;
    `recognised` says that its words were read off an image.
    """

    written: str
    document: int
    title: str
    path: str
    page: int | None
    revision: int
    text: str
    box: Sequence[int] | None = None
    revision_id: UUID | None = None
    picture: int = 0
    recognised: bool = False


MATTER = Quoted("", 0, "", "", None, 0, "")
"""The whole matter: nothing is quoted."""


def quoted(session: Session, consultation: Consultation, anchor: AnchorInput | None, text: bool = True) -> Quoted:
    """What `anchor` is about, with its words unless `text` is false; raises NotFound when there is no such place."""
    return quoted_all(session, consultation, [anchor], text)[0]


def quoted_all(
    session: Session, consultation: Consultation, wanted: Sequence[AnchorInput | None], text: bool = False
) -> list[Quoted]:
    """The same for several anchors; without their words in a handful of statements, whatever their number."""
    places, errors = resolve(session, consultation.id, wanted)
    if errors:
        raise NotFound
    titles = {document.number: document.title for document in documents_of(session, consultation.id)}
    return [_quoted(session, consultation.id, place, titles, text) if place else MATTER for place in places]


def choices(session: Session, consultation: Consultation, say: Say, words: str = "") -> list[tuple[str, str]]:
    """What else can be commented on, to choose from, as anchor and printed words: clauses and points of the main draft
    and its pages, those of a law in force that proposals are about, and each further document. With `words` only what
    has all of them; without, of a long text only its articles or main headings."""
    wanted = searched(one_line(words)).split()
    newest = newest_draft(session, consultation.id)
    found = _within(session, anchors.MAIN, newest, "", say, wanted) if newest is not None else []
    for document, revision in _beside(session, consultation):
        whole = [(anchors.written(document.number, revision.number), _short(document.title))]
        in_force = document.role is DocumentRole.IN_FORCE
        found += whole + (_within(session, document.number, revision, document.title, say, wanted) if in_force else [])
    return [one for one in found if all(word in searched(one[1]) for word in wanted)][:MOST_CHOICES]


def _within(
    session: Session, document: int, revision: Revision, title: str, say: Say, wanted: Sequence[str]
) -> list[tuple[str, str]]:
    """The clauses and pages of one text; `title` stands before those that are not of the main draft."""
    rows = session.execute(
        select(Provision.path, Provision.kind, Provision.marker, Provision.heading, Provision.text)
        .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
        .order_by(Provision.position)
    ).all()
    shown = _CHOSEN_KINDS if len(rows) > MOST_CHOICES and not wanted else _CHOSEN_KINDS + _WITHIN
    before = f"{title}: " if title else ""
    found = [
        (anchors.written(document, revision.number, path), before + _line(path, kind, marker, heading or text, say))
        for path, kind, marker, heading, text in rows
        if kind in shown
    ]
    return found + [
        (anchors.written(document, revision.number, page=entry["page"]), before + _short(entry["title"]))
        for entry in revision.contents
    ]


def _beside(session: Session, consultation: Consultation) -> list[tuple[Document, Revision]]:
    """Each document beside the main draft with its newest published revision, in one statement."""
    rows = session.execute(
        select(Document, Revision)
        .join(Document.revisions)
        .where(
            Document.consultation_id == consultation.id,
            Document.number != anchors.MAIN,
            Revision.published_at.is_not(None),
        )
        .order_by(Document.number, Revision.number)
    )
    return list({document.number: (document, revision) for document, revision in rows}.values())


def _line(path: str, kind: str, marker: str, words: str, say: Say) -> str:
    """A provision on one line: an article by its own number, what is within it by its whole name."""
    return _short(f"{marker} {words}" if kind in _CHOSEN_KINDS else f"{anchors.label(path, say)}: {words}")


def _quoted(session: Session, consultation_id: UUID, place: Place, titles: dict[int, str], text: bool) -> Quoted:
    page = _page(session, place) if text else None
    return Quoted(
        written=anchors.written(place.document, place.revision, place.path, place.page, place.box),
        document=place.document,
        title=titles.get(place.document, ""),
        path=place.path,
        page=place.page,
        revision=place.revision,
        text=_cut(page.text) if page else _words(session, consultation_id, place) if text else "",
        box=place.box,
        revision_id=place.revision_id,
        picture=height_of(page.width, page.height) if page else 0,
        recognised=page is not None and page.recognised,
    )


def _page(session: Session, place: Place) -> Page | None:
    return session.scalars(select(Page).where(Page.id == place.page_id)).one() if place.page_id else None


def _words(session: Session, consultation_id: UUID, place: Place) -> str:
    if not place.path:
        return ""
    rows = session.execute(
        select(Provision.marker, Provision.heading, Provision.text)
        .where(*draft_paths.with_all_below(consultation_id, place.revision_id, place.path))
        .order_by(Provision.position)
        .limit(60)
    )
    return _cut("\n".join(" ".join(part for part in row if part) for row in rows))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rstrip() + "…"


def _short(words: str) -> str:
    tidy = " ".join(words.split())
    return tidy if len(tidy) <= LONGEST_CHOICE else tidy[:LONGEST_CHOICE].rstrip() + "…"
