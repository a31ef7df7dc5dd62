"""Publishing, extending, withdrawing and submitting a matter."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations import publishing
from consult.consultations.calendar import end_of
from consult.consultations.words import Audience, Procedure
from consult.errors import Invalid, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.stages import Stage, stage_of
from tests.builders import NOW, TODAY, make_actor, make_consultation, period_of


def entries_of(session: Session, consultation_id: object) -> list[dict]:
    """The entries of a matter's ledger as the public reads them."""
    rows = session.scalars(
        select(LedgerEntry).where(LedgerEntry.consultation_id == consultation_id).order_by(LedgerEntry.index)
    )
    return [json.loads(row.body) for row in rows]


@pytest.mark.parametrize("stage", list(Stage))
def test_the_builder_makes_each_stage(session: Session, stage: Stage) -> None:
    assert stage_of(make_consultation(session, stage), NOW) is stage
