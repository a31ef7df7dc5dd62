"""What an administrator does, roles that wait for a second one, and facts about this installation."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, coded, new_id
from consult.people.models import Organisation, Unit, User
from consult.people.words import Role


class InstallationFact(Base):
    """A fact about this database, such as that the demo made it."""

    __tablename__ = "installation_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]


class AdministrativeAct(Base):
    """What an administrator did, to whom: roles granted and ended, accounts made and closed."""

    __tablename__ = "administrative_act"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    act: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]


class Settlement(StrEnum):
    """What became of a proposal."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RoleProposal(Base):
    """A role that one administrator would give and another has to confirm. Until then there is no membership, and so
    nothing that anybody could do with it; `settled_at` says whether it still waits."""

    __tablename__ = "role_proposal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(coded(Role))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    settlement: Mapped[Settlement | None] = mapped_column(coded(Settlement))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    organisation: Mapped[Organisation] = relationship()
    unit: Mapped[Unit | None] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
