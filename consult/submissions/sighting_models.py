"""Where and when something was seen that a comment tells of: kept apart from its words, for the desk alone."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, OfConsultation, coded, key_of_consultation, key_to
from consult.people.models import Area
from consult.relationships import belongs_to
from consult.submissions.models import Comment
from consult.submissions.points import Point
from consult.submissions.words import SightingKind


class SightingPlace(OfConsultation, Base):
    """What a sighting says as fields. The point (degrees, WGS 84) is read at the desk alone, by which sightings of one
    place are found to be one; no page, file or answer of a program tells it. It goes with an erasure of the words."""

    __tablename__ = "sighting_place"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "kind", "seen_on"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[SightingKind] = mapped_column(coded(SightingKind))
    seen_on: Mapped[date | None]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    comment: Mapped[Comment] = belongs_to("SightingPlace.comment_id", "Comment")
    area: Mapped[Area | None] = relationship()

    @property
    def point(self) -> Point | None:
        """Where it was, as its sender said; None where they did not."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)
