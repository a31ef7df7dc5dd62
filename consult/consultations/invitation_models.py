"""Whom a matter asks in writing: the official letters, who was asked by which, and what is known of their delivery."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.consultations.words import DeliveryKind, LetterPurpose, SentBy
from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Organisation, User
from consult.relationships import belongs_to


class OfficialLetter(Numbered, Base):
    """An official letter of the body that posts the matter, as it was signed elsewhere: one for all who get it. What
    is not known of it is empty; `file_hash` names its file, once somebody brought it."""

    __tablename__ = "official_letter"
    __table_args__ = (key_of_consultation(),)

    purpose: Mapped[LetterPurpose] = mapped_column(coded(LetterPurpose))
    number: Mapped[str] = mapped_column(default="")
    on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(default="")
    signer_name: Mapped[str] = mapped_column(default="")
    signer_office: Mapped[str] = mapped_column(default="")
    signing_line: Mapped[str] = mapped_column(default="")
    file_hash: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    file_size: Mapped[int] = mapped_column(default=0)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class Invitation(Numbered, Base):
    """A body asked in writing: by which letter, on which way, and until when it should reply. `silence_is_consent` says
    that the letter told it so; whether its silence then counts depends on the delivery (`invitations/silence.py`)."""

    __tablename__ = "invitation"
    __table_args__ = (
        key_of_consultation(),
        key_to("official_letter", "letter_id"),
        UniqueConstraint("consultation_id", "organisation_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    letter_id: Mapped[UUID | None]
    how: Mapped[SentBy | None] = mapped_column(coded(SentBy))
    reply_by: Mapped[date | None]
    silence_is_consent: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    organisation: Mapped[Organisation] = relationship()
    letter: Mapped[OfficialLetter | None] = belongs_to("Invitation.letter_id", "OfficialLetter")

    @property
    def letter_number(self) -> str:
        """The number of its letter; empty where none was entered."""
        return self.letter.number if self.letter else ""

    @property
    def letter_on(self) -> date | None:
        """The day of its letter."""
        return self.letter.on if self.letter else None


class Delivery(Numbered, Base):
    """One thing known of the delivery of a letter to a body that was asked, as it was recorded: never changed, taken
    back by another row that names it (`voids_id`). `happened_at` is when it happened there, `at` when it was recorded,
    `by_id` who did, None for the site itself; `source` tells one that comes twice."""

    __tablename__ = "delivery"
    __table_args__ = (
        key_of_consultation(),
        key_to("invitation", "invitation_id"),
        key_to("official_letter", "letter_id"),
        key_to("delivery", "voids_id"),
        Index(None, "consultation_id", "invitation_id"),
    )

    invitation_id: Mapped[UUID]
    letter_id: Mapped[UUID | None]
    kind: Mapped[DeliveryKind] = mapped_column(coded(DeliveryKind))
    happened_at: Mapped[datetime]
    whom: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    voids_id: Mapped[UUID | None]
    file_hash: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    invitation: Mapped[Invitation] = belongs_to("Delivery.invitation_id", "Invitation")
    by: Mapped[User | None] = relationship()

    @property
    def on(self) -> date:
        """The local day on which it happened."""
        return clock.local_day(self.happened_at)


class StatusFile(Numbered, Base):
    """A status file of the document network that somebody brought, and what became of it (a code, with the element or
    name that it is about)."""

    __tablename__ = "status_file"
    __table_args__ = (key_of_consultation(), key_to("delivery", "delivery_id"))

    file_name: Mapped[str]
    outcome: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    delivery_id: Mapped[UUID | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    delivery: Mapped[Delivery | None] = belongs_to("StatusFile.delivery_id", "Delivery")
