"""A comment that was spoken: what was said stands in the transcript that was checked last, which is public, never the
voice itself.

Whatever its sender wrote beside the voice, at once or later, does not say what the voice says: until somebody has
written it down and somebody else has checked that, the comment is unheard.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from consult.people.models import Membership, Organisation
from consult.relationships import along
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.receiving.models import Attachment, Transcript
from consult.submissions.words import VOICE

BETWEEN = "\n\n"


@dataclass(frozen=True)
class PublicTranscript:
    """What was written down of a voice, in `language`, with a translation unless that is Vietnamese; by people of
    which bodies it was written and checked, and the salt (hex) that opens its commitment."""

    language: str
    transcript: str
    translation: str
    written_by: str
    checked_by: str
    salt: str | None

    @property
    def words(self) -> str:
        """What it says in Vietnamese."""
        return self.translation or self.transcript


def with_transcript(statement: Select[Any]) -> Select[Any]:
    """A statement on Comment and its latest CommentVersion with the transcript checked last and the bodies of those
    who made it: `Transcript`, `written_by`, `checked_by`."""
    return statement.add_columns(
        Transcript,
        body_of(Transcript.written_by_id).label("written_by"),
        body_of(Transcript.checked_by_id).label("checked_by"),
    ).outerjoin(
        Transcript,
        and_(along(Transcript.comment), Transcript.id == latest_expression()),
    )


@cache
def latest_expression() -> ColumnElement[UUID]:
    """The id of the transcript of a comment that was checked last, as a column of a statement on Comment."""
    own = aliased(Transcript)
    return (
        select(own.id)
        .where(along(own.comment), own.checked_at.is_not(None))
        .order_by(own.checked_at.desc(), own.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


@cache
def spoken_expression() -> ColumnElement[bool]:
    """Whether a comment was spoken, in a statement on Comment."""
    own = aliased(Attachment)
    return select(own.id).where(along(own.comment), own.role == VOICE).correlate(Comment).exists()


@cache
def heard_at_expression() -> ColumnElement[datetime | None]:
    """When what was written down of a comment was checked last, in a statement on Comment; None for one that was not
    spoken or is unheard."""
    own = aliased(Transcript)
    return select(func.max(own.checked_at)).where(along(own.comment)).correlate(Comment).scalar_subquery()


@cache
def words_expression() -> ColumnElement[str]:
    """What a comment says, in a statement on its latest CommentVersion: what was written, and what was spoken once
    somebody has written it down."""
    own = aliased(Transcript)
    checked = (
        select(func.coalesce(func.nullif(own.translation, ""), own.transcript))
        .where(along(own.comment), own.id == latest_expression())
        .correlate(Comment)
        .scalar_subquery()
    )
    both = CommentVersion.text + BETWEEN + checked
    return func.coalesce(case((CommentVersion.text == "", checked), else_=both), CommentVersion.text)


def words_of(text: str, spoken: PublicTranscript | None) -> str:
    """The same of a comment with this `text`, of which this was written down."""
    return BETWEEN.join(words for words in (text, spoken.words if spoken else "") if words)


def spoken_of(row: Row[Any]) -> PublicTranscript | None:
    """What was written down, of a row of `with_transcript`; None for comments that were written."""
    kept: Transcript | None = row.Transcript
    if kept is None:
        return None
    salt = kept.salt.hex() if kept.salt else None
    bodies = (row.written_by or "", row.checked_by or "")
    return PublicTranscript(kept.language, kept.transcript, kept.translation, *bodies, salt)


def checked_of(session: Session, consultation_id: UUID, comment_ids: Iterable[UUID]) -> dict[UUID, PublicTranscript]:
    """The transcripts checked last of these comments, by the comment's id. One statement."""
    wanted = select(Comment.id).join(Comment.versions)
    rows = session.execute(
        with_transcript(wanted.where(Comment.consultation_id == consultation_id, Comment.id.in_(list(comment_ids))))
    )
    found = ((row.id, spoken_of(row)) for row in rows)
    return {comment_id: one for comment_id, one in found if one is not None}


def voice_of(session: Session, consultation_id: UUID, comment_id: UUID) -> Attachment | None:
    """The voice of a comment; None when it was written."""
    return session.scalars(
        select(Attachment)
        .where(
            Attachment.consultation_id == consultation_id,
            Attachment.comment_id == comment_id,
            Attachment.role == VOICE,
        )
        .limit(1)
    ).first()


def body_of(user_id: Any) -> ColumnElement[str]:
    """The body for which a person works, the one they have worked longest for."""
    return (
        select(Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.since, Membership.id)
        .limit(1)
        .correlate(Transcript)
        .scalar_subquery()
    )
