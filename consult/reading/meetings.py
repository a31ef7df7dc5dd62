"""The meetings of residents that matters are to have, or had."""

from dataclasses import dataclass
from datetime import date

from consult.consultations.models import Consultation
from consult.consultations.words import MEETING_DAY
from consult.text import day_of


@dataclass(frozen=True)
class Meeting:
    """A meeting of residents; `day` and `place` as far as they are known."""

    matter: Consultation
    day: date | None
    place: str


def meeting_of(matter: Consultation) -> Meeting | None:
    """The meeting that a matter names, if it names one."""
    day, place = matter.project.get(MEETING_DAY) or "", matter.project.get("meeting_place") or ""
    return Meeting(matter, day_of(day), place) if day or place else None
