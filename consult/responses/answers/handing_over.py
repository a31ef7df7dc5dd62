"""Whether an answer that is not public reached who sent the comment: a mail of it was handed to the mail server, the
sender opened it with the secret number, or was told by telephone. Nothing else says that it was sent."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.responses.answers.published import published_answers
from consult.responses.models import AnswerHandedOver
from consult.responses.words import HandedOver
from consult.submissions.models import Comment

Versions = dict[UUID, int]


def note(session: Session, consultation_id: UUID, numbers: Collection[int], way: HandedOver, now: datetime) -> None:
    """The public wording of the answers to these comments reached their sender. Only what nobody else may read is
    noted, and once; commits."""
    if not _unnoted(session, consultation_id, numbers):
        return
    with writing(session, consultation_id):
        for comment_id, version in _unnoted(session, consultation_id, numbers).items():
            session.add(
                AnswerHandedOver(
                    consultation_id=consultation_id, comment_id=comment_id, version=version, way=way, at=now
                )
            )
        # The table says so.
        session.get_one(Consultation, consultation_id).touch()


def handed_over(session: Session, consultation: Consultation, comment_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these comments whose answer, in its public wording, reached their sender."""
    versions = _versions(session, consultation, list(comment_ids))
    return {comment_id for comment_id, version in _noted(session, consultation.id, versions) if
            versions[comment_id] == version}  # fmt: skip


def _unnoted(session: Session, consultation_id: UUID, numbers: Collection[int]) -> Versions:
    """The comments with an answer for their sender alone, of which nothing is noted in its version."""
    own = (Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
    ids = list(session.scalars(select(Comment.id).where(*own)))
    versions = _versions(session, session.get_one(Consultation, consultation_id), ids)
    for comment_id, version in _noted(session, consultation_id, versions):
        if versions.get(comment_id) == version:
            del versions[comment_id]
    return versions


def _versions(session: Session, consultation: Consultation, ids: Collection[UUID]) -> Versions:
    answers = published_answers(session, consultation, ids) if ids else {}
    return {comment_id: answer.version for comment_id, answer in answers.items() if answer.text is None}


def _noted(session: Session, consultation_id: UUID, ids: Iterable[UUID]) -> list[tuple[UUID, int]]:
    row = AnswerHandedOver
    found = select(row.comment_id, row.version).where(
        row.consultation_id == consultation_id, row.comment_id.in_(list(ids))
    )
    return [(comment_id, version) for comment_id, version in session.execute(found)]
