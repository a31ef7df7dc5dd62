"""How long a body may say whether an answer satisfies it, and how long the final answer may take.

Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 36 khoản 3 has every critique answered and sets no day; neither does any law
for what follows. Both terms are the province's rule, settings of the site, in working days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Roll


@dataclass(frozen=True)
class SecondWordTerms:
    """Working days: `say` from the publication of an answer, `answer` from the second word, or from a dialogue."""

    say: int
    answer: int

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "SecondWordTerms":
        """Those that the settings of the site have."""
        return cls(settings["SECOND_WORD_DAYS"], settings["FINAL_ANSWER_DAYS"])

    def say_until(self, session: Session, published_at: datetime) -> date:
        """The last local day on which something can be said of an answer published at that instant."""
        return _after(session, published_at, self.say)

    def answer_by(self, session: Session, at: datetime) -> date:
        """The last local day for the final answer after what was said, or after a dialogue, at that instant."""
        return _after(session, at, self.answer)


def _after(session: Session, at: datetime, days: int) -> date:
    return calendar.last_day(
        clock.local_day(at), days, DayUnit.WORKING_DAY, calendar.holidays(session), Roll.NEXT_WORKING_DAY
    )
