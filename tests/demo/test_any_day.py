"""The demonstration can be made on any day: at the weekend, before Tết, minutes before midnight."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, create_app
from consult.consultations.matter import calendar
from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.reference import seeding
from consult.consultations.words import DRAFTS, Audience
from consult.db import connect
from consult.demo import content, playing
from consult.demo.content import Calendar
from consult.demo.matters import last_days
from consult.keys import ring
from consult.ledger import keys
from consult.ledger.service import Signer
from consult.models import metadata
from consult.stages import stage_of
from tests.application import CODES, end, make_keys
from tests.demo.conftest import settings_of

FIRST, LAST = date(2026, 1, 1), date(2030, 10, 31)
NEW_YEARS_EVE = datetime(2026, 12, 31, 16, 58, tzinfo=UTC)


@pytest.mark.parametrize("row", content.matters(), ids=[row["slug"] for row in content.matters()])
def test_weekends_and_holidays_move_no_matter_into_another_stage(session: Session, row: dict[str, Any]) -> None:
    seeding.seed_rules(session)
    rules = session.scalars(
        select(LegalProfile).where(LegalProfile.code == row["profile"]).order_by(LegalProfile.valid_from.desc())
    ).first()
    assert rules is not None
    free_days = calendar.holidays(session)
    for number in range((LAST - FIRST).days):
        today = FIRST + timedelta(days=number)
        closes = last_days(row, Calendar(today), rules.rules, free_days)[Audience.PUBLIC]
        if row["expected_stage"] == "open":
            assert closes >= today
        elif row["expected_stage"] in {"responding", "concluded"}:
            assert closes < today + timedelta(days=row["concluded"] or 0)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Flask]:
    """A site with tables, and a ledger key from before the demonstration began."""
    settings = settings_of(tmp_path)
    make_keys(settings["KEYS_FOLDER"], NEW_YEARS_EVE - timedelta(days=200))
    engine = connect(settings["DATABASE_URL"])
    metadata.create_all(engine)
    engine.dispose()
    app = create_app(settings)
    yield app
    end(app)


@pytest.mark.slow
def test_it_is_made_two_minutes_before_the_new_year(empty_site: Flask) -> None:
    stores, today = empty_site.extensions, Calendar(clock.local_day(NEW_YEARS_EVE))
    signer = Signer("example.invalid/ledger", keys.of(ring.load(empty_site.config["KEYS_FOLDER"])))
    stores["consult.worker"].prepare(NEW_YEARS_EVE)
    with empty_site.app_context(), stores["consult.database"].session() as session:
        playing.play(
            session,
            stores["consult.files"],
            signer,
            CODES,
            stores["consult.worker"],
            NEW_YEARS_EVE,
            today,
        )
        for matter in session.scalars(select(Consultation).where(Consultation.kind.in_(DRAFTS))):
            [row] = [row for row in content.matters() if row["slug"] == matter.slug]
            assert stage_of(matter, NEW_YEARS_EVE).value == row["expected_stage"]
