"""A campaign of several days at several places, and what was counted there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.programme.words import PracticeKind
from consult.relationships import belongs_to, has_many


class Campaign(Numbered, Base):
    """A campaign of a programme: about what, what is to be done, from which day to which, who takes part, in which
    communes, and what is counted (`measures`: pairs of what and unit, of which a public one never changes). As it was
    last released, or before it is public as it was last written."""

    __tablename__ = "campaign"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "public_at", "starts_on"),
    )

    number: Mapped[int]
    title: Mapped[str]
    kind: Mapped[PracticeKind] = mapped_column(coded(PracticeKind))
    about: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    measures: Mapped[list[Any]]
    public_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Campaign.consultation_id) == Programme.consultation_id", viewonly=True
    )
    bodies: Mapped[list["CampaignBody"]] = has_many("Campaign", "CampaignBody.campaign_id", "CampaignBody.id")
    places: Mapped[list["CampaignPlace"]] = has_many("Campaign", "CampaignPlace.campaign_id", "CampaignPlace.id")
    versions: Mapped[list["CampaignVersion"]] = has_many(
        "Campaign", "CampaignVersion.campaign_id", "CampaignVersion.number"
    )


class CampaignBody(Numbered, Base):
    """A body that takes part in a campaign."""

    __tablename__ = "campaign_body"
    __table_args__ = (
        key_of_consultation(),
        key_to("campaign", "campaign_id"),
        Index(None, "consultation_id", "campaign_id"),
        Index(None, "body_id"),
    )

    campaign_id: Mapped[UUID]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))

    body: Mapped[Organisation] = relationship()
    campaign: Mapped[Campaign] = belongs_to("CampaignBody.campaign_id", "Campaign")


class CampaignPlace(Numbered, Base):
    """A commune in which a campaign takes place."""

    __tablename__ = "campaign_place"
    __table_args__ = (
        key_of_consultation(),
        key_to("campaign", "campaign_id"),
        Index(None, "consultation_id", "campaign_id"),
        Index(None, "area_id"),
    )

    campaign_id: Mapped[UUID]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))

    area: Mapped[Area] = relationship()
    campaign: Mapped[Campaign] = belongs_to("CampaignPlace.campaign_id", "Campaign")


class CampaignVersion(Numbered, Base):
    """The facts of a campaign as one person wrote them and another made them public; a version after the first corrects
    what was public, for a `reason`."""

    __tablename__ = "campaign_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("campaign", "campaign_id"),
        UniqueConstraint("consultation_id", "campaign_id", "number"),
    )

    campaign_id: Mapped[UUID]
    number: Mapped[int]
    facts: Mapped[dict[str, Any]]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    campaign: Mapped[Campaign] = belongs_to("CampaignVersion.campaign_id", "Campaign")


class CampaignResult(Numbered, Base):
    """What a body counted at a place on a day, in one version: `measure` is the place of what was counted among those
    of the campaign, from 1; `hundredths` how much, in hundredths of its unit. A later version corrects the one before
    for a `reason`; what was corrected is `replaced_at`, and counts no more. `consent` tells who on the picture agreed,
    and is public to nobody."""

    __tablename__ = "campaign_result"
    __table_args__ = (
        key_of_consultation(),
        key_to("campaign", "campaign_id"),
        UniqueConstraint("consultation_id", "number", "version"),
        Index(None, "consultation_id", "campaign_id", "day", "number"),
        Index(None, "released_at"),
        Index(None, "body_id"),
        Index(None, "area_id"),
    )

    campaign_id: Mapped[UUID]
    number: Mapped[int]
    version: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    place: Mapped[str]
    day: Mapped[date]
    measure: Mapped[int]
    hundredths: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    reason: Mapped[str]
    consent: Mapped[str]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    replaced_at: Mapped[datetime | None]

    body: Mapped[Organisation] = relationship()
    area: Mapped[Area] = relationship()
    campaign: Mapped[Campaign] = belongs_to("CampaignResult.campaign_id", "Campaign")
