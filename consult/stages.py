"""The stage of a matter: one pure function of its facts and a moment."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """Where a matter stands: derived from its facts and the moment, never stored."""

    DRAFTING = "drafting"
    ANNOUNCED = "announced"
    OPEN = "open"
    RESPONDING = "responding"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


class StageFacts(Protocol):
    """The facts that decide a stage; a Consultation has them, and so has a row of a few columns."""

    published_at: datetime | None
    withdrawn_at: datetime | None
    concluded_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None


def stage_of(facts: StageFacts, now: datetime) -> Stage:
    """The stage at the instant `now`: opening is inclusive, closing exclusive (24:00 of the last day)."""
    if facts.withdrawn_at is not None and facts.withdrawn_at <= now:
        return Stage.WITHDRAWN
    if facts.published_at is None or facts.opens_at is None:
        return Stage.DRAFTING
    if facts.concluded_at is not None and facts.concluded_at <= now:
        return Stage.CONCLUDED
    if now < facts.opens_at:
        return Stage.ANNOUNCED
    if facts.closes_at is None or now < facts.closes_at:
        return Stage.OPEN
    return Stage.RESPONDING
