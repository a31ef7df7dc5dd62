"""PostgreSQL expects about as many answered comments as there are. When it expected a few, it looked up each of all
that were answered by its key and sorted them, for the fifty of the first page; now it walks down the numbers until it
has those."""

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql

from bench import volume
from bench.matter import Bench
from consult.people.words import Role
from consult.responses.desk.listing.case_filters import CaseFilters
from consult.responses.desk.listing.filters import answered
from consult.responses.models import ResponseTarget
from consult.responses.words import AnswerState
from consult.submissions.models import Comment
from tests.application import end, make_app
from tests.builders import DRAFT, NOW
from tests.database import PostgresDatabases
from tests.responses.desk_builder import make_desk

pytestmark = pytest.mark.postgres
COMMENTS = 1_000
ONE_OF = 5
"""It guesses the third of them where one wording may stand in the place of another, whoever asks."""


def test_so_many_are_expected_as_were_answered(postgresql_databases: PostgresDatabases, tmp_path: Path) -> None:
    url = postgresql_databases.fresh()
    app = make_app(url, tmp_path)
    app.extensions["consult.files"].put(DRAFT.encode())
    with app.extensions["consult.database"].session() as session:
        desk = make_desk(session, slug="dot-nay")
        session.commit()
        volume.fill(Bench(app, desk.matter.slug, {Role.OFFICER: desk.officer}, random.Random(1)), COMMENTS, NOW)
        session.execute(text("ANALYZE"))
        own = answered(desk.matter, CaseFilters(draft=AnswerState.PUBLISHED), None)
        found = select(Comment.number).where(Comment.consultation_id == desk.matter.id, *own)
        written = found.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
        plan: Any = session.scalar(text(f"EXPLAIN (FORMAT JSON) {written}"))
        there = session.scalar(select(func.count()).select_from(ResponseTarget)) or 0
        assert len(session.scalars(found).all()) == there
    end(app)
    postgresql_databases.drop(url)
    assert plan[0]["Plan"]["Plan Rows"] * ONE_OF > there > COMMENTS // ONE_OF
