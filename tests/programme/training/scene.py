"""Courses of a programme, made through the services."""

from datetime import timedelta
from typing import Any

from consult.people.models import Organisation
from consult.programme.head_models import Programme
from consult.programme.training import attendance, courses
from consult.programme.training.courses import NewCourse
from consult.programme.training.models import Course
from tests.programme.scene import Parties

NAMES = "\n".join(f"Người {number}" for number in range(1, 8))


class School:
    """A public programme with its courses, to which the commune is invited."""

    def __init__(self, parties: Parties, programme: Programme | None = None) -> None:
        self.parties = parties
        self.session = parties.session
        self.programme = programme or parties.programme()

    def new(self, **facts: Any) -> NewCourse:
        """A good course as typed, a week from now."""
        begin = self.parties.today + timedelta(days=7)
        whole: dict[str, Any] = {
            "title": "Phân loại rác", "starts_on": begin, "ends_on": begin + timedelta(days=1), "place": "Hội trường",
            "seats": "10", "invited": (self.parties.commune.id,), "test": "Rác hữu cơ là gì?",
        }  # fmt: skip
        return NewCourse(**{**whole, **facts})

    def planned(self, public: bool = True, **facts: Any) -> Course:
        """A course, whose invitation another person made public."""
        parties = self.parties
        one = courses.plan(self.session, self.programme, self.new(**facts), parties.officer, parties.now)
        self.session.flush()
        if public:
            courses.invite(self.session, one, parties.leader, parties.now)
        return one

    def signed_up(self, one: Course, names: str = NAMES, body: Organisation | None = None) -> None:
        """Whom the commune sends."""
        body = body or self.parties.commune
        actor = self.parties.of_commune if body is self.parties.commune else self.parties.officer
        attendance.sign_up(self.session, one, body.id, names, actor, self.parties.now)
        self.session.flush()
        self.session.refresh(one)

    def began(self, names: str = NAMES) -> Course:
        """A course that begins today, to which people were signed up before."""
        today, before = self.parties.today, self.parties.now - timedelta(days=2)
        one = self.planned(starts_on=today, ends_on=today)
        attendance.sign_up(self.session, one, self.parties.commune.id, names, self.parties.of_commune, before)
        self.session.flush()
        return one

    def recorded(self, one: Course, present: set[int], before: str = "", after: str = "", public: Any = ()) -> None:
        """What the sheet says."""
        parties = self.parties
        attendance.record(self.session, one, present, public, before, after, parties.officer, parties.now)
        self.session.flush()
