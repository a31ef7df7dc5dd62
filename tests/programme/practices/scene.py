"""Models of a programme, made through the services."""

from typing import Any

from consult.people.models import Area
from consult.programme.head_models import Programme
from consult.programme.practices import acts, criteria, registry, scores
from consult.programme.practices.acts import NewAct
from consult.programme.practices.criteria_models import AreaScore
from consult.programme.practices.models import Practice
from consult.programme.practices.practice_facts import NewPractice
from consult.programme.practices.scores import NewScore
from tests.builders import make_area
from tests.programme.scene import Parties

CRITERIA = "Hộ phân loại rác tại nguồn | 60\nĐường làng sạch | 40"


class Models:
    """A public programme with the commune that its models live in."""

    def __init__(self, parties: Parties, programme: Programme | None = None) -> None:
        self.parties = parties
        self.session = parties.session
        self.programme = programme or parties.programme()
        self.area: Area = make_area(parties.session, name="Xã Chợ Đồn")

    def new(self, **facts: Any) -> NewPractice:
        """A good model as typed."""
        whole: dict[str, Any] = {
            "title": "Tổ phân loại rác", "setting": "community", "kind": "separation",
            "lead_id": self.parties.commune.id,
            "area_id": self.area.id, "started_on": self.parties.today.replace(year=self.parties.today.year - 2, day=1),
            "summary": "Mỗi hộ hai thùng.", "village": "Thôn Nà Pha", "cost": "12 triệu đồng", "households": "45",
            "how_started": "Họp thôn.", "contact": "Bà Lý Thị Tư, 0900 000 001",
        }  # fmt: skip
        return NewPractice(**{**whole, **facts})

    def made(self, public: bool = True, **facts: Any) -> Practice:
        """A model, which another person made public."""
        parties = self.parties
        one = registry.begin(self.session, self.programme, self.new(**facts), parties.writer, parties.now)
        self.session.flush()
        if public:
            acts.release(self.session, one, 1, parties.signer, parties.now)
        return one

    def said(self, one: Practice, kind: str, public: bool = True, **facts: Any) -> int:
        """Something recorded of a model; gives its number."""
        parties = self.parties
        new = NewAct(**{"kind": kind, "text": "Nội dung", **facts})
        made = acts.record(self.session, one, new, parties.writer, parties.now)
        if public:
            acts.release(self.session, one, made.number, parties.signer, parties.now)
        return made.number

    def checklist(self, typed: str = CRITERIA, reason: str = "", public: bool = True) -> None:
        """The criteria of this year."""
        parties, year = self.parties, self.parties.today.year
        now = parties.now
        criteria.set_criteria(self.session, self.programme, year, typed, "70", reason, parties.writer, now)
        if public:
            criteria.release_criteria(self.session, self.programme, year, parties.signer, now)

    def scored(self, *points: str, public: bool = True, village: str = "Thôn Nà Pha") -> AreaScore:
        """The score of an area."""
        parties = self.parties
        new = NewScore(self.area.id, village, points, parties.today)
        made = scores.score(self.session, self.programme, parties.today.year, new, parties.writer, parties.now)
        self.session.flush()
        if public:
            scores.decide(
                self.session, self.programme, parties.today.year, made.number, False, parties.signer, parties.now
            )
        return made
