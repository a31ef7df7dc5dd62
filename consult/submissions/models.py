"""What people send: submissions, their comments, every version of a comment, and the acts on it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.ledger.models import LedgerEntry
from consult.people.models import Area, Organisation
from consult.relationships import belongs_to, beside, has_many
from consult.submissions.letter_models import LetterData
from consult.submissions.partial_indexes import A_PART, ABOUT_A_PAGE, ENDING, SHOWING, UNDECIDED, only
from consult.submissions.words import (
    Channel,
    CommentActKind,
    ContactKind,
    CritiquePart,
    MovedFrom,
    Stance,
    SubmissionKind,
    Topic,
)
from consult.text import one_line


class Submission(LetterData, Numbered, Base):
    """What one person or body sent in one go. Identity and contact never leave the desk unasked and never change, but
    for letters (letter_models.py) and a name shown no more (`name_hidden_at`). `place_said`: `area_id` in own words."""

    __tablename__ = "submission"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "idempotency_hash"),
        Index(None, "code_hash"),
        Index(None, "consultation_id", "kind", "id"),
    )

    number: Mapped[int]
    kind: Mapped[SubmissionKind] = mapped_column(coded(SubmissionKind))
    channel: Mapped[Channel] = mapped_column(coded(Channel))
    language: Mapped[str] = mapped_column(default="vi")
    arrived_at: Mapped[datetime]
    received_at: Mapped[datetime]
    received_reason: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    sender_name: Mapped[str] = mapped_column(default="")
    publish_name: Mapped[bool] = mapped_column(default=False)
    name_hidden_at: Mapped[datetime | None]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    place_said: Mapped[str] = mapped_column(default="", server_default="")
    contact_kind: Mapped[ContactKind] = mapped_column(coded(ContactKind), default=ContactKind.NONE)
    contact: Mapped[str] = mapped_column(default="")
    consent_version: Mapped[str] = mapped_column(default="")
    late_critique: Mapped[bool] = mapped_column(default=False)
    idempotency_hash: Mapped[str]
    body_hash: Mapped[str]
    code_hash: Mapped[str]
    secret_hash: Mapped[str]
    mail_code: Mapped[str] = mapped_column(default="", server_default="")
    """The look-up code, encrypted, for links in the mails of a sender who asked for them."""
    identity_salt: Mapped[bytes | None]
    contact_salt: Mapped[bytes | None]
    attachments_salt: Mapped[bytes | None]
    receipt: Mapped[dict[str, Any]] = mapped_column(deferred=True)

    organisation: Mapped[Organisation | None] = relationship()
    area: Mapped[Area | None] = relationship()
    comments: Mapped[list["Comment"]] = has_many("Submission", "Comment.submission_id", "Comment.position")

    @property
    def shown_name(self) -> str:
        """The sender's name as it is shown, whatever is stored, which the commitment is over."""
        return one_line(self.sender_name)

    @property
    def public_name(self) -> str:
        """The sender's name where they want it public and have not thought better of it; otherwise empty."""
        return self.shown_name if self.publish_name and self.name_hidden_at is None else ""


class Comment(Numbered, Base):
    """The unit that is answered. Its text is in its versions; what was done to it, in its acts. It stands at its place;
    where it was `moved_from` the one it was received with, that is kept beside (place_models.py)."""

    __tablename__ = "comment"
    __table_args__ = (
        key_of_consultation(),
        *(key_to(one, f"{one}_id") for one in ("submission", "document", "revision", "provision", "page")),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "submission_id"),
        Index(None, "consultation_id", "provision_id"),
        Index(None, "consultation_id", "revision_id", "path"),
        Index(None, "consultation_id", "page_id", **only(ABOUT_A_PAGE)),
        Index(None, "consultation_id", "split_from_id", **only(A_PART)),
    )

    number: Mapped[int]
    submission_id: Mapped[UUID]
    position: Mapped[int]
    document_id: Mapped[UUID | None]
    revision_id: Mapped[UUID | None]
    provision_id: Mapped[UUID | None]
    page_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    box: Mapped[list[Any] | None]
    topic: Mapped[Topic | None] = mapped_column(coded(Topic))
    critique_part: Mapped[CritiquePart | None] = mapped_column(coded(CritiquePart))
    split_from_id: Mapped[UUID | None]
    moved_from: Mapped[MovedFrom | None] = mapped_column(coded(MovedFrom))
    received_at: Mapped[datetime]

    submission: Mapped[Submission] = belongs_to("Comment.submission_id", "Submission")
    document: Mapped[Document | None] = belongs_to("Comment.document_id", "Document")
    revision: Mapped[Revision | None] = belongs_to("Comment.revision_id", "Revision")
    page: Mapped[Page | None] = belongs_to("Comment.page_id", "Page")
    whole: Mapped["Comment | None"] = belongs_to("Comment.split_from_id", "Comment")
    versions: Mapped[list["CommentVersion"]] = has_many(
        "Comment", "CommentVersion.comment_id", "CommentVersion.version"
    )
    acts: Mapped[list["CommentAct"]] = has_many("Comment", "CommentAct.comment_id", "CommentAct.at")
    joiners: Mapped[list["Joiner"]] = has_many("Comment", "Joiner.comment_id", "Joiner.number")
    sent_together: Mapped[list["Comment"]] = beside("Comment.submission_id", "Comment.submission_id")
    critique: Mapped[list["Critique"]] = beside("Comment.submission_id", "Critique.submission_id")
    provisions: Mapped[list[Provision]] = beside("Comment.revision_id", "Provision.revision_id")
    entries: Mapped[list[LedgerEntry]] = beside("Comment.number", "LedgerEntry.comment_number")


