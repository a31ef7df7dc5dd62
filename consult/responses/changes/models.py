"""Where an accepted wording came to stand in a later draft, as a person said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.document_models import Provision
from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.relationships import belongs_to
from consult.submissions.models import Comment


class AcceptedChange(Numbered, Base):
    """A comment whose answer promised a change, and the provision of a later draft that shows it; none where the draft
    does not. The latest counts."""

    __tablename__ = "accepted_change"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        key_to("revision", "revision_id"),
        key_to("provision", "provision_id"),
        Index(None, "consultation_id", "revision_id"),
        Index(None, "consultation_id", "comment_id"),
    )

    comment_id: Mapped[UUID]
    revision_id: Mapped[UUID]
    provision_id: Mapped[UUID | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    comment: Mapped[Comment] = belongs_to("AcceptedChange.comment_id", "Comment")
    provision: Mapped[Provision | None] = belongs_to("AcceptedChange.provision_id", "Provision")
