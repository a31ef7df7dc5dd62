"""The clauses that an answer cites, held against the newest draft."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.outline import paths
from consult.outline.references.cited import names_an_article, of_the_draft
from consult.outline.references.mentions import THIS, Mention
from consult.submissions.comments.comment_state import CommentState

LEVELS = ("article", "clause", "point")

Place = tuple[str, str, str]
"""The labels of an article, a clause and a point, each empty where it is not named."""


class DraftPlaces:
    """The places of the newest draft, read once and only when a text cites something."""

    def __init__(self, session: Session, consultation: Consultation) -> None:
        self._session, self._consultation = session, consultation
        self._read = False
        self._revision: Revision | None = None
        self._there: frozenset[Place] = frozenset()

    def lack(self, text: str, change_path: str, comments: Collection[CommentState]) -> bool:
        """Whether a text certainly cites an article, clause or point that the newest draft does not have. What it says
        of another document, and the place that it names as new itself, are no such."""
        if not names_an_article(text):
            return False
        asked = [cited for cited in map(_cited, of_the_draft(text)) if cited]
        if not asked:
            return False
        self._look()
        if self._revision is None or any(
            one.comment.document_id not in (None, self._revision.document_id) for one in comments
        ):
            return False
        there = self._there | ({_labels(change_path)} if change_path else set())
        return not all(any(_meant(cited, place) for place in there) for cited in asked)

    def _look(self) -> None:
        if self._read:
            return
        self._read = True
        try:
            revision = queries.current_revision(self._session, self._consultation.id)
        except NotFound:
            return
        if revision.grammar == "articles":
            self._revision = revision
            self._there = frozenset(map(_labels, queries.paths_of(self._session, revision)))


def cites_what_is_not_there(
    session: Session, consultation: Consultation, text: str, change_path: str, comments: Collection[CommentState]
) -> bool:
    """The same for one text."""
    return DraftPlaces(session, consultation).lack(text, change_path, comments)


def _cited(mention: Mention) -> Place | None:
    """What is cited; None where the article is not said by its number."""
    labels = (mention.article, mention.clause, mention.point)
    return labels if mention.article and THIS not in labels else None


def _labels(path: str) -> Place:
    by_kind = {step.kind: step.label for step in paths.parse(path)}
    article, clause, point = (by_kind.get(level, "") for level in LEVELS)
    return article, clause, point


def _meant(cited: Place, place: Place) -> bool:
    return all(not label or label == own for label, own in zip(cited, place, strict=True))