class CommentVersion(Numbered, Base):
    """A comment as sent (version 1) or amended by its sender. Never changed; erased only by law, with its salt."""

    __tablename__ = "comment_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        UniqueConstraint("consultation_id", "comment_id", "version"),
    )

    comment_id: Mapped[UUID]
    version: Mapped[int]
    at: Mapped[datetime]
    stance: Mapped[Stance | None] = mapped_column(coded(Stance))
    text: Mapped[str]
    proposed: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    text_salt: Mapped[bytes | None]


class CommentAct(Numbered, Base):
    """One act on a comment by a person of the desk, or by its sender or a rule of the matter (`by_id` is None).

    Withholding, declaring invalid and redacting count only from `effective_at`, when a second person confirmed them.
    """

    __tablename__ = "comment_act"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "comment_id"),
        Index(None, "consultation_id", "kind", "comment_id"),
        Index(None, "consultation_id", "comment_id", "kind", **only(ENDING)),
        Index(None, "consultation_id", "comment_id", "effective_at", "id", "kind", **only(SHOWING)),
        Index(None, "consultation_id", "by_id", "comment_id", **only(UNDECIDED)),
    )

    comment_id: Mapped[UUID]
    kind: Mapped[CommentActKind] = mapped_column(coded(CommentActKind))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    effective_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refused_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    comment: Mapped[Comment] = belongs_to("CommentAct.comment_id", "Comment")
    comment_versions: Mapped[list["CommentVersion"]] = beside("CommentAct.comment_id", "CommentVersion.comment_id")
    of_comment: Mapped[list["CommentAct"]] = beside("CommentAct.comment_id", "CommentAct.comment_id")


class Critique(OfConsultation, Base):
    """What a critique says beyond its comments by clause, as sent; since `divided_at` its parts are comments too."""

    __tablename__ = "critique"
    __table_args__ = (key_of_consultation(), key_to("submission", "submission_id"))

    submission_id: Mapped[UUID] = mapped_column(primary_key=True)
    form: Mapped[str]
    held_on: Mapped[date | None]
    criteria: Mapped[dict[str, Any]]
    conclusion: Mapped[str]
    participants: Mapped[str] = mapped_column(default="")
    agreement_number: Mapped[str] = mapped_column(default="")
    agreement_on: Mapped[date | None]
    proceedings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    divided_at: Mapped[datetime | None]

    submission: Mapped[Submission] = belongs_to("Critique.submission_id", "Submission")


class Joiner(Numbered, Base):
    """Someone who is of one opinion with a public comment (lượt cùng ý kiến), counted apart."""

    __tablename__ = "joiner"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "idempotency_hash"),
        Index(None, "consultation_id", "comment_id"),
        Index(None, "code_hash"),
    )

    number: Mapped[int]
    comment_id: Mapped[UUID]
    at: Mapped[datetime]
    language: Mapped[str] = mapped_column(default="vi", server_default="vi")
    receipt: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    withdrawn_at: Mapped[datetime | None]
    idempotency_hash: Mapped[str]
    code_hash: Mapped[str]
    secret_hash: Mapped[str]
    contact_kind: Mapped[ContactKind] = mapped_column(coded(ContactKind), default=ContactKind.NONE)
    contact: Mapped[str] = mapped_column(default="")

    comment: Mapped[Comment] = belongs_to("Joiner.comment_id", "Comment")
    parts: Mapped[list[Comment]] = beside("Joiner.comment_id", "Comment.split_from_id")
