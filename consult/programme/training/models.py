"""A course, the people whom bodies send to it, and what came of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.programme.head_models import Programme
from consult.relationships import belongs_to, has_many

TELLS_RELIGION = frozenset({OrganisationKind.RELIGIOUS, OrganisationKind.MEMBER})
"""Members of the Front are religious ones too, and nothing else tells which."""


class Course(Numbered, Base):
    """A course of a programme: about what, where, on which days, for how many; whom it invites (ids of bodies), which
    publications it uses (their public numbers), and the short test. It is public with its invitation, its results once
    another person looked at them. Points before and after are kept in the order of their size: nobody tells from them
    who had which."""

    __tablename__ = "course"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "released_at", "starts_on"),
    )

    number: Mapped[int]
    title: Mapped[str]
    about: Mapped[str]
    place: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    seats: Mapped[int]
    invited: Mapped[list[Any]]
    materials: Mapped[list[Any]]
    test: Mapped[str]
    most_points: Mapped[int]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    points_before: Mapped[list[Any]]
    points_after: Mapped[list[Any]]
    held_at: Mapped[datetime | None]
    held_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    results_at: Mapped[datetime | None]
    results_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Course.consultation_id) == Programme.consultation_id", viewonly=True
    )
    participants: Mapped[list["Participant"]] = has_many("Course", "Participant.course_id", "Participant.number")
    sittings: Mapped[list["Sitting"]] = has_many("Course", "Sitting.course_id", "Sitting.number")


class Participant(Numbered, Base):
    """Somebody whom a body sends: named to the organisers and that body alone; on the page that checks a certificate
    only with `names_public`, as that person said. `code` is that of the certificate, once the sheet says that they
    attended."""

    __tablename__ = "participant"
    __table_args__ = (
        key_of_consultation(),
        key_to("course", "course_id"),
        UniqueConstraint("consultation_id", "course_id", "number"),
        Index(None, "code", unique=True),
        Index(None, "body_id"),
    )

    course_id: Mapped[UUID]
    number: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    names_public: Mapped[bool]
    code: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    body: Mapped[Organisation] = relationship()
    course: Mapped[Course] = belongs_to("Participant.course_id", "Course")

    @property
    def told_body(self) -> str:
        """The name of the body as a certificate says it beside that of the person; empty where it would tell what
        somebody believes."""
        return "" if self.body.kind in TELLS_RELIGION else self.body.name

    @property
    def told_name(self) -> str:
        """The name as anybody reads it: of who agreed, once another person looked at the sheet; empty otherwise."""
        return self.name if self.names_public and self.course.results_at is not None else ""


class Sitting(Numbered, Base):
    """A morning or an afternoon of a course, at which people sign in by a code on the wall: on a local `day`, from
    `begins` to `ends`, in minutes of that day. The hash of the `key_number`th key opens its page near those hours,
    until `key_ended_at`."""

    __tablename__ = "course_sitting"
    __table_args__ = (
        key_of_consultation(),
        key_to("course", "course_id"),
        UniqueConstraint("consultation_id", "course_id", "number"),
        Index(None, "key_hash", unique=True),
    )

    course_id: Mapped[UUID]
    number: Mapped[int]
    day: Mapped[date]
    begins: Mapped[int]
    ends: Mapped[int]
    key_number: Mapped[int]
    key_hash: Mapped[str]
    key_ended_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    course: Mapped[Course] = belongs_to("Sitting.course_id", "Course")


class SignedIn(Numbered, Base):
    """Somebody who signed in at a sitting: a participant, or until the secretary says who it is the `name` as it was
    typed, which is gone once that is said. Nobody else reads it, and nothing public is made of it."""

    __tablename__ = "course_signed_in"
    __table_args__ = (
        key_of_consultation(),
        key_to("course_sitting", "sitting_id"),
        key_to("participant", "participant_id"),
        UniqueConstraint("consultation_id", "sitting_id", "participant_id"),
        Index(None, "consultation_id", "participant_id"),
    )

    sitting_id: Mapped[UUID]
    participant_id: Mapped[UUID | None]
    name: Mapped[str]
    at: Mapped[datetime]

    sitting: Mapped[Sitting] = belongs_to("SignedIn.sitting_id", "Sitting")
