"""What an administrator does, and facts about this installation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, new_id


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
