"""A programme of two parties with their people, made through the services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.rounds import planning, recommendations, steps
from consult.programme.rounds.models import Round
from consult.programme.rounds.planning import NewRound
from consult.programme.rounds.steps import NewStep
from consult.programme.rounds.terms import RoundTerms
from consult.programme.words import StepKind
from consult.programme.year import programmes, tasks
from consult.programme.year.models import Task
from consult.programme.year.programmes import NewProgramme
from consult.programme.year.tasks import NewTask
from tests.builders import NOW, make_actor, make_organisation, make_rules

TODAY = clock.local_day(NOW)


@dataclass
class Parties:
    """Both bodies, and who writes and who signs for each; `commune` is a third body, which owes something."""

    session: Session
    front: Organisation
    department: Organisation
    commune: Organisation
    writer: Actor
    signer: Actor
    officer: Actor
    leader: Actor
    of_commune: Actor
    head_of_commune: Actor
    now: datetime = NOW

    @property
    def today(self) -> date:
        """The local day."""
        return clock.local_day(self.now)

    def new(self, **facts: Any) -> NewProgramme:
        """A good programme as typed."""
        whole: dict[str, Any] = {
            "title": "Chương trình phối hợp bảo vệ môi trường", "first_party_id": self.front.id,
            "second_party_id": self.department.id, "first_unit": "Ban Phong trào", "second_unit": "Phòng Môi trường",
            "number": "08/CTrPH", "signed_on": date(2021, 6, 1), "valid_from": date(2021, 1, 1),
            "valid_to": date(2030, 12, 31), "sentences": "II.5 | Giám sát việc thu gom chất thải\nTriển khai",
        }  # fmt: skip
        return NewProgramme(**{**whole, **facts})

    def programme(self, public: bool = True, **facts: Any) -> Programme:
        """A programme, which both parties agreed to."""
        made = programmes.record(self.session, self.new(**facts), self.writer, self.now)
        if public:
            for actor in (self.signer, self.leader):
                programmes.agree(self.session, made, actor, self.now)
        return made

    def new_task(self, **facts: Any) -> NewTask:
        """A good task as typed."""
        whole: dict[str, Any] = {
            "text": "Tập huấn phân loại rác", "by_id": self.department.id, "due_on": date(self.today.year, 12, 15),
            "others": "Hội Nông dân", "money": "20 triệu đồng", "source": "Ngân sách tỉnh", "output": "2 lớp",
            "sentence": "II.5",
        }  # fmt: skip
        return NewTask(**{**whole, **facts})

    def task(self, programme: Programme, public: bool = True, **facts: Any) -> Task:
        """A task of the plan of this year."""
        year = self.today.year
        made = tasks.add(self.session, programme, year, self.new_task(**facts), self.writer, self.now)
        if public:
            for actor in (self.signer, self.leader):
                tasks.agree(self.session, programme, year, actor, self.now)
        return made

    def new_round(self, **facts: Any) -> NewRound:
        """A good round as typed, which ended yesterday."""
        whole: dict[str, Any] = {
            "subject": "Thu gom chất thải ở xã", "lead_id": self.front.id, "supervised_id": self.commune.id,
            "starts_on": self.today - timedelta(days=10), "ends_on": self.today - timedelta(days=1),
            "content": "Việc thu gom", "members": "Nguyễn Văn A, Trưởng ban\nTrần Thị B",
        }  # fmt: skip
        return NewRound(**{**whole, **facts})

    def round(self, programme: Programme, **facts: Any) -> Round:
        """A round that nobody outside sees."""
        new = self.new_round(**facts)
        return planning.begin(self.session, programme, new, RoundTerms(), self.writer, self.now)

    def step(self, one: Round, kind: StepKind, released: bool = True, **facts: Any) -> int:
        """A step of a round; gives its number."""
        whole: dict[str, Any] = {"kind": kind, "day": self.today - timedelta(days=5), "text": "Nội dung"}
        made = steps.record(self.session, one, NewStep(**{**whole, **facts}), self.writer, self.now)
        if released:
            steps.release(self.session, one, made.number, self.signer, self.now)
        return made.number

    def recommended(self, one: Round, public: bool = True, days: int = 30, text: str = "Thu gom hằng ngày") -> Promise:
        """A recommendation to the commune, public with the report."""
        due = self.today + timedelta(days=days)
        made = recommendations.recommend(self.session, one, text, self.commune.id, due, None, self.writer, self.now)
        self.session.flush()
        promise = self.session.get_one(Promise, (made.consultation_id, made.id))
        if public:
            self.step(one, StepKind.REPORT, day=self.today)
        return promise


def make_parties(session: Session, now: datetime = NOW) -> Parties:
    """Two parties and a commune, each with who writes and who signs."""
    make_rules(session)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban MTTQ Việt Nam tỉnh")
    department = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở Nông nghiệp và Môi trường")
    commune = make_organisation(
        session, OrganisationKind.PEOPLES_COMMITTEE, level=Level.COMMUNE, name="Ủy ban nhân dân xã Chợ Đồn"
    )
    return Parties(
        session, front, department, commune,
        make_actor(session, front, Role.DRAFTER), make_actor(session, front, Role.SENDER),
        make_actor(session, department, Role.OFFICER), make_actor(session, department, Role.LEADER),
        make_actor(session, commune, Role.OFFICER), make_actor(session, commune, Role.LEADER), now,
    )  # fmt: skip
