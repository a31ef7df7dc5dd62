"""What the level above made of the opinions it gathered: consolidated opinions, and which ones each rests on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.collections.models import Branch
from consult.collections.words import CarriedBy
from consult.db import Base, coded, new_id
from consult.submissions.words import Stance


class ConsolidatedOpinion(Base):
    """ý kiến tổng hợp: what a level says in one point, on the strength of opinions gathered below it. The level is the
    body that collects, or where `branch_id` names one a branch in the middle, by its link (`written_by_id` None).

    `draft_id` is the draft of its letter that the point was put into, of the matter of the collection. `answer` is what
    the body itself tells its branches came of it, where no matter answers.
    """

    __tablename__ = "consolidated_opinion"
    __table_args__ = (UniqueConstraint("collection_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"))
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("collection_branch.id"))
    number: Mapped[int]
    anchor: Mapped[str] = mapped_column(default="")
    stance: Mapped[Stance | None] = mapped_column(coded(Stance))
    text: Mapped[str] = mapped_column(default="")
    proposed: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    differing: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    withdrawn_at: Mapped[datetime | None]
    draft_id: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    branch: Mapped[Branch | None] = relationship()


class OpinionSource(Base):
    """One opinion that a consolidated one rests on."""

    __tablename__ = "opinion_source"
    __table_args__ = (Index(None, "opinion_id"),)

    consolidated_id: Mapped[UUID] = mapped_column(ForeignKey("consolidated_opinion.id"), primary_key=True)
    opinion_id: Mapped[UUID] = mapped_column(ForeignKey("collected_opinion.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class PointSource(Base):
    """One consolidated opinion of a branch below that a consolidated one rests on, with all that it rests on."""

    __tablename__ = "point_source"
    __table_args__ = (Index(None, "below_id"),)

    consolidated_id: Mapped[UUID] = mapped_column(ForeignKey("consolidated_opinion.id"), primary_key=True)
    below_id: Mapped[UUID] = mapped_column(ForeignKey("consolidated_opinion.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class AnswerCarried(Base):
    """An answer carried down: to the person behind one opinion, or by a sheet that was read out in a branch; `answers`
    is how many of its opinions had one then. `by_id` None is the branch itself, or the site for a mail."""

    __tablename__ = "answer_carried"
    __table_args__ = (Index(None, "branch_id"), Index(None, "opinion_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("collection_branch.id"))
    opinion_id: Mapped[UUID | None] = mapped_column(ForeignKey("collected_opinion.id"))
    how: Mapped[CarriedBy] = mapped_column(coded(CarriedBy))
    answers: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    note: Mapped[str] = mapped_column(default="")


class MeetingKit(Base):
    """bộ tài liệu họp thôn: the clauses that are disputed in plain words, each with a question (`clauses`: anchor,
    words, question), and perhaps three minutes of sound for the loudspeaker."""

    __tablename__ = "meeting_kit"

    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"), primary_key=True)
    introduction: Mapped[str] = mapped_column(default="")
    clauses: Mapped[list[Any]]
    sound_hash: Mapped[str] = mapped_column(default="")
    sound_type: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
