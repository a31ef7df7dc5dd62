"""What a body says of the answers to its letter, and the dialogues that are held over them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, beside, has_many
from consult.responses.models import ResponseTarget
from consult.responses.second_words.words import Verdict
from consult.submissions.models import Comment, Submission


class AnswerRemark(OfConsultation, Base):
    """The second word: what a body says of the answer to a comment of its letter, one for a comment: written by one
    person, public once another has signed it (`signed_at`), and fixed from then on. `response` and `version` are those
    of the answer beside which it was signed. `verdict` is None of a remark, to which nothing is owed; `on_whole` tells
    that it was said of the letter as a whole. What does not satisfy is owed a final answer until the end of the local
    day `answer_by`. What came on `paper` was signed there: `signed_at` is when it was entered, and nobody of the site
    signed it.
    """

    __tablename__ = "answer_remark"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        key_to("second_word_paper", "paper_id"),
        Index(None, "consultation_id", "paper_id"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[str]
    written_by_ids: Mapped[list[Any]]
    written_at: Mapped[datetime]
    response: Mapped[int | None]
    version: Mapped[int | None]
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    signed_at: Mapped[datetime | None]
    verdict: Mapped[Verdict | None] = mapped_column(coded(Verdict))
    on_whole: Mapped[bool] = mapped_column(default=False, server_default=false())
    answer_by: Mapped[date | None]
    paper_id: Mapped[UUID | None]

    comment: Mapped[Comment] = belongs_to("AnswerRemark.comment_id", "Comment")
    paper: Mapped["SecondWordPaper | None"] = belongs_to("AnswerRemark.paper_id", "SecondWordPaper")
    targets: Mapped[list[ResponseTarget]] = beside("AnswerRemark.comment_id", "ResponseTarget.comment_id")
    points: Mapped[list["DialoguePoint"]] = beside("AnswerRemark.comment_id", "DialoguePoint.comment_id")


class SecondWordPaper(Numbered, Base):
    """A paper on which a body says whether the answers to its letter satisfy it, as an officer entered it with its
    scan. `received_at` is when it was legally received, which `received_reason` gives the grounds of where it is before
    the day of entry (`recorded_at`); from it the clock of the final answer runs."""

    __tablename__ = "second_word_paper"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "submission_id"),
    )

    number: Mapped[int]
    submission_id: Mapped[UUID]
    letter_number: Mapped[str] = mapped_column(default="", server_default="")
    letter_on: Mapped[date | None]
    signatory: Mapped[str] = mapped_column(default="", server_default="")
    received_at: Mapped[datetime]
    received_reason: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    scan_hash: Mapped[str]
    scan_name: Mapped[str]
    scan_type: Mapped[str]
    scan_size: Mapped[int]

    submission: Mapped[Submission] = belongs_to("SecondWordPaper.submission_id", "Submission")
    recorded_by: Mapped[User] = relationship()
    remarks: Mapped[list[AnswerRemark]] = has_many(
        "SecondWordPaper", "AnswerRemark.paper_id", "AnswerRemark.comment_id"
    )


class Dialogue(Numbered, Base):
    """đối thoại: the body responsible meets the body that sent a letter, over what did not satisfy in its answers. One
    that is called anew over the same points takes the place of the one before, which then was never held. `invited` and
    `attendees` are people with their offices, a line each, for both bodies alone. The final answers follow until the
    end of the local day `answer_by`, whenever its minutes are recorded."""

    __tablename__ = "dialogue"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "submission_id"),
    )

    number: Mapped[int]
    submission_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    place: Mapped[str]
    invited: Mapped[str] = mapped_column(default="", server_default="")
    called_at: Mapped[datetime]
    called_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    recorded_at: Mapped[datetime | None]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    attendees: Mapped[str] = mapped_column(default="", server_default="")
    minutes_hash: Mapped[str] = mapped_column(default="", server_default="")
    minutes_name: Mapped[str] = mapped_column(default="", server_default="")
    minutes_type: Mapped[str] = mapped_column(default="", server_default="")
    minutes_size: Mapped[int] = mapped_column(default=0, server_default="0")
    answer_by: Mapped[date]

    submission: Mapped[Submission] = belongs_to("Dialogue.submission_id", "Submission")
    called_by: Mapped[User] = relationship(foreign_keys=[called_by_id])
    points: Mapped[list["DialoguePoint"]] = has_many(
        "Dialogue", "DialoguePoint.dialogue_id", "DialoguePoint.comment_id"
    )


class DialoguePoint(OfConsultation, Base):
    """A comment over whose answer a dialogue is held, and once it was, whether both sides agreed there (`agreed`) and
    on what (`outcome`)."""

    __tablename__ = "dialogue_point"
    __table_args__ = (
        key_of_consultation(),
        key_to("dialogue", "dialogue_id"),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "comment_id"),
    )

    dialogue_id: Mapped[UUID] = mapped_column(primary_key=True)
    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    agreed: Mapped[bool | None]
    outcome: Mapped[str] = mapped_column(default="", server_default="")

    comment: Mapped[Comment] = belongs_to("DialoguePoint.comment_id", "Comment")
    dialogue: Mapped[Dialogue] = belongs_to("DialoguePoint.dialogue_id", "Dialogue")
