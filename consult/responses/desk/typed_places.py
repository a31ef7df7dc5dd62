"""Places by the words people use for them ("khoản 3 Điều 12"), for forms where an officer types a place."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.submissions import anchors
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.text import folded, one_line

Say = Callable[..., str]
CITABLE = ("article", "clause", "point", "chapter", "section", "appendix", "form", "roman", "decimal", "alternative")


@dataclass(frozen=True)
class NamedPlaces:
    """The places of the current main draft: their words in order, and what each means."""

    words: list[str]
    by_words: dict[str, AnchorInput]

    def find(self, typed: str) -> AnchorInput | None:
        """What was typed, as words or as a path; None for nothing (the whole matter). Raises NotFound."""
        said = one_line(typed)
        if not said:
            return None
        return self._meant(said) or anchors.parse(said)

    def path_of(self, typed: str) -> str:
        """The path of what was typed, as words or as a path; what is neither stays as it is, and is no place."""
        found = self._meant(one_line(typed))
        return found.path if found else one_line(typed)

    def words_of(self, path: str) -> str:
        """The words for a path, by which it is found again; a path that has none here stays as it is."""
        return next((words for words in self.words if self.by_words[_key(words)].path == path), path)

    def _meant(self, said: str) -> AnchorInput | None:
        """What was meant by words: "khoản 3 Điều 12" is enough where it stands in the annexed text alone."""
        key = _key(said)
        if not key or key in self.by_words:
            return self.by_words.get(key)
        longer = [anchor for words, anchor in self.by_words.items() if words.startswith(f"{key} ")]
        return longer[0] if len(longer) == 1 else None


def places(session: Session, consultation: Consultation, say: Say) -> NamedPlaces:
    """The provisions that can be cited, in the order of reading, in two statements."""
    try:
        revision = queries.current_revision(session, consultation.id)
    except NotFound:
        return NamedPlaces([], {})
    paths = session.scalars(
        select(Provision.path)
        .where(
            Provision.consultation_id == consultation.id,
            Provision.revision_id == revision.id,
            Provision.kind.in_(CITABLE),
        )
        .order_by(Provision.position)
    )
    named = {anchors.label(path, say): AnchorInput(path=path) for path in paths}
    return NamedPlaces(list(named), {_key(words): anchor for words, anchor in named.items()})


def _key(words: str) -> str:
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
