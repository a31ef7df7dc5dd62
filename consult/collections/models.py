"""Collecting opinions from below: who collects, its branches, what each gathered, and the opinions in it.

Nobody's religion is kept: a parish is a branch, of the people who speak there only what they said and, if they wish to
be told the answer, how to reach them.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.collections.words import FileKind, Gathered, WayIn
from consult.consultations.models import Consultation
from consult.db import Base, coded, new_id
from consult.people.models import Area, Organisation
from consult.submissions.words import ContactKind, Stance


class Collection(Base):
    """đợt thu thập ý kiến: an organisation asks its branches what people say, on a matter or standing by itself.

    `spoken_in_minutes`: what was only spoken counts in sums if it stands in signed minutes, the province's rule.
    """

    __tablename__ = "collection"
    __table_args__ = (Index(None, "organisation_id"), Index(None, "consultation_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    title: Mapped[str]
    asked: Mapped[str] = mapped_column(default="")
    closes_on: Mapped[date | None]
    spoken_in_minutes: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    consultation: Mapped[Consultation | None] = relationship()


class Branch(Base):
    """chi nhánh, đầu mối: who gathers opinions at one place, of the collection or below another branch. It works by a
    link of its own; of the key in it only a hash is kept, and which one it is (`key_number`)."""

    __tablename__ = "collection_branch"
    __table_args__ = (UniqueConstraint("collection_id", "number"), Index(None, "parent_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"))
    number: Mapped[int]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("collection_branch.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    contact_name: Mapped[str] = mapped_column(default="")
    telephone: Mapped[str] = mapped_column(default="")
    mail: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    key_number: Mapped[int] = mapped_column(default=1)
    key_hash: Mapped[str] = mapped_column(unique=True)
    key_ended_at: Mapped[datetime | None]

    collection: Mapped[Collection] = relationship()
    area: Mapped[Area | None] = relationship()


class Gathering(Base):
    """buổi ghi nhận: one meeting, pile of paper, visit, call or file. Place and day say which one it is; `people` is
    how many took part. `key_hash` is of the idempotency key, `content_hash` of all that came with it."""

    __tablename__ = "gathering"
    __table_args__ = (
        UniqueConstraint("collection_id", "key_hash"),
        UniqueConstraint("collection_id", "number"),
        Index(None, "branch_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("collection_branch.id"))
    number: Mapped[int]
    how: Mapped[Gathered] = mapped_column(coded(Gathered))
    way_in: Mapped[WayIn] = mapped_column(coded(WayIn))
    place: Mapped[str] = mapped_column(default="")
    held_on: Mapped[date | None]
    people: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    minutes_signed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    key_hash: Mapped[str]
    content_hash: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    branch: Mapped[Branch] = relationship()
    files: Mapped[list["GatheringFile"]] = relationship(order_by="GatheringFile.id")


class GatheringFile(Base):
    """A file of a gathering: a photographed page of its signed minutes, a scanned form, a picture, a recording."""

    __tablename__ = "gathering_file"
    __table_args__ = (Index(None, "gathering_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id"))
    kind: Mapped[FileKind] = mapped_column(coded(FileKind))
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    file_size: Mapped[int]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class CollectedOpinion(Base):
    """ý kiến thu thập được: what was said about one place, by one person or by `people` together.

    `anchor` is written as the drafts of organisations write it. `differing` is an opinion of the minority. One that
    stands on a page not typed yet is `untyped`. Name and contact are for telling the answer, and shown to nobody above
    the branch but who calls. `code_hash` is of the look-up code on the tear-off or slip.
    """

    __tablename__ = "collected_opinion"
    __table_args__ = (
        UniqueConstraint("collection_id", "number"),
        UniqueConstraint("collection_id", "key_hash"),
        Index(None, "gathering_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"))
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id"))
    number: Mapped[int]
    anchor: Mapped[str] = mapped_column(default="")
    stance: Mapped[Stance | None] = mapped_column(coded(Stance))
    text: Mapped[str] = mapped_column(default="")
    proposed: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    differing: Mapped[bool] = mapped_column(default=False)
    people: Mapped[int] = mapped_column(default=1)
    person_name: Mapped[str] = mapped_column(default="")
    contact_kind: Mapped[ContactKind] = mapped_column(coded(ContactKind))
    contact: Mapped[str] = mapped_column(default="")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("gathering_file.id"))
    untyped: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    key_hash: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    left_out_at: Mapped[datetime | None]
    left_out_reason: Mapped[str] = mapped_column(default="")
    left_out_branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("collection_branch.id"))

    gathering: Mapped[Gathering] = relationship()
    left_out_branch: Mapped[Branch | None] = relationship()


class EarlierRecord(Base):
    """How a gathering, or an opinion in it (`opinion_id`), stood before a correction: its fields, who put what there
    now in their stead and why. `by_id` None is the branch itself."""

    __tablename__ = "earlier_record"
    __table_args__ = (UniqueConstraint("gathering_id", "opinion_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id"))
    opinion_id: Mapped[UUID | None] = mapped_column(ForeignKey("collected_opinion.id"))
    version: Mapped[int]
    said: Mapped[dict[str, Any]]
    replaced_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str] = mapped_column(default="")
