"""Opinions being prepared inside an organisation, until they are sent: then they are submissions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.people.models import Organisation
from consult.relationships import belongs_to
from consult.submissions.words import SubmissionKind


class OrganisationDraft(Numbered, Base):
    """An opinion being prepared inside an organisation; nobody else sees it."""

    __tablename__ = "organisation_draft"
    __table_args__ = (key_of_consultation(), Index(None, "organisation_id"))

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[SubmissionKind] = mapped_column(coded(SubmissionKind))
    content: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    prepared_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    updated_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    submission_id: Mapped[UUID | None]
    discarded_at: Mapped[datetime | None]


class DraftWriter(OfConsultation, Base):
    """Everyone who wrote a version of a draft: the authorised sender must be another person."""

    __tablename__ = "draft_writer"
    __table_args__ = (key_of_consultation(), key_to("organisation_draft", "draft_id"))

    draft_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    at: Mapped[datetime]


class DraftVersion(Numbered, Base):
    """What one person saved of a draft, beside the version that they had opened (`based_on`, 0 for the first). One that
    `waits` says in some field otherwise than what another had saved meanwhile, or was saved when the draft took nothing
    any more (it was sent, or the time was over), and is not in the draft; it was `settled_at` when somebody had chosen,
    or had made something of it."""

    __tablename__ = "organisation_draft_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("organisation_draft", "draft_id"),
        UniqueConstraint("consultation_id", "draft_id", "number"),
    )

    draft_id: Mapped[UUID]
    number: Mapped[int]
    based_on: Mapped[int]
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    waits: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    again: Mapped[int | None]
    """The earlier version that it brought back."""


class DraftNote(Numbered, Base):
    """An internal remark on a point of a draft, or on the whole letter (`point` ""). It never leaves the body."""

    __tablename__ = "organisation_draft_note"
    __table_args__ = (key_of_consultation(), key_to("organisation_draft", "draft_id"))

    draft_id: Mapped[UUID]
    point: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class DraftReview(Numbered, Base):
    """Somebody of the body was asked to look at one version of a draft, and agreed or gave it back; `agreed` is None
    until then."""

    __tablename__ = "organisation_draft_review"
    __table_args__ = (key_of_consultation(), key_to("organisation_draft", "draft_id"))

    draft_id: Mapped[UUID]
    version: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    agreed: Mapped[bool | None]
    settled_at: Mapped[datetime | None]


class DraftCosigner(Numbered, Base):
    """A body that was asked to sign a draft together with the body whose draft it is, until it was `taken_off_at`.
    `agreed` is None until it has answered, and again once the text that it confirmed was changed: `digest` is of the
    text that it answered about (cosigning/cosigners.py), `reason` why it declined."""

    __tablename__ = "organisation_draft_cosigner"
    __table_args__ = (
        key_of_consultation(),
        key_to("organisation_draft", "draft_id"),
        UniqueConstraint("consultation_id", "draft_id", "organisation_id"),
        Index(None, "organisation_id"),
    )

    draft_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    agreed: Mapped[bool | None]
    digest: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    taken_off_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    draft: Mapped[OrganisationDraft] = belongs_to("DraftCosigner.draft_id", "OrganisationDraft")


class LetterLook(Numbered, Base):
    """Somebody of the body has looked at the answers to a letter that were there then."""

    __tablename__ = "letter_look"
    __table_args__ = (key_of_consultation(), key_to("submission", "submission_id"))

    submission_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class ScanSignatures(OfConsultation, Base):
    """What was found of electronic signatures in a PDF that came with a letter (files/pdf_signatures.py); a file that
    was not looked at has no such row."""

    __tablename__ = "scan_signatures"
    __table_args__ = (key_of_consultation(),)

    file_hash: Mapped[str] = mapped_column(primary_key=True)
    found: Mapped[list[Any]]
    at: Mapped[datetime]
