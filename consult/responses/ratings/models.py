"""Ratings of answers, kept so that none leads to a person: no time, no order, no comment."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, OfConsultation, coded, key_of_consultation

IN_NO_ORDER = {"sqlite_with_rowid": False}
"""SQLite would otherwise number the rows as they come, and so tell which rating belongs to which mark."""


class RatingMark(OfConsultation, Base):
    """That somebody rated one of their answers: a keyed hash of both codes of a receipt, which nobody has but they."""

    __tablename__ = "rating_mark"
    __table_args__ = (key_of_consultation(), IN_NO_ORDER)

    mark: Mapped[str] = mapped_column(primary_key=True)


class Rated(StrEnum):
    """What somebody says of a matter, once: whether an answer to them was clear; a year later, whether what was issued
    works."""

    ANSWER = "answer"
    TEXT = "text"


class AnswerRating(OfConsultation, Base):
    """Whether an answer of a matter was clear, or the text that was issued works, with a line. Its id is random: those
    of `new_id` tell the time. It is told only once it is `shown` together with others."""

    __tablename__ = "answer_rating"
    __table_args__ = (key_of_consultation(), IN_NO_ORDER)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    about: Mapped[Rated] = mapped_column(coded(Rated), default=Rated.ANSWER, server_default="answer")
    clear: Mapped[bool]
    line: Mapped[str] = mapped_column(default="")
    shown: Mapped[bool] = mapped_column(default=False, server_default=false())
