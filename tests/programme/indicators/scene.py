"""Indicators of a programme and a commune that enters values, made through the services."""

from typing import Any

from consult import clock
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.people.models import Area, AreaSuccession, Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme.head_models import Programme
from consult.programme.indicators import definitions, entering
from consult.programme.indicators.entering import NewValues
from consult.programme.indicators.models import IndicatorValue
from tests.builders import make_actor, make_area, make_organisation
from tests.files import made
from tests.programme.scene import Parties

LIST = "rac | Tỷ lệ rác được thu gom | % | Theo sổ của xã | +\ndiem-do | Số điểm đổ rác trộm | điểm | Đếm tại chỗ | -"
CHANGED = LIST.replace("Theo sổ của xã", "Theo cân tại bãi")


class Measured:
    """A public programme, whose Department says what is measured, and a commune with who enters and who signs."""

    def __init__(self, parties: Parties, files: FileStore, programme: Programme | None = None) -> None:
        self.parties, self.session, self.files = parties, parties.session, files
        self.programme = programme or parties.programme()
        self.area: Area = make_area(parties.session, name="Xã Chợ Đồn")
        self.body = self.committee(self.area)
        self.writer = make_actor(parties.session, self.body, Role.OFFICER)
        self.signer = make_actor(parties.session, self.body, Role.LEADER)
        self.year = parties.today.year

    def committee(self, area: Area) -> Organisation:
        """The People's Committee of a commune."""
        return make_organisation(
            self.session, OrganisationKind.PEOPLES_COMMITTEE, level=Level.COMMUNE, name=f"Ủy ban nhân dân {area.name}",
            area=area,
        )  # fmt: skip

    def measures(self, year: int | None = None, typed: str = LIST, public: bool = True) -> None:
        """What is measured in a year."""
        parties, year = self.parties, year or self.year
        definitions.set_list(self.session, self.programme, year, typed, parties.officer, parties.now)
        if public:
            definitions.release_list(self.session, self.programme, year, parties.leader, parties.now)

    def source(self) -> KeptFile:
        """A signed form of a commune."""
        return keep_file(self.files, made.pdf(), "bieu-mau.pdf")

    def new(self, year: int | None = None, area: Area | None = None, **facts: Any) -> NewValues:
        """Values as typed."""
        whole: dict[str, Any] = {"values": {"rac": "82,5"}, "file": self.source(), "note": "", "reason": ""}
        return NewValues(year or self.year, (area or self.area).id, **{**whole, **facts})

    def entered(
        self, year: int | None = None, area: Area | None = None, public: bool = True, **facts: Any
    ) -> list[IndicatorValue]:
        """Values of a commune, which its leader confirmed."""
        now = self.parties.now
        found = entering.enter(self.session, self.programme, self.new(year, area, **facts), self.writer, now)
        if public:
            self.confirm(found, self.signer)
        return found

    def confirm(self, found: list[IndicatorValue], actor: Actor, reason: str | None = None) -> None:
        """Somebody decides about these."""
        numbers = [one.number for one in found]
        entering.decide(self.session, self.programme, numbers, reason, actor, self.parties.now)

    def former(self, name: str) -> Area:
        """A commune that became part of ours in the middle of 2025."""
        day = clock.local_day(self.parties.now).replace(year=2025, month=7, day=1)
        old = make_area(self.session, name=name, valid_from=day.replace(year=2008), valid_to=day)
        self.session.add(AreaSuccession(predecessor_id=old.id, successor_id=self.area.id, on=day))
        self.session.commit()
        return old
