"""The figures of the quarters that everybody may read: of the matters that are public."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound
from consult.responses.figures import span
from consult.responses.figures.cached_period import kept_figures
from consult.responses.figures.period import PeriodFigures
from consult.responses.statistics import answer_times

Quarter = tuple[int, int]
"""A year, and the number of its quarter (1 to 4)."""


def known(session: Session, now: datetime) -> list[Quarter]:
    """The quarters since the first matter was published, the latest first; the one that lasts where there is none."""
    first = answer_times.first_published(session, now)
    today = clock.local_day(now)
    return span.quarters(clock.local_day(first) if first is not None else today, today)


def read(session: Session, text: str, now: datetime) -> Quarter:
    """The quarter that an address names (`2026-q3`). Raises NotFound for one in which no matter was public."""
    found = span.read(text)
    if found is None or found not in known(session, now):
        raise NotFound
    return found


def told(session: Session, wanted: Quarter, now: datetime) -> PeriodFigures:
    """The figures of a quarter, until its last day or today (Asia/Ho_Chi_Minh)."""
    today: date = clock.local_day(now)
    return kept_figures.of(session, answer_times.public_matters(session, now), span.quarter(*wanted), today)
