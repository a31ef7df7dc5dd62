"""A publication of the library with its versions, and what is ordered of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Organisation
from consult.programme.head_models import Programme
from consult.programme.words import Licence, MaterialForm, MaterialLanguage, MaterialTopic, OrderState
from consult.relationships import belongs_to, has_many


class Material(Numbered, Base):
    """A publication as its newest public version says, or before it is public as it was last written."""

    __tablename__ = "material"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "public_at", "consultation_id", "number"),
    )

    number: Mapped[int]
    title: Mapped[str]
    about: Mapped[str]
    topic: Mapped[MaterialTopic] = mapped_column(coded(MaterialTopic))
    form: Mapped[MaterialForm] = mapped_column(coded(MaterialForm))
    language: Mapped[MaterialLanguage] = mapped_column(coded(MaterialLanguage))
    made_by: Mapped[str]
    licence: Mapped[Licence] = mapped_column(coded(Licence))
    public_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Material.consultation_id) == Programme.consultation_id", viewonly=True
    )
    versions: Mapped[list["MaterialVersion"]] = has_many(
        "Material", "MaterialVersion.material_id", "MaterialVersion.number"
    )

    @property
    def newest(self) -> "MaterialVersion | None":
        """The newest public version."""
        public = [one for one in self.versions if one.released_at is not None]
        return public[-1] if public else None


class MaterialVersion(Numbered, Base):
    """One version: its file and facts (`details`), and in `note` what is new in it. Another person than who wrote it
    makes it public; an earlier one stays. `taken` counts how often somebody took it away: times, and nobody."""

    __tablename__ = "material_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("material", "material_id"),
        UniqueConstraint("consultation_id", "material_id", "number"),
    )

    material_id: Mapped[UUID]
    number: Mapped[int]
    details: Mapped[dict[str, Any]]
    note: Mapped[str]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    file_size: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    material: Mapped[Material] = belongs_to("MaterialVersion.material_id", "Material")


class MaterialOrder(Numbered, Base):
    """A body asks for copies of a publication, or for a specialist, until a day. Who keeps the library confirms or
    declines with words, and records what was delivered."""

    __tablename__ = "material_order"
    __table_args__ = (
        key_of_consultation(),
        key_to("material", "material_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "body_id"),
        Index(None, "consultation_id", "answered_at"),
    )

    number: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    material_id: Mapped[UUID | None]
    copies: Mapped[int | None]
    specialist: Mapped[bool]
    needed_on: Mapped[date]
    place: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    confirmed: Mapped[bool | None]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    delivered_on: Mapped[date | None]
    delivered_copies: Mapped[int | None]
    delivered: Mapped[str]
    delivered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    body: Mapped[Organisation] = relationship()
    material: Mapped[Material | None] = belongs_to("MaterialOrder.material_id", "Material")
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(MaterialOrder.consultation_id) == Programme.consultation_id", viewonly=True
    )

    @property
    def state(self) -> OrderState:
        """How it stands."""
        if self.delivered_on is not None:
            return OrderState.DELIVERED
        if self.confirmed is None:
            return OrderState.OPEN
        return OrderState.CONFIRMED if self.confirmed else OrderState.DECLINED
