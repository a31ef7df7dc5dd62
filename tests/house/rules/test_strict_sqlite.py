"""The tests' SQLite refuses what PostgreSQL refuses, so that a page proven on one works on the other."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.submissions.models import Comment


@pytest.mark.parametrize(
    "wrong",
    [Comment.number <= 2**31, Comment.number.in_([1, -(2**31) - 1]), Consultation.slug == "a\0b"],
    ids=["too_large", "one_of_many", "nul"],
)
def test_both_refuse(engine: Engine, wrong: Any) -> None:
    with Session(engine) as session, pytest.raises(DataError):
        session.scalars(select(Comment.id).join(Consultation, Comment.consultation_id == Consultation.id).where(wrong))


def test_the_largest_that_fits(engine: Engine) -> None:
    with Session(engine) as session:
        assert session.scalars(select(Comment.id).where(Comment.number <= 2**31 - 1)).all() == []
