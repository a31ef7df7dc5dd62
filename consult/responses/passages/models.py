"""Standard passages with their versions, and the answers that they were put into."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, OfConsultation, key_of_consultation, key_to, new_id
from consult.relationships import belongs_to
from consult.responses.models import Response


class Passage(Base):
    """A passage of a body that answers: for one of its units, for all of it (no unit), or for one matter alone."""

    __tablename__ = "passage"
    __table_args__ = (Index(None, "organisation_id"), Index(None, "consultation_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    archived_at: Mapped[datetime | None]
    archived_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class PassageVersion(Base):
    """One wording of a passage; the latest counts, and every one is kept."""

    __tablename__ = "passage_version"
    __table_args__ = (UniqueConstraint("passage_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passage.id"))
    version: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class PassageUse(OfConsultation, Base):
    """A version of an answer that was saved with a passage in it, and which wording of the passage that was."""

    __tablename__ = "passage_use"
    __table_args__ = (
        key_of_consultation(),
        key_to("response", "response_id"),
        Index(None, "passage_id"),
    )

    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passage.id"), primary_key=True)
    passage_version: Mapped[int]
    answer_version: Mapped[int]
    at: Mapped[datetime]

    response: Mapped[Response] = belongs_to("PassageUse.response_id", "Response")
