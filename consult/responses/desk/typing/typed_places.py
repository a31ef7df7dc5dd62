"""Places by the words people use for them ("khoản 3 Điều 12"), for forms where an officer types a place."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.submissions import anchors, clause_codes
from consult.submissions.anchors import NamedPlace
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.text import folded, one_line

Say = Callable[..., str]
CITABLE = ("article", "clause", "point", "chapter", "section", "appendix", "form", "roman", "decimal", "alternative")


@dataclass(frozen=True)
class NamedPlaces:
    """The places of the public main drafts, the newest first: their words in order, and what each means. Words without
    a draft mean that of number `newest`."""

    words: list[str]
    by_words: dict[str, AnchorInput]
    newest: int | None = None

    def find(self, typed: str) -> AnchorInput | None:
        """What was typed, as words, as a path or as a code of the paper form; None for nothing (the whole matter).
        Raises NotFound."""
        said = one_line(typed)
        if not said:
            return None
        found = self._meant(said) or _addressed(said)
        return replace(found, revision=self.newest) if found is not None and found.revision is None else found

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
        return next((words for words in self.words if self.by_words[key_of(words)].path == path), path)

    def _meant(self, said: str) -> AnchorInput | None:
        """What was meant by words: "khoản 3 Điều 12" is enough where it stands in the annexed text alone."""
        key = key_of(said)
        if not key or key in self.by_words:
            return self.by_words.get(key)
        longer = [anchor for words, anchor in self.by_words.items() if words.startswith(f"{key} ")]
        return longer[0] if len(longer) == 1 else None


def places(session: Session, consultation: Consultation, say: Say) -> NamedPlaces:
    """The provisions that can be cited, in the order of reading, in one statement. Once there are several drafts each
    names its own: a letter may be about any of them."""
    rows = session.execute(
        select(Revision.number, Provision.path)
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
    newest = rows[0].number if rows else None
    drafts = len({row.number for row in rows})
    named: dict[str, AnchorInput] = {}
    bare: dict[str, AnchorInput] = {}
    for number, path in rows:
        anchor = AnchorInput(revision=number, path=path)
        named[anchors.label_of(NamedPlace(anchors.MAIN, "", number, drafts, path), say)] = anchor
        if number == newest:
            bare[key_of(anchors.label(path, say))] = anchor
    return NamedPlaces(list(named), {**{key_of(words): one for words, one in named.items()}, **bare}, newest)


def _addressed(said: str) -> AnchorInput | None:
    """The place with this address, or this code."""
    try:
        return anchors.parse(said)
    except NotFound:
        return clause_codes.read(said)


def key_of(words: str) -> str:
    """By what words for a place are found, whatever their accents and case."""
    return folded(one_line(words))


def place_of(session: Session, comment: Comment) -> AnchorInput | None:
    """What a comment is about, as a form gives it: parts of a split comment keep its place."""
    if comment.document_id is None:
        return None
    document = session.get_one(Document, (comment.consultation_id, comment.document_id))
    revision = session.get(Revision, (comment.consultation_id, comment.revision_id)) if comment.revision_id else None
    page = session.get(Page, (comment.consultation_id, comment.page_id)) if comment.page_id else None
    number = revision.number if revision is not None else None
    return AnchorInput(document.number, number, comment.path, page=page.number if page is not None else None)
