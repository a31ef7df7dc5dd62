"""What comes with a submission beside its words: files, and voices with what was written down of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, OfConsultation, key_of_consultation, key_to
from consult.relationships import belongs_to
from consult.submissions.models import Comment
from consult.submissions.partial_indexes import OF_A_COMMENT, only


class Attachment(Numbered, Base):
    """A file sent with a submission (a signed scan, a photograph), stored by its hash.

    `role` "voice" is a comment spoken instead of written, in `language`: never public, only its checked transcript.
    `seconds` is how long it is, 0 when its container does not tell. A scan that an officer took by mistake is set
    aside: it stays as it is, since the log has a commitment to it, and is told as no part of the letter. Of what is
    brought back from a receipt, which proves the hash of each file, one is `lost_at` until its sender gives it again.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        key_of_consultation(),
        Index(None, "consultation_id", "submission_id"),
        Index(None, "consultation_id", "comment_id", **only(OF_A_COMMENT)),
    )

    submission_id: Mapped[UUID | None]
    comment_id: Mapped[UUID | None]
    language: Mapped[str] = mapped_column(default="", server_default="")
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    draft_id: Mapped[UUID | None]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    file_size: Mapped[int]
    role: Mapped[str] = mapped_column(default="attachment")
    at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]
    set_aside_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    set_aside_reason: Mapped[str | None]
    lost_at: Mapped[datetime | None]

    comment: Mapped[Comment | None] = belongs_to("Attachment.comment_id", "Comment")


class Transcript(Numbered, Base):
    """What a spoken comment says, written down and put into Vietnamese by one person and checked by another.

    The latest checked one is what the public reads; `salt` is of its commitment in the log.
    """

    __tablename__ = "transcript"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "comment_id"),
    )

    comment_id: Mapped[UUID]
    language: Mapped[str]
    transcript: Mapped[str]
    translation: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refused_at: Mapped[datetime | None]
    refused_reason: Mapped[str] = mapped_column(default="")
    salt: Mapped[bytes | None]

    comment: Mapped[Comment] = belongs_to("Transcript.comment_id", "Comment")


class CodesIssued(Numbered, Base):
    """New codes for who lost theirs, given at the desk: by whom, how it was made sure who asks, and why. The codes
    before them end with it."""

    __tablename__ = "codes_issued"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        Index(None, "consultation_id", "submission_id"),
    )

    submission_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    checked: Mapped[str]
    reason: Mapped[str]


class LostEntry(OfConsultation, Base):
    """What a comment was before it was brought back from its sender's receipt: entry `was` of a lost `epoch`, with
    this `leaf`, under the number it had then. No entry is brought back twice."""

    __tablename__ = "lost_entry"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        UniqueConstraint("consultation_id", "epoch", "was"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    was: Mapped[int]
    number: Mapped[int]
    leaf: Mapped[bytes]

    comment: Mapped[Comment] = belongs_to("LostEntry.comment_id", "Comment")


class LostVersion(OfConsultation, Base):
    """The same of a version that its sender had made of a comment later, which was lost while the comment was not, or
    with it: entry `was`, an `amended` one, of a lost `epoch`."""

    __tablename__ = "lost_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment_version", "version_id"),
        UniqueConstraint("consultation_id", "epoch", "was"),
    )

    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    was: Mapped[int]
    leaf: Mapped[bytes]


class ListeningRequest(Numbered, Base):
    """A body (the Front, a commune) asked to write down a spoken comment: somebody there speaks the language."""

    __tablename__ = "listening_request"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        Index(None, "organisation_id"),
        UniqueConstraint("consultation_id", "comment_id", "organisation_id"),
    )

    comment_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    withdrawn_at: Mapped[datetime | None]

    comment: Mapped[Comment] = belongs_to("ListeningRequest.comment_id", "Comment")
