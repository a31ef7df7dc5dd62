"""What was handed to the body that appraises the report of an investor."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, key_of_consultation
from consult.people.models import User


class AppraisalPackage(Numbered, Base):
    """One archive as it was handed over, kept by its hash; a later one has the next `number`."""

    __tablename__ = "appraisal_package"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    file_hash: Mapped[str]
    file_size: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    by: Mapped[User] = relationship()
