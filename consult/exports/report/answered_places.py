"""Which places of the draft were answered in a certain way most often, by the wording published last."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import drafts_expression
from consult.exports.official_language import official
from consult.relationships import along
from consult.responses.models import ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.words import Disposition
from consult.submissions.anchors import MAIN, NamedPlace, label_of
from consult.submissions.comments.visible import readable_expression
from consult.submissions.models import Comment


@dataclass(frozen=True)
class AnsweredPlace:
    """A place in words, and how many comments on it were answered so."""

    words: str
    comments: int


def answered_places(
    session: Session, consultation: Consultation, dispositions: Collection[Disposition], most: int
) -> list[AnsweredPlace]:
    """The `most` places of the main draft with most comments that were answered so, of those that anybody may read.
    One statement."""
    rows = session.execute(_counted(consultation, dispositions).limit(most))
    return [
        AnsweredPlace(
            label_of(NamedPlace(row.document, row.title, row.revision, row.drafts, row.path), official), row.comments
        )
        for row in rows
    ]


def _counted(consultation: Consultation, dispositions: Collection[Disposition]) -> Select[Any]:
    last = (
        select(func.max(ResponsePublication.at))
        .where(along(ResponseTarget.publications))
        .correlate(ResponseTarget)
        .scalar_subquery()
    )
    count = func.count().label("comments")
    return (
        select(Comment.provision_id, func.min(Comment.path).label("path"), count)
        .add_columns(Document.number.label("document"), Document.title, Revision.number.label("revision"))
        .add_columns(func.max(drafts_expression()).label("drafts"))
        .select_from(ResponseTarget)
        .join(ResponseTarget.comment)
        .join(Comment.document)
        .join(Comment.revision)
        .join(ResponseTarget.publications)
        .join(ResponsePublication.version)
        .where(ResponseTarget.consultation_id == consultation.id, ResponsePublication.at == last)
        .where(ResponseVersion.disposition.in_(list(dispositions)), Document.number == MAIN)
        .where(Comment.provision_id.is_not(None), readable_expression())
        .group_by(Comment.provision_id, Document.number, Document.title, Revision.number)
        .order_by(count.desc(), func.min(Comment.number))
    )
