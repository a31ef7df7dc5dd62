"""Themes of a matter: what is found, which can be made anew, and what people decided and judged, which stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, has_many
from consult.similar.words import ThemeActKind
from consult.submissions.models import Comment


class Theme(Numbered, Base):
    """Comments that mean the same thing, all of one stance (`stance`, and where none was given `leaning` by the words).
    `words` are those the machine found, `name` what a person called it; `size` counts its different texts, never
    people. One that a person decided about stays, even when nothing is left in it."""

    __tablename__ = "theme"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "size", "number"),
    )

    number: Mapped[int]
    name: Mapped[str]
    words: Mapped[list[Any]]
    stance: Mapped[str]
    leaning: Mapped[int]
    size: Mapped[int]
    made_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    signed_by: Mapped[User | None] = relationship()
    members: Mapped[list["ThemeMember"]] = has_many("Theme", "ThemeMember.theme_id", "ThemeMember.comment_id")


class ThemeMember(OfConsultation, Base):
    """One comment in one theme; `sample_id` is the comment whose text stands for it and its copies. Whom a person put
    here (`by_person`) nothing but a person moves, as long as it is of this stance."""

    __tablename__ = "theme_member"
    __table_args__ = (
        key_of_consultation(),
        key_to("theme", "theme_id"),
        key_to("comment", "comment_id"),
        key_to("comment", "sample_id"),
        Index(None, "consultation_id", "theme_id", "sample_id"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    theme_id: Mapped[UUID]
    sample_id: Mapped[UUID]
    by_person: Mapped[bool]

    comment: Mapped[Comment] = belongs_to("ThemeMember.comment_id", "Comment")
    sample: Mapped[Comment] = belongs_to("ThemeMember.sample_id", "Comment")
    theme: Mapped[Theme] = belongs_to("ThemeMember.theme_id", "Theme")


class ThemeAct(Numbered, Base):
    """What a person decided about a theme: named it, signed it, put another to it, took texts out of it."""

    __tablename__ = "theme_act"
    __table_args__ = (
        key_of_consultation(),
        key_to("theme", "theme_id"),
        Index(None, "consultation_id", "theme_id"),
    )

    theme_id: Mapped[UUID]
    kind: Mapped[ThemeActKind] = mapped_column(coded(ThemeActKind))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    details: Mapped[dict[str, Any]]

    by: Mapped[User] = relationship()


class ThemePair(OfConsultation, Base):
    """Two texts of one stance that are hard to tell, for people to judge; `position` is the order in which they are
    asked."""

    __tablename__ = "theme_pair"
    __table_args__ = (key_of_consultation(), key_to("comment", "first_id"), key_to("comment", "second_id"))

    first_id: Mapped[UUID] = mapped_column(primary_key=True)
    second_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]

    first: Mapped[Comment] = belongs_to("ThemePair.first_id", "Comment")
    second: Mapped[Comment] = belongs_to("ThemePair.second_id", "Comment")


class ThemeJudgement(OfConsultation, Base):
    """What one person says of a pair: that both are about the same, or not. Nothing is changed by it but what the page
    says of how good the themes are."""

    __tablename__ = "theme_judgement"
    __table_args__ = (key_of_consultation(), key_to("comment", "first_id"), key_to("comment", "second_id"))

    first_id: Mapped[UUID] = mapped_column(primary_key=True)
    second_id: Mapped[UUID] = mapped_column(primary_key=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    same: Mapped[bool]
    at: Mapped[datetime]
