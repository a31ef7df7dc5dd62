"""Who was told an answer and who still has to be: people by mail, by a call of the branch or in person, and a branch
as a whole by the sheet that is read out at its next meeting."""

from collections.abc import Collection as Several
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.answers import service
from consult.collections.answers.service import Told
from consult.collections.consolidated_models import AnswerCarried
from consult.collections.models import Branch, CollectedOpinion, Collection
from consult.collections.sums import branches_of, with_below
from consult.collections.words import CarriedBy
from consult.db import Lock, new_id, writing
from consult.outbox import undelivered
from consult.people import telephones
from consult.submissions.words import ContactKind
from consult.text import folded

BY_HAND = frozenset({CarriedBy.CALL, CarriedBy.IN_PERSON})
TO_PERSON = BY_HAND | {CarriedBy.MAIL}


@dataclass(frozen=True)
class Person:
    """Who is called once: everybody of one name at one number, with all that is to be told."""

    told: Sequence[Told]

    @property
    def first(self) -> CollectedOpinion:
        """With their name and number."""
        return self.told[0].opinion

    @property
    def numbers(self) -> list[int]:
        """Of their opinions."""
        return [one.opinion.number for one in self.told]


@dataclass(frozen=True)
class OfBranch:
    """How the answers to what one branch recorded are carried down. `calls` are opinions whose people left a telephone
    number, or an address that no mail reached, and were not told yet; `read` is when the sheet was read out last."""

    branch: Branch
    told: Sequence[Told]
    answered: Sequence[Told]
    calls: Sequence[Told]
    read: AnswerCarried | None

    @property
    def to_tell(self) -> int:
        """How many answers came since the sheet was read out last."""
        return max(0, len(self.answered) - (self.read.answers if self.read is not None else 0))

    @property
    def people(self) -> list[Person]:
        """Those who are to be called, each once: a sheet of paper alone may hold several opinions of one person."""
        found: dict[tuple[str, str], list[Told]] = {}
        for one in self.calls:
            reached = "".join(telephones.numbers(one.opinion.contact)) or folded(one.opinion.contact)
            found.setdefault((folded(one.opinion.person_name), reached), []).append(one)
        return [Person(told) for told in found.values()]


def of_branch(session: Session, branch: Branch) -> OfBranch:
    """The answers for one branch."""
    collection = session.get_one(Collection, branch.collection_id)
    told = service.told(session, collection, branch)
    return _of(branch, told, _carried(session, [branch.id]), _failed(session, told))


def of_collection(session: Session, collection: Collection, above: Branch | None = None) -> list[OfBranch]:
    """The same for every branch of a collection that recorded something, by number; those below one alone."""
    found: dict[UUID, list[Told]] = {}
    for one in service.told(session, collection):
        found.setdefault(one.opinion.gathering.branch_id, []).append(one)
    branches = branches_of(session, collection.id)
    mine = {one.id for one in branches} if above is None else with_below(branches, above) - {above.id}
    own = [one for one in branches if one.id in found and one.id in mine]
    carried = _carried(session, [one.id for one in own])
    failed = _failed(session, [one for told in found.values() for one in told])
    return [_of(one, found[one.id], carried, failed) for one in own]


def read_out(session: Session, branch: Branch, by_id: UUID | None, now: datetime) -> None:
    """The sheet was read out at a meeting of the branch: everything that is answered by now is carried down."""
    branch_id = branch.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(Branch, branch_id)
        answered = len(of_branch(session, held).answered)
        if answered:
            session.add(_row(branch_id, None, CarriedBy.SHEET, by_id, now, answered))


def note_told(
    session: Session, branch: Branch, numbers: Several[int], how: CarriedBy, by_id: UUID | None, now: datetime
) -> int:
    """People behind these opinions of a branch were told, in a call or in person. Gives how many had not been yet."""
    branch_id = branch.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(Branch, branch_id)
        found = of_branch(session, held)
        wanted = [one for one in found.calls if one.opinion.number in numbers]
        session.add_all(_row(branch_id, one.opinion.id, how, by_id, now, 1) for one in wanted)
    return len(wanted)


def mailed(session: Session, opinion: CollectedOpinion, branch_id: UUID, now: datetime) -> None:
    """The person behind an opinion is told by mail, in the transaction under way."""
    session.add(_row(branch_id, opinion.id, CarriedBy.MAIL, None, now, 1))


def to_mail(session: Session, collection: Collection) -> list[Told]:
    """Opinions of a collection that are answered, whose people left a mail address and were not told yet."""
    own = [one.id for one in branches_of(session, collection.id)]
    told = {row.opinion_id for row in _carried(session, own) if row.how in TO_PERSON}
    return [
        one
        for one in service.told(session, collection)
        if one.has_answer and one.opinion.contact_kind is ContactKind.MAIL and one.opinion.id not in told
    ]


def _of(branch: Branch, told: Sequence[Told], carried: Sequence[AnswerCarried], failed: Several[UUID]) -> OfBranch:
    answered = [one for one in told if one.has_answer]
    done = {row.opinion_id for row in carried if row.how in BY_HAND}
    sheets = [row for row in carried if row.how is CarriedBy.SHEET and row.branch_id == branch.id]
    by_voice = [
        one for one in answered if one.opinion.contact_kind is ContactKind.TELEPHONE or one.opinion.id in failed
    ]
    calls = [one for one in by_voice if one.opinion.id not in done]
    return OfBranch(branch, told, answered, calls, sheets[-1] if sheets else None)


def _failed(session: Session, told: Sequence[Told]) -> set[UUID]:
    """The opinions of whose answers a mail told that did not arrive."""
    asked = [one.opinion.id for one in told if one.opinion.contact_kind is ContactKind.MAIL]
    lost = undelivered.about(session, "opinion", asked) if asked else []
    return {UUID(one) for message in lost for one in message.payload["opinions"]}


def _carried(session: Session, branch_ids: Several[UUID]) -> list[AnswerCarried]:
    rows = select(AnswerCarried).where(AnswerCarried.branch_id.in_(branch_ids))
    return list(session.scalars(rows.order_by(AnswerCarried.at, AnswerCarried.id)))


def _row(
    branch_id: UUID, opinion_id: UUID | None, how: CarriedBy, by_id: UUID | None, now: datetime, answers: int
) -> AnswerCarried:
    return AnswerCarried(
        id=new_id(), branch_id=branch_id, opinion_id=opinion_id, how=how, answers=answers, at=now, by_id=by_id
    )
