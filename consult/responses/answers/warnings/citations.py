"""The clauses that an answer cites, held against the newest draft."""

from collections.abc import Collection

from sqlalchemy.orm import Session

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


def cites_what_is_not_there(
    session: Session, consultation: Consultation, text: str, change_path: str, comments: Collection[CommentState]
) -> bool:
    """Whether a text certainly cites an article, clause or point that the newest draft does not have. What it says of
    another document, and the place that it names as new itself, are no such; the draft is read only for a text that
    cites something."""
    if not names_an_article(text):
        return False
    asked = [cited for cited in map(_cited, of_the_draft(text)) if cited]
    if not asked:
        return False
    try:
        revision = queries.current_revision(session, consultation.id)
    except NotFound:
        return False
    if revision.grammar != "articles" or any(
        one.comment.document_id not in (None, revision.document_id) for one in comments
    ):
        return False
    there = {_labels(path) for path in (*queries.paths_of(session, revision), *([change_path] if change_path else []))}
    return not all(any(_meant(cited, place) for place in there) for cited in asked)


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
