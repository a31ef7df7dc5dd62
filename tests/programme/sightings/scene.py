"""A year of sightings with its desk, a commune that deals with things, and what people saw."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme import promises
from consult.programme.promise_models import Promise
from consult.programme.sightings import cases
from consult.programme.sightings.models import SightingCase
from consult.programme.sightings.new_case import NewCase
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CommentInput, Sender, SightingInput
from consult.submissions.words import ContactKind, SightingKind
from tests.builders import NOW, make_actor, make_organisation
from tests.responses.desk_builder import Desk, make_desk

HERE = (22.82345, 104.98412)
HOA = "hoa@example.test"


@dataclass
class Seen:
    """The desk that takes sightings, and the people of a commune who deal with them."""

    desk: Desk
    commune: Organisation
    officer: Actor
    head: Actor
    numbers: list[int] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The session of all of it."""
        return self.desk.session

    def see(
        self, text: str = "Rác thải\nNơi: bờ suối", point: Any = HERE, kind: SightingKind = SightingKind.WASTE,
        days: int = 1, mail: str = "", **given: Any,
    ) -> int:  # fmt: skip
        """Somebody saw something so many days ago; gives its number."""
        day = clock.local_day(self.desk.now) - timedelta(days=days)
        said = CommentInput(text, sighting=SightingInput(kind, day, None, point))
        sender = (
            Sender("Lý Văn Hoà", True, contact_kind=ContactKind.MAIL, contact=mail) if mail else Sender("Hoà", True)
        )
        [number] = self.desk.receive(said, sender=sender, **given)
        return number

    def new(self, **facts: Any) -> NewCase:
        """A good case as typed."""
        today = clock.local_day(self.desk.now)
        whole: dict[str, Any] = {
            "kind": "waste", "text": "Thu dọn bãi rác tự phát", "place": "bờ suối, thôn Nà Khương",
            "by_id": self.commune.id, "due_on": today + timedelta(days=20), "seen_on": today - timedelta(days=1),
            "point": HERE,
        }  # fmt: skip
        return NewCase(**{**whole, **facts})

    def case(self, *numbers: int, public: bool = True, **facts: Any) -> SightingCase:
        """A case of these sightings, or of one that is made."""
        desk = self.desk
        own = numbers or (self.see(),)
        made = cases.open_case(self.session, desk.matter, self.new(**facts), own, desk.officer, desk.now)
        if public:
            cases.release(self.session, made, desk.leader, desk.now)
        return made

    def set_apart(self, number: int) -> None:
        """It is a denunciation, and goes the way of the law on these."""
        acts.pass_on(self.session, self.desk.matter, [number], "Chuyển thanh tra", self.desk.officer, self.desk.now)

    def end(self, case: SightingCase, at: datetime | None = None) -> Promise:
        """The commune says that it is done, and the body that follows it agrees."""
        now = at or self.desk.now
        said = promises.say(self.session, case.promise, "done", "Đã dọn.", clock.local_day(now), self.officer, now)
        promises.release(self.session, case.promise, said.number, self.desk.leader, now)
        return case.promise

    def given_to(self, body: Organisation) -> None:
        """Another body answers for it, and follows all of its cases."""
        self.desk.matter.answering_id = body.id
        self.session.flush()
        own = Promise.consultation_id == self.desk.matter.id
        self.session.execute(update(Promise).where(own).values(keeper_id=body.id))
        self.session.commit()


def make_seen(session: Session, now: datetime = NOW, stage: Stage = Stage.OPEN) -> Seen:
    """All of it, with nothing seen yet."""
    given = {"text": None, "kind": Kind.SIGHTINGS, "now": now, "opened_before": 60, "days": 90}
    desk = make_desk(session, stage, title="Phản ánh hiện trường", **given)
    commune = make_organisation(
        session, OrganisationKind.PEOPLES_COMMITTEE, level=Level.COMMUNE, name="Ủy ban nhân dân xã Nà Khương"
    )
    officer, head = make_actor(session, commune, Role.OFFICER), make_actor(session, commune, Role.LEADER)
    return Seen(desk, commune, officer, head)
