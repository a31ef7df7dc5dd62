"""Years of the demonstration in which a body takes proposals or sightings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.consultations.words import Kind
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.policy import Actor
from consult.programme.proposals import opening
from consult.programme.proposals.opening import Opened


@dataclass
class Year:
    """The matter in which they are made, with who works on it; `shift` is by how many days all of it is earlier, so
    that it lies within one year."""

    session: Session
    matter: Consultation
    row: dict[str, Any]
    cast: Cast
    calendar: Calendar
    shift: int

    def at(self, day: int, local_time: str = "09:00") -> datetime:
        """A moment of the content."""
        return self.calendar.at(day + self.shift, local_time)

    def actor(self, role: str, place: int | None = None) -> Actor:
        """Who holds a role in it."""
        named = self.row[role]
        return self.cast.actors[named if place is None else named[place]]


def opened(session: Session, row: dict[str, Any], people: Cast, calendar: Calendar, kind: Kind) -> Year:
    """The year in which today lies, or in its first weeks the one before."""
    early = (calendar.today + timedelta(days=row["opened"])).year < calendar.today.year
    shift = -calendar.today.timetuple().tm_yday if early else 0
    now = calendar.at(row["opened"] + shift, "08:00")
    day = calendar.day(row["opened"] + shift)
    publisher = people.actors[row["publisher"]]
    asked = Opened(people.organisations[row["body"]].id, day.year, summary=row["summary"], kind=kind)
    matter = opening.open_year(session, asked, people.actors[row["officers"][0]], now)
    publication.publish(session, matter, publisher, now)
    if early:
        first = calendar.at(shift + 1, "00:00")
        after = opening.open_next(session, matter, publisher, first)
        publication.publish(session, after, publisher, first)
    return Year(session, matter, row, people, calendar, shift)
