"""What the clause of a comment has become in the newest draft, and what is told of a page of an older one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from consult.consultations.document_models import Page, Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.relationships import along
from consult.submissions.models import Comment

ARTICLE = "article"


@dataclass(frozen=True)
class CurrentClause:
    """The newest revision of the document and the places there; none when nothing of the clause is left."""

    revision: int
    paths: tuple[str, ...]


def later(session: Session, consultation: Consultation, number: int) -> CurrentClause | None:
    """What became of the clause of the comment `number`, in one statement; None when there is no newer revision."""
    asked = and_(
        Comment.consultation_id == consultation.id, Comment.number == number, Comment.provision_id.is_not(None)
    )
    newest, now = aliased(Revision), aliased(Provision)
    same_document = along(Revision.of_document.of_type(newest))
    heirs = successors.heirs_of(consultation.id, select(Comment.provision_id).where(asked))
    statement = (
        select(newest.number, now.path)
        .select_from(Comment)
        .join(Comment.revision)
        .join(newest, and_(same_document, newest.number == _last(), newest.number > Revision.number))
        .outerjoin(now, along(newest.provisions.of_type(now)) & now.id.in_(heirs))
        .where(asked)
        .order_by(now.position)
    )
    rows = session.execute(statement).all()
    return CurrentClause(rows[0][0], tuple(path for _, path in rows if path is not None)) if rows else None


@dataclass(frozen=True)
class LaterPage:
    """The newest revision of a document, whose pages are others than those of an older one: no page of one is one of
    the other. `clauses` are the articles that begin on that page, by path, with their places in the newest revision."""

    revision: int
    clauses: tuple[tuple[str, tuple[str, ...]], ...]


def later_page(session: Session, consultation: Consultation, number: int) -> LaterPage | None:
    """What is told of the page of the comment `number`; None when there is no newer revision."""
    comment = session.scalars(
        select(Comment).where(Comment.consultation_id == consultation.id, Comment.number == number)
    ).one()
    revision = session.get_one(Revision, (consultation.id, comment.revision_id))
    line = successors.line_from(session, revision)
    if len(line) < 2:
        return None
    page = session.get_one(Page, (consultation.id, comment.page_id))
    begun = session.execute(
        select(Provision.id, Provision.path)
        .where(
            Provision.consultation_id == consultation.id,
            Provision.revision_id == revision.id,
            Provision.page == page.number,
            Provision.kind == ARTICLE,
        )
        .order_by(Provision.position)
    ).all()
    heirs = successors.heirs(session, revision, [row.id for row in begun]) if begun else {}
    clauses = tuple((row.path, tuple(place.path for place in heirs.get(row.id, ()))) for row in begun)
    return LaterPage(line[-1].number, clauses)


def _last() -> Any:
    """The number of the newest public revision of the document."""
    other = aliased(Revision)
    same_document = along(Revision.of_document.of_type(other))
    newest = select(func.max(other.number)).where(same_document, other.published_at.is_not(None))
    return newest.correlate(Revision).scalar_subquery()
