"""The places that comments may be moved to, as an officer names them: of their own draft alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound
from consult.outline import citations
from consult.responses.desk.typing.typed_places import CITABLE, NamedPlaces
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.own_drafts import Draft, OwnDrafts, of_comment, public_drafts
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.text import blank, one_line

Say = Callable[..., str]
WHOLE_MATTER = 0


@dataclass(frozen=True)
class OwnPlaces:
    """The draft of each document that the comments may be about, and its provisions by their words."""

    drafts: OwnDrafts
    named: Mapping[int, NamedPlaces]

    @property
    def words(self) -> list[str]:
        """The words of all provisions, each once, for a list to choose from."""
        return list(dict.fromkeys(words for one in self.named.values() for words in one.words))

    @property
    def with_pages(self) -> bool:
        """Whether any of the documents has pages."""
        return any(draft.pages for draft in self.drafts.values())

    def find(self, document: str, place: str, page: str) -> AnchorInput | None:
        """What was typed: the number of a document (0 is the matter as a whole), a provision of it in words or as a
        path, or a page. Raises Invalid({"document" | "place" | "page": code})."""
        chosen = _number(document)
        draft = self.drafts.get(chosen)
        if draft is None and document != str(WHOLE_MATTER):
            raise Invalid({"document": "unknown_place"})
        if not blank(place) and not blank(page):
            raise Invalid({"page": "clause_or_page"})
        if draft is None:
            if not blank(place) or not blank(page):
                raise Invalid({"place": "matter_has_no_clauses"})
            return None
        return self._page(draft, page) if not blank(page) else self._clause(draft, place)

    def _page(self, draft: Draft, page: str) -> AnchorInput:
        number = _number(one_line(page))
        if not 0 < number <= draft.pages:
            raise Invalid({"page": "unknown_place"})
        return AnchorInput(draft.document, draft.revision, page=number)

    def _clause(self, draft: Draft, place: str) -> AnchorInput:
        try:
            found = self.named[draft.document].find(place)
        except NotFound:
            raise Invalid({"place": "unknown_place"}) from None
        if found is None:
            return AnchorInput(draft.document, draft.revision)
        # A path without its draft means the main document, whatever was chosen; one with a draft means that one.
        if found.revision not in (None, draft.revision):
            raise Invalid({"place": "other_draft"})
        return replace(found, document=draft.document, revision=draft.revision, page=found.page)


def own_places(session: Session, consultation: Consultation, comment: Comment, say: Say) -> OwnPlaces:
    """Those of the draft of a comment, in two statements. Of several comments those that are on another draft are left
    by the act: a number is another clause there."""
    drafts = of_comment(public_drafts(session, consultation.id), comment)
    rows = session.execute(
        select(Document.number, Provision.path)
        .join(Provision.revision)
        .join(Revision.document)
        .where(
            Provision.consultation_id == consultation.id,
            Provision.revision_id.in_([draft.revision_id for draft in drafts.values()]),
            Provision.kind.in_(CITABLE),
        )
        .order_by(Document.number, Provision.position)
    ).all()
    paths: dict[int, list[str]] = {number: [] for number in drafts}
    for number, path in rows:
        paths[number].append(path)
    return OwnPlaces(drafts, {number: _named(drafts[number], found, say) for number, found in paths.items()})


def _named(draft: Draft, paths: list[str], say: Say) -> NamedPlaces:
    # Of the document and draft that are chosen beside it: neither is said again.
    places = ((NamedPlace(anchors.MAIN, revision=draft.revision, drafts=1, path=path), path) for path in paths)
    named = {anchors.label_of(place, say): AnchorInput(draft.document, draft.revision, path) for place, path in places}
    return NamedPlaces(list(named), citations.by_words(named.items()), None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
