"""Cases: what several people saw and is one, who is asked whether it is solved, and what they said."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.programme.promise_models import Promise
from consult.relationships import belongs_to, has_many
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SightingKind


class SightingCase(Numbered, Base):
    """Sightings that are one. What is to be dealt with, by whom, until when and how it ended is the promise of the same
    id, whose number is that of the case. `place` is told in words; the point (degrees, WGS 84) is that of the case, as
    an officer set it and another one made it public: none of a telephone. From `unreported_since` on no report of it
    stands any more: nobody outside is told of it, and its promise, public since `was_public_at`, is so no more."""

    __tablename__ = "sighting_case"
    __table_args__ = (key_of_consultation(), key_to("promise", "id"), Index(None, "kind", "consultation_id"))

    kind: Mapped[SightingKind] = mapped_column(coded(SightingKind))
    place: Mapped[str]
    seen_on: Mapped[date]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    unreported_since: Mapped[datetime | None]
    was_public_at: Mapped[datetime | None]

    promise: Mapped[Promise] = belongs_to("SightingCase.id", "Promise")
    sightings: Mapped[list["CaseSighting"]] = has_many(
        "SightingCase", "CaseSighting.case_id", "CaseSighting.comment_id"
    )
    words: Mapped[list["SolvedWord"]] = has_many("SightingCase", "SolvedWord.case_id", "SolvedWord.asked_at")

    @property
    def point(self) -> tuple[float, float] | None:
        """The point of the case; None where none was set."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class CaseSighting(OfConsultation, Base):
    """A sighting (a comment) that belongs to a case; to one at most."""

    __tablename__ = "case_sighting"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        key_to("sighting_case", "case_id"),
        Index(None, "consultation_id", "case_id"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    joined_at: Mapped[datetime]
    joined_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    case: Mapped[SightingCase] = belongs_to("CaseSighting.case_id", "SightingCase")
    comment: Mapped[Comment] = belongs_to("CaseSighting.comment_id", "Comment")


class SolvedWord(Numbered, Base):
    """That somebody who reported was asked whether a case is really solved that ended on `ended_on`, once for each end,
    and what they said: `solved`, and a line for the bodies alone. A "no" while the case is ended opens it again, with
    `due_on` as its new day; who said it is told nowhere."""

    __tablename__ = "solved_word"
    __table_args__ = (
        key_of_consultation(),
        key_to("sighting_case", "case_id"),
        key_to("submission", "submission_id"),
        UniqueConstraint("consultation_id", "case_id", "submission_id", "ended_on"),
    )

    case_id: Mapped[UUID]
    submission_id: Mapped[UUID]
    ended_on: Mapped[date]
    asked_at: Mapped[datetime]
    said_at: Mapped[datetime | None]
    solved: Mapped[bool | None]
    line: Mapped[str]
    due_on: Mapped[date | None]

    case: Mapped[SightingCase] = belongs_to("SolvedWord.case_id", "SightingCase")
    submission: Mapped[Submission] = belongs_to("SolvedWord.submission_id", "Submission")
