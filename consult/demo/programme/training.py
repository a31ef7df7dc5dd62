"""One course: invited to, held, its results public, with certificates."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.programme.head_models import Programme
from consult.programme.training import attendance, courses, signing_in, sittings
from consult.programme.training.courses import NewCourse
from consult.programme.training.models import Course
from consult.programme.training.sittings import NewSitting
from consult.submissions.inputs import Codes

Timed = tuple[datetime, Callable[[], Any]]


class TrainingScene:
    """Tells what happens to the course of a programme, each act with its moment."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, codes: Codes) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.codes = codes
        self.told = content.training()
        self.made: list[Course] = []

    def acts(self, programme: Programme, key: str) -> Iterator[Timed]:
        """All of one programme."""
        told, at, actors = self.told, self.calendar.at, self.people.actors
        if told["programme"] != key:
            return
        signer, invited, published = actors[told["signer"]], at(told["invited_at"]), at(told["published"])
        yield at(told["planned"]), partial(self._plan, programme)
        yield invited, lambda: courses.invite(self.session, self.made[0], signer, invited)
        for row in told["signed_up"]:
            yield at(row["at"]), partial(self._sign_up, row)
        yield at(told["sitting"]["made"]), self._sit
        yield at(told["starts"]), self._sign_in
        yield at(told["recorded"]), self._record
        yield published, lambda: attendance.publish(self.session, self.made[0], signer, published)

    def _plan(self, programme: Programme) -> None:
        told, day = self.told, self.calendar.day
        facts = {name: told[name] for name in ("title", "place", "seats", "about", "materials", "test", "most_points")}
        invited = tuple(self.people.organisations[body].id for body in told["invited"])
        new = NewCourse(**facts, starts_on=day(told["starts"]), ends_on=day(told["ends"]), invited=invited)
        writer, now = self.people.actors[told["writer"]], self.calendar.at(told["planned"])
        self.made.append(courses.plan(self.session, programme, new, writer, now))
        self.session.flush()

    def _sign_up(self, row: dict[str, Any]) -> None:
        body, actor = self.people.organisations[row["body"]].id, self.people.actors[row["by"]]
        attendance.sign_up(self.session, self.made[0], body, row["names"], actor, self.calendar.at(row["at"]))
        self.session.flush()

    def _sit(self) -> None:
        row, writer = self.told["sitting"], self.people.actors[self.told["writer"]]
        new = NewSitting(self.calendar.day(self.told["starts"]), row["begins"], row["ends"])
        sittings.add(self.session, self.made[0], new, self.codes, writer, self.calendar.at(row["made"]))

    def _sign_in(self) -> None:
        """By the code on the wall; whom the list does not know by that name the secretary recognises at once."""
        one, row, now = self.made[0], self.told["sitting"], self.calendar.at(self.told["starts"])
        for name in row["names"]:
            signing_in.sign_in(self.session, one.sittings[0], name, "", now)
        self.session.flush()
        for signed in signing_in.waiting(self.session, one):
            writer, who = self.people.actors[self.told["writer"]], row["meant"]
            signing_in.confirm(self.session, one, signed.id, who, None, writer, now)

    def _record(self) -> None:
        told, writer = self.told, self.people.actors[self.told["writer"]]
        self.session.refresh(self.made[0])
        present = {each.number for each in self.made[0].participants} - set(told["absent"])
        points, now = (told["before"], told["after"]), self.calendar.at(told["recorded"])
        attendance.record(self.session, self.made[0], present, set(told["public"]), *points, writer, now)
