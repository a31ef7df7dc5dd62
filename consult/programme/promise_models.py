"""A promise: what is to be done, by whom, until when, how it ended; and all that was said of it since."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.words import Ending, PromiseActKind, PromiseKind
from consult.relationships import belongs_to, has_many


class Promise(Numbered, Base):
    """What `by` owes until the end of the day `due_on`, and who follows it (`keeper`). `first_due_on` is the day it was
    promised for at first: both stay to be read. The recommendation, the task or the case that it is bears the same id.
    It is public from `public_at` on, and ends on `ended_on`: once, but for a case that was opened again. Its matter is
    that of a programme, or one of sightings."""

    __tablename__ = "promise"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "ended_on", "due_on", "consultation_id", "number", "public_at"),
        Index(None, "by_id", "ended_on", "due_on", "public_at"),
        Index(None, "keeper_id", "ended_on", "due_on"),
        Index(None, "area_id", "ended_on", "due_on"),
        Index(None, "kind", "public_at", "consultation_id", "number"),
        Index(None, "kind", "ended_on", "due_on", "public_at"),
        Index(None, "ended_on", "by_id", "due_on", "public_at"),
    )

    number: Mapped[int]
    kind: Mapped[PromiseKind] = mapped_column(coded(PromiseKind))
    text: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    keeper_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    first_due_on: Mapped[date]
    due_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    public_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    ending: Mapped[Ending | None] = mapped_column(coded(Ending))
    reminded_on: Mapped[date | None]

    by: Mapped[Organisation] = relationship(foreign_keys=[by_id])
    keeper: Mapped[Organisation] = relationship(foreign_keys=[keeper_id])
    area: Mapped[Area | None] = relationship()
    matter: Mapped[Consultation] = relationship(
        primaryjoin="foreign(Promise.consultation_id) == Consultation.id", viewonly=True
    )
    acts: Mapped[list["PromiseAct"]] = has_many("Promise", "PromiseAct.promise_id", "PromiseAct.number")

    @property
    def path(self) -> str:
        """Where anybody reads it once it is public: a case has a page of its own, which tells more."""
        return path_of(self.kind, self.matter.slug, self.number)


def path_of(kind: PromiseKind, slug: str, number: int) -> str:
    """Where anybody reads a public promise of a kind, of the matter at this address."""
    if kind is PromiseKind.CASE:
        return f"/phan-anh/{slug}/{number}/"
    return f"/chuong-trinh/{slug}/cam-ket/{number}/"


class PromiseAct(Numbered, Base):
    """Something said of a promise by a person of one of the two bodies (`for_id`). `day` is the later day that is asked
    for (`was` the one before), or the day on which it was done. It counts and is public once another person released
    it, or was refused with a reason."""

    __tablename__ = "promise_act"
    __table_args__ = (
        key_of_consultation(),
        key_to("promise", "promise_id"),
        UniqueConstraint("consultation_id", "promise_id", "number"),
        Index(None, "released_at", "refused_at"),
    )

    promise_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[PromiseActKind] = mapped_column(coded(PromiseActKind))
    text: Mapped[str]
    day: Mapped[date | None]
    was: Mapped[date | None]
    for_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refused_at: Mapped[datetime | None]
    refused_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refused_reason: Mapped[str]

    body: Mapped[Organisation] = relationship(foreign_keys=[for_id])
    promise: Mapped[Promise] = belongs_to("PromiseAct.promise_id", "Promise")
    pictures: Mapped[list["PromisePicture"]] = has_many(
        "PromiseAct", "PromisePicture.act_id", "PromisePicture.number", lazy="selectin"
    )


class PromisePicture(Numbered, Base):
    """A picture of what was found or done, painted anew: it has no place and no camera in it. It is public with
    what was said."""

    __tablename__ = "promise_picture"
    __table_args__ = (
        key_of_consultation(),
        key_to("promise_act", "act_id"),
        UniqueConstraint("consultation_id", "act_id", "number"),
    )

    act_id: Mapped[UUID]
    number: Mapped[int]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    caption: Mapped[str]
