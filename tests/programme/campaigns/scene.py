"""Campaigns of a programme with what was counted, made through the services."""

from datetime import timedelta
from typing import Any

from consult.people.words import OrganisationKind, Role
from consult.programme.campaigns import planning, results
from consult.programme.campaigns.models import Campaign
from consult.programme.campaigns.typed import NewCampaign, NewResult
from consult.programme.head_models import Programme
from tests.builders import make_actor, make_area, make_organisation
from tests.programme.scene import Parties

MEASURES = "Rác nhựa thu gom | kg\nNgười tham gia | lượt người"


class Cleaning:
    """A public programme with the commune and the parish of its campaigns."""

    def __init__(self, parties: Parties, programme: Programme | None = None) -> None:
        self.parties = parties
        self.session = parties.session
        self.programme = programme or parties.programme()
        self.area = make_area(parties.session, name="Xã Chợ Đồn")
        self.parish = make_organisation(parties.session, OrganisationKind.RELIGIOUS, name="Giáo xứ Nà Pha")
        self.of_parish = make_actor(parties.session, self.parish, Role.DRAFTER)

    def new(self, **facts: Any) -> NewCampaign:
        """A good campaign as typed, of the last seven days."""
        whole: dict[str, Any] = {
            "title": "Ngày không rác nhựa", "kind": "plastic", "about": "Thu gom ở suối Nà Pha.",
            "starts_on": self.parties.today - timedelta(days=7), "ends_on": self.parties.today,
            "bodies": (self.parish.id, self.parties.commune.id), "areas": (self.area.id,), "measures": MEASURES,
        }  # fmt: skip
        return NewCampaign(**{**whole, **facts})

    def planned(self, public: bool = True, **facts: Any) -> Campaign:
        """A campaign, which another person made public."""
        parties = self.parties
        one = planning.begin(self.session, self.programme, self.new(**facts), parties.writer, parties.now)
        self.session.flush()
        if public:
            planning.release(self.session, one, parties.signer, parties.now)
        return one

    def counted(self, amount: str = "120,5", **facts: Any) -> NewResult:
        """A good result of the parish as typed, of today."""
        whole: dict[str, Any] = {
            "body_id": self.parish.id, "area_id": self.area.id, "day": self.parties.today, "measure": "1",
            "amount": amount, "place": "Suối Nà Pha", "source": "Cân tại nhà thờ",
        }  # fmt: skip
        return NewResult(**{**whole, **facts})

    def entered(self, one: Campaign, amount: str = "120,5", public: bool = True, **facts: Any) -> int:
        """A result that the parish enters; gives its number."""
        parties = self.parties
        made = results.enter(self.session, one, self.counted(amount, **facts), self.of_parish, parties.now)
        self.session.flush()
        if public:
            results.release(self.session, one, made.number, parties.signer, parties.now)
        return made.number
