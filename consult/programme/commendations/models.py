"""Who is proposed to be commended, why, what was checked and decided, and whether they agree to be named."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.programme.words import CommendationState, CommendedKind
from consult.relationships import belongs_to, has_many


class Commendation(Numbered, Base):
    """Under a programme somebody (`body`, or who is called `name`) is proposed by a body, for `merits` that are public
    with the commendation and `evidence` that never is. What the check `found` is counted as it stood then. Each time it
    becomes public it has a further `version` and a fresh `salt`, without which nobody can test its commitment in the
    log."""

    __tablename__ = "commendation"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "released_at", "consultation_id", "number"),
        Index(None, "folded_name"),
        Index(None, "body_id"),
        Index(None, "proposer_id"),
        Index(None, "area_id"),
    )

    number: Mapped[int]
    kind: Mapped[CommendedKind] = mapped_column(coded(CommendedKind))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    folded_name: Mapped[str]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    merits: Mapped[str]
    evidence: Mapped[str]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    practice_number: Mapped[int | None]
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    proposed_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    found: Mapped[dict[str, Any]]
    check_note: Mapped[str]
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refusal: Mapped[str]
    refused_at: Mapped[datetime | None]
    refused_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    form: Mapped[str]
    decision_number: Mapped[str]
    decided_on: Mapped[date | None]
    deciding_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int]
    salt: Mapped[bytes | None]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    withdrawal: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    erasure_asked_at: Mapped[datetime | None]
    erasure_asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    erased_at: Mapped[datetime | None]
    erased_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    body: Mapped[Organisation | None] = relationship(foreign_keys=[body_id])
    proposer: Mapped[Organisation] = relationship(foreign_keys=[proposer_id])
    deciding: Mapped[Organisation | None] = relationship(foreign_keys=[deciding_id])
    area: Mapped[Area | None] = relationship()
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Commendation.consultation_id) == Programme.consultation_id", viewonly=True
    )
    consents: Mapped[list["CommendationConsent"]] = has_many(
        "Commendation", "CommendationConsent.commendation_id", "CommendationConsent.number"
    )

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.released_at is not None and self.withdrawn_at is None

    @property
    def consent(self) -> "CommendationConsent | None":
        """The consent to be named that holds."""
        return next((one for one in self.consents if one.withdrawn_at is None), None)

    @property
    def told_name(self) -> str:
        """Whom it is for, in the name of today of a body; empty once it was erased."""
        return self.body.name if self.body is not None else self.name

    @property
    def state(self) -> CommendationState:
        """How it stands, derived from what was done."""
        if self.erased_at is not None:
            return CommendationState.ERASED
        if self.refused_at is not None:
            return CommendationState.REFUSED
        if self.is_public:
            return CommendationState.PUBLIC
        if self.withdrawn_at is not None and self.decided_at is not None and self.decided_at <= self.withdrawn_at:
            return CommendationState.WITHDRAWN
        if self.decided_at is not None:
            return CommendationState.DECIDED
        return CommendationState.PROPOSED if self.checked_at is None else CommendationState.CHECKED


class CommendationConsent(Numbered, Base):
    """That who is commended agreed to be named in public: on which local day, how it was said (`how`, public to nobody)
    and who took it down; and when it was taken back."""

    __tablename__ = "commendation_consent"
    __table_args__ = (
        key_of_consultation(),
        key_to("commendation", "commendation_id"),
        UniqueConstraint("consultation_id", "commendation_id", "number"),
    )

    commendation_id: Mapped[UUID]
    number: Mapped[int]
    given_on: Mapped[date]
    how: Mapped[str]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    commendation: Mapped[Commendation] = belongs_to("CommendationConsent.commendation_id", "Commendation")
