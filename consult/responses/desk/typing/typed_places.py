"""Places by the words people use for them ("khoản 3 Điều 12"), for forms where an officer types a place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.outline import citations
from consult.submissions import anchors, clause_codes
from consult.submissions.anchors import NamedPlace
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.text import one_line

Say = Callable[..., str]
CITABLE = ("article", "clause", "point", "chapter", "section", "appendix", "form", "roman", "decimal", "alternative")


@dataclass(frozen=True)
class NamedPlaces:
    """The places of the public main drafts, the newest first: their words in order, and what each means. Words without
    a draft mean that of number `meant`; the numbers of all are `drafts`, the newest first."""

    words: list[str]
    by_words: dict[str, AnchorInput]
    meant: int | None = None
    drafts: Sequence[int] = ()

    def find(self, typed: str) -> AnchorInput | None:
        """What was typed, as words, as a path or as a code of the paper form; None for nothing (the whole matter).
        Raises NotFound."""
        said = one_line(typed)
        if not said:
            return None
        found = self._meant(said) or _addressed(said)
        return replace(found, revision=self.meant) if found is not None and found.revision is None else found

    def to_narrow_by(self, typed: str) -> AnchorInput:
        """The same for a filter: what is no place finds nothing."""
        try:
            return self.find(typed) or AnchorInput(revision=0)
        except NotFound:
            return AnchorInput(revision=0)

    def path_of(self, typed: str) -> str:
        """The path of what was typed, as words or as a path; what is neither stays as it is, and is no place."""
        found = self._meant(one_line(typed))
        return found.path if found else one_line(typed)

    def words_of(self, path: str) -> str:
        """The words for a path of the newest draft, by which it is found again; one that has none stays as it is."""
        return next((words for words in self.words if self.path_of(words) == path), path)

    def _meant(self, said: str) -> AnchorInput | None:
        """What was meant by words: "khoản 3 Điều 12" is enough where it stands in the annexed text alone."""
        found = citations.meant(said, self.by_words)
        if found is not None:
            return found
        for key in filter(None, citations.keys_of(said)):
            longer = {anchor for words, anchor in self.by_words.items() if words.startswith(f"{key} ")}
            if longer:
                return next(iter(longer)) if len(longer) == 1 else None
        return None


def places(
    session: Session, consultation: Consultation, say: Say, meant: int | None = None, at: datetime | None = None
) -> NamedPlaces:
    """The provisions that can be cited, in the order of reading, in one statement. Once there are several drafts each
    names its own: a letter may be about any of them. Words that name none mean the draft number `meant`, else the one
    that was the newest at the instant `at`, else the newest of all."""
    rows = session.execute(
        select(Revision.number, Revision.published_at, Provision.path)
        .join(Provision.revision)
        .join(Revision.document)
        .where(
            Provision.consultation_id == consultation.id,
            Document.number == anchors.MAIN,
            Revision.published_at.is_not(None),
            Provision.kind.in_(CITABLE),
        )
        .order_by(Revision.number.desc(), Provision.position)
    ).all()
    published = {row.number: row.published_at for row in rows}
    wanted = meant if meant in published else _newest_at(published, at)
    named: dict[str, AnchorInput] = {}
    bare: list[tuple[str, AnchorInput]] = []
    for number, _published_at, path in rows:
        anchor = AnchorInput(revision=number, path=path)
        named[anchors.label_of(NamedPlace(anchors.MAIN, "", number, len(published), path), say)] = anchor
        if number == wanted:
            bare.append((anchors.label(path, say), anchor))
    known = citations.by_words(named.items()) | citations.by_words(bare)
    return NamedPlaces(list(named), known, wanted, tuple(published))


def chosen_draft(typed: Mapping[str, str]) -> int | None:
    """The draft that was chosen beside places that are typed; None for none, or what is no number."""
    said = typed.get("draft", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else None


def _newest_at(published: Mapping[int, datetime], at: datetime | None) -> int | None:
    """The newest of these drafts; of those that were public at an instant, or else the first of all."""
    if at is None or not published:
        return max(published, default=None)
    return max((number for number, since in published.items() if since <= at), default=min(published))


def _addressed(said: str) -> AnchorInput | None:
    """The place with this address, or this code."""
    try:
        return anchors.parse(said)
    except NotFound:
        return clause_codes.read(said)


def place_of(session: Session, comment: Comment) -> AnchorInput | None:
    """What a comment is about, as a form gives it: parts of a split comment keep its place."""
    if comment.document_id is None:
        return None
    document = session.get_one(Document, (comment.consultation_id, comment.document_id))
    revision = session.get(Revision, (comment.consultation_id, comment.revision_id)) if comment.revision_id else None
    page = session.get(Page, (comment.consultation_id, comment.page_id)) if comment.page_id else None
    number = revision.number if revision is not None else None
    return AnchorInput(document.number, number, comment.path, page=page.number if page is not None else None)
