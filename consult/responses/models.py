"""The desk's work: who has a comment in hand, answers, their versions, approval and publication."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.people.models import Unit, User
from consult.relationships import belongs_to, beside, has_many
from consult.responses.triage_models import TriageRule
from consult.responses.words import Disposition, HandedOver
from consult.submissions.models import Comment


class Assignment(Numbered, Base):
    """A comment given to a unit, and perhaps a person; the latest counts. `reason`: why somebody hands it to another
    unit; `rule_id`: by which rule it was given, whose author is `by_id` then."""

    __tablename__ = "assignment"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        key_to("triage_rule", "rule_id"),
        Index(None, "consultation_id", "comment_id"),
    )

    comment_id: Mapped[UUID]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str] = mapped_column(default="", server_default="")
    rule_id: Mapped[UUID | None]

    rule: Mapped[TriageRule | None] = belongs_to("Assignment.rule_id", "TriageRule")
    unit: Mapped[Unit | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    comment: Mapped[Comment] = belongs_to("Assignment.comment_id", "Comment")
    of_comment: Mapped[list["Assignment"]] = beside("Assignment.comment_id", "Assignment.comment_id")


class Response(Numbered, Base):
    """The answer to one or more comments; its wording is in its versions."""

    __tablename__ = "response"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    versions: Mapped[list["ResponseVersion"]] = has_many(
        "Response", "ResponseVersion.response_id", "ResponseVersion.version"
    )
    publications: Mapped[list["ResponsePublication"]] = beside("Response.id", "ResponsePublication.response_id")


class ResponseTarget(OfConsultation, Base):
    """A comment that a response answers: one comment has one response."""

    __tablename__ = "response_target"
    __table_args__ = (
        key_of_consultation(),
        key_to("response", "response_id"),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "response_id"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    response_id: Mapped[UUID]
    at: Mapped[datetime]

    response: Mapped[Response] = belongs_to("ResponseTarget.response_id", "Response")
    comment: Mapped[Comment] = belongs_to("ResponseTarget.comment_id", "Comment")
    of_response: Mapped[list["ResponseTarget"]] = beside("ResponseTarget.response_id", "ResponseTarget.response_id")
    publications: Mapped[list["ResponsePublication"]] = beside(
        "ResponseTarget.response_id", "ResponsePublication.response_id"
    )


class ResponseVersion(Numbered, Base):
    """One wording of an answer. `hash` covers what it says and whom it answers, and is what an approval names.
    `warnings` are the codes of what its writer was warned of and saved it all the same."""

    __tablename__ = "response_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("response", "response_id"),
        UniqueConstraint("consultation_id", "response_id", "version"),
    )

    response_id: Mapped[UUID]
    version: Mapped[int]
    disposition: Mapped[Disposition] = mapped_column(coded(Disposition))
    text: Mapped[str]
    change: Mapped[str] = mapped_column(default="")
    change_path: Mapped[str] = mapped_column(default="")
    warnings: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    hash: Mapped[str]

    written_by: Mapped[User] = relationship()
    of_response: Mapped[list["ResponseVersion"]] = beside("ResponseVersion.response_id", "ResponseVersion.response_id")
    targets: Mapped[list[ResponseTarget]] = beside("ResponseVersion.response_id", "ResponseTarget.response_id")
    approvals: Mapped[list["ResponseApproval"]] = beside("ResponseVersion.response_id", "ResponseApproval.response_id")
    publications: Mapped[list["ResponsePublication"]] = has_many(
        "ResponseVersion", "ResponsePublication.version_id", "ResponsePublication.at"
    )


class ApprovalSheet(Numbered, Base):
    """phiếu trình: which answers in which versions were laid before a leader together. Its `hash` is over its
    `entries` (`list_hash.over`), each the number of an answer, of the version, and the hash of that version."""

    __tablename__ = "approval_sheet"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    hash: Mapped[str]
    entries: Mapped[list[Any]]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class ResponseApproval(Numbered, Base):
    """A leader's word on one version: approved, or sent back with a note; the sheet on which it was decided."""

    __tablename__ = "response_approval"
    __table_args__ = (
        key_of_consultation(),
        key_to("response", "response_id"),
        key_to("approval_sheet", "sheet_id"),
        Index(None, "consultation_id", "response_id"),
    )

    response_id: Mapped[UUID]
    version_hash: Mapped[str]
    approved: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    sheet_id: Mapped[UUID | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class ResponsePublication(Numbered, Base):
    """The moment a version became the public answer."""

    __tablename__ = "response_publication"
    __table_args__ = (
        key_of_consultation(),
        key_to("response", "response_id"),
        key_to("response_version", "version_id"),
        Index(None, "consultation_id", "response_id"),
        Index(None, "consultation_id", "version_id"),
    )

    response_id: Mapped[UUID]
    version_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    response: Mapped[Response] = belongs_to("ResponsePublication.response_id", "Response")
    version: Mapped[ResponseVersion] = belongs_to("ResponsePublication.version_id", "ResponseVersion")
    targets: Mapped[list[ResponseTarget]] = beside("ResponsePublication.response_id", "ResponseTarget.response_id")


class AnswerHandedOver(OfConsultation, Base):
    """A version of an answer that is not public reached who sent the comment, at this moment in this way."""

    __tablename__ = "answer_handed_over"
    __table_args__ = (key_of_consultation(), key_to("comment", "comment_id"))

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[HandedOver] = mapped_column(coded(HandedOver))
    at: Mapped[datetime]


class ChosenPair(OfConsultation, Base):
    """A comment that an officer chose to show beside the words it changed: what people said and what came of it."""

    __tablename__ = "chosen_pair"
    __table_args__ = (key_of_consultation(), key_to("comment", "comment_id"))

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    comment: Mapped[Comment] = belongs_to("ChosenPair.comment_id", "Comment")
