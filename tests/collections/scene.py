"""A Front committee that collects among its branches, for tests."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.collections import service
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.inputs import NewGathering, NewOpinion, Recorded
from consult.collections.models import Branch, Collection
from consult.collections.recording import service as recording
from consult.collections.service import NewCollection
from consult.collections.words import Gathered
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.submissions.inputs import Codes
from tests.builders import NOW, make_actor, make_consultation, make_organisation

CODES = Codes((b"k" * 32,))
HELD = date(2026, 11, 21)


@dataclass
class Collecting:
    """The body, who works for it, its collection, and branches by name."""

    front: Organisation
    secretary: Actor
    matter: Consultation | None
    collection: Collection
    branches: dict[str, Branch] = field(default_factory=dict)


def collecting(
    session: Session, *names: str, standing: bool = False, codes: Codes = CODES, at: datetime = NOW
) -> Collecting:
    """A collection with branches of these names, about an open matter unless it stands by itself."""
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban MTTQ tỉnh")
    secretary = make_actor(session, front, Role.DRAFTER)
    matter = None if standing else make_consultation(session, now=at)
    new = NewCollection("Ý kiến về phân loại rác", "Bà con nói gì?", matter.id if matter else None)
    collection = service.open_collection(session, front.id, new, secretary, at)
    made = Collecting(front, secretary, matter, collection)
    wanted = [NewBranch(name) for name in names]
    for branch in branches.add(session, collection, None, wanted, codes, at) if wanted else ():
        made.branches[branch.name] = branch
    return made


def key(word: str = "a") -> str:
    """An idempotency key."""
    return word.ljust(32, "0")


def meeting(place: str = "Nhà văn hóa thôn Bản Mạ", people: int = 40) -> NewGathering:
    """A village meeting; its minutes are not signed."""
    return NewGathering(Gathered.MEETING, place=place, held_on=HELD, people=people)


def paper(people: int = 0) -> NewGathering:
    """A pile of paper."""
    return NewGathering(Gathered.PAPER, people=people)


def record(
    session: Session, branch: Branch, given: NewGathering, *opinions: NewOpinion | str, at: str = "a",
    by_id: UUID | None = None,
) -> Recorded:  # fmt: skip
    """One gathering of a branch, by the key `at`."""
    said = [NewOpinion(text=one) if isinstance(one, str) else one for one in opinions]
    return recording.record(session, branch, given, said, key(at), by_id, CODES, NOW)
