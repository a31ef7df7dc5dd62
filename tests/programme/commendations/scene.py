"""Proposals to commend somebody under a programme, made through the services."""

from typing import Any

from sqlalchemy.orm import Session

from consult.programme.commendations import checking, consents, deciding, proposing
from consult.programme.commendations.deciding import NewDecision
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.proposing import NewCommendation
from consult.programme.head_models import Programme
from tests.builders import make_area
from tests.programme.scene import Parties

NAME = "Bà Lý Thị Tư"
FORMS = ("Giấy khen", "Biểu dương")


class Praise:
    """A public programme in which the commune proposes people of its own."""

    def __init__(self, parties: Parties, programme: Programme | None = None) -> None:
        self.parties = parties
        self.session: Session = parties.session
        self.programme = programme or parties.programme()
        self.area = make_area(parties.session, name="Xã Chợ Đồn")

    def new(self, **facts: Any) -> NewCommendation:
        """A good proposal for a person as typed."""
        whole: dict[str, Any] = {
            "kind": "person", "name": NAME, "area_id": self.area.id, "merits": "Vận động cả thôn phân loại rác.",
            "evidence": "Biên bản họp thôn ngày 2 tháng 3.", "proposer_id": self.parties.commune.id,
        }  # fmt: skip
        return NewCommendation(**{**whole, **facts})

    def proposed(self, **facts: Any) -> Commendation:
        """A proposal of the commune."""
        parties = self.parties
        made = proposing.propose(self.session, self.programme, self.new(**facts), parties.of_commune, parties.now)
        self.session.flush()
        self.session.refresh(made)
        return made

    def decision(self, **facts: Any) -> NewDecision:
        """A good decision as typed, of today."""
        whole: dict[str, Any] = {
            "form": "Giấy khen", "number": "12/QĐ", "decided_on": self.parties.today,
            "deciding_id": self.parties.department.id,
        }  # fmt: skip
        return NewDecision(**{**whole, **facts})

    def decided(self, agreed: bool = True, **facts: Any) -> Commendation:
        """One that was checked and decided; who is proposed agreed."""
        parties, one = self.parties, self.proposed(**facts)
        checking.check(self.session, one, "Đã hỏi xã.", parties.officer, parties.now)
        deciding.decide(self.session, one, self.decision(), FORMS, parties.officer, parties.now)
        if agreed:
            self.agrees(one)
        return one

    def agrees(self, one: Commendation) -> None:
        """Who is proposed agrees to be named."""
        parties = self.parties
        consents.give(self.session, one, parties.today, "Ký giấy, cán bộ xã nhận", parties.of_commune, parties.now)
        self.session.flush()
        self.session.refresh(one)

    def public(self, **facts: Any) -> Commendation:
        """One that another person made public."""
        one = self.decided(**facts)
        deciding.release(self.session, one, self.parties.leader, self.parties.now)
        self.session.flush()
        return one
