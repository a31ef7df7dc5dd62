"""A proposal that a letter put before a body."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.relationships import belongs_to
from consult.submissions.models import Submission


class BundledProposal(Numbered, Base):
    """A letter, the submission `submission_id` of its matter, names the proposal with the public `number` in the matter
    `proposals_id`, at `place` among its points. The two matters are joined by nothing else, as in TakenUp."""

    __tablename__ = "bundled_proposal"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        UniqueConstraint("consultation_id", "submission_id", "proposals_id", "number"),
        Index(None, "proposals_id", "number"),
    )

    submission_id: Mapped[UUID]
    place: Mapped[int]
    proposals_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    at: Mapped[datetime]

    proposals: Mapped[Consultation] = relationship(foreign_keys=[proposals_id])
    submission: Mapped[Submission] = belongs_to("BundledProposal.submission_id", "Submission")
