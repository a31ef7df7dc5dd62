"""A matter whose desk has everybody it needs, with comments received through the service."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger.checkpoint import SiteKey
from consult.ledger.service import Signer
from consult.people.models import Organisation, Unit, User
from consult.people.words import OrganisationKind, Role
from consult.policy import Actor
from consult.responses.answers.approval import approve
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.responses.models import Response
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, CommentInput, NewSubmission
from consult.submissions.receiving.service import receive
from consult.submissions.words import Channel, CommentActKind
from tests.application import CODES
from tests.builders import NOW, make_actor, make_consultation, make_organisation, make_unit, make_user

SIGNER = Signer(
    "consult.test/ledger", (SiteKey(Ed25519PrivateKey.from_private_bytes(b"7" * 32), NOW.replace(year=2025)),)
)

_keys = count(1)


@dataclass
class Desk:
    """A matter and the people of its desk; each is another person. What they do they do at the moment `now`."""

    session: Session
    matter: Consultation
    body: Organisation
    unit: Unit
    people: dict[str, User]
    officer: Actor
    second_officer: Actor
    leader: Actor
    publisher: Actor
    now: datetime

    def receive(self, *comments: CommentInput | str, at: datetime | None = None, **given: Any) -> list[int]:
        """Comments sent in one go while the public period lasted; gives their numbers. Once the log is sealed they are
        on paper that was here in time."""
        typed = tuple(one if isinstance(one, CommentInput) else comment(one) for one in comments)
        moment = at or (self.matter.opens_at or self.now) + timedelta(days=1)
        self.session.refresh(self.matter)
        if self.matter.sealed_at is not None:
            given = {"channel": Channel.POST, "received_at": moment, "received_reason": "Theo dấu bưu điện", **given}
        new = NewSubmission(typed, moment, f"{next(_keys):-<32}", **given)
        return list(receive(self.session, self.matter, new, max(moment, self.now), SIGNER, CODES).comment_numbers)

    def draft(self, *numbers: int, disposition: str = "accepted", text: str = "Tiếp thu.", **given: Any) -> Response:
        """An officer's answer."""
        return draft_answer(
            self.session, self.matter, numbers, disposition, text, given.pop("actor", self.officer), self.now, **given
        )

    def approve(self, *responses: Response) -> None:
        """The leader approves them as they are."""
        chosen = [(response.id, self.hash_of(response)) for response in responses]
        approve(self.session, self.matter, chosen, self.leader, self.now)

    def release(self, *numbers: int) -> None:
        """An officer makes them public."""
        acts.release(self.session, self.matter, numbers, self.officer, self.now)

    def by_two(self, number: int, kind: CommentActKind, reason: str = "", **details: Any) -> None:
        """One officer proposes, the other confirms."""
        act = acts.propose(self.session, self.matter, number, kind, reason, self.officer, self.now, details)
        acts.confirm(self.session, self.matter, act.id, self.second_officer, self.now)

    def hash_of(self, response: Response) -> str:
        """The hash of the newest version."""
        self.session.expire_all()
        return response.versions[-1].hash

    def answer(self, *numbers: int, **given: Any) -> Response:
        """Drafted, approved and published."""
        response = self.draft(*numbers, **given)
        self.approve(response)
        publish_answers(self.session, self.matter, [response.id], self.publisher, self.now)
        return response


def comment(text: str = "Đề nghị giữ nguyên ba nhóm.", path: str = "d2.k1", **given: Any) -> CommentInput:
    """One comment on a provision of the builders' draft, or on the whole matter when `path` is empty."""
    return CommentInput(text, AnchorInput(path=path) if path else None, **given)


def make_desk(session: Session, stage: Stage = Stage.RESPONDING, **given: Any) -> Desk:
    """A matter at `stage` whose lead answers, with two officers, a leader and a publisher."""
    body = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở Nông nghiệp và Môi trường")
    unit = make_unit(session, body)
    matter = make_consultation(session, stage, lead=body, **given)
    people = {}
    actors = {}
    for word, name, role in (
        ("officer", "Trần Văn Bình", Role.OFFICER),
        ("second_officer", "Lê Thị Cúc", Role.OFFICER),
        ("leader", "Phạm Văn Dũng", Role.LEADER),
        ("publisher", "Hoàng Thị Em", Role.PUBLISHER),
    ):
        people[word] = make_user(session, body, [role], name, unit=unit)
        actors[word] = make_actor(session, body, role, user=people[word])
    return Desk(session, matter, body, unit, people, **actors, now=given.get("now", NOW))
