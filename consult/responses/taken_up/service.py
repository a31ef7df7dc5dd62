"""Naming the proposals that a draft takes up, and telling it on both sides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.matter import policy_facts
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.taken_up.models import TakenUp
from consult.submissions.comments import listing
from consult.submissions.comments.outcome import READABLE
from consult.submissions.comments.public_view import PublicComment


@dataclass(frozen=True)
class ProposalName:
    """A proposal by its public number, in the matter with this address and title."""

    slug: str
    title: str
    number: int


@dataclass(frozen=True)
class Proposal:
    """A proposal that a draft takes up: the matter in which it was made, and what is public of it."""

    matter: Consultation
    comment: PublicComment


def take_up(
    session: Session, consultation: Consultation, proposals_id: UUID | None, number: int, actor: Actor, now: datetime
) -> TakenUp:
    """The public draft of a matter takes up the proposal `number` of another matter; public at once on both pages, and
    told to who made it. What is taken up twice is taken up once.

    Raises Invalid({"proposals" | "number": code}): no public matter of proposals, no public proposal of that number;
    Refused: `nothing_drafted`, the policy's reason.
    """
    by_id = person(actor)
    if not consultation.kind.has_draft:
        raise Refused("nothing_drafted")
    matter = next((one for one in matters_of_proposals(session, now) if one.id == proposals_id), None)
    if matter is None:
        raise Invalid({"proposals": "not_a_choice"})
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        known = session.scalar(
            select(TakenUp).where(
                TakenUp.consultation_id == consultation.id, TakenUp.proposals_id == matter.id, TakenUp.number == number
            )
        )
        if known is not None:
            return known
        found = listing.public_comment(session, matter, number)
        if found is None or found.visibility not in READABLE:
            raise Invalid({"number": "no_public_proposal"})
        made = TakenUp(
            id=new_id(), consultation_id=consultation.id, proposals_id=matter.id, number=number, at=now, by_id=by_id
        )
        session.add(made)
        ledger.append(session, consultation.id, [comment_entries.taken_up(matter.slug, number)], now)
        # The other matter is not locked by this act: its version counts on in the database itself.
        emit(session, "comment_changed", now, matter.id, comments=[number], change="taken_up")
        policy_facts.touch(session, matter.id)
        consultation.touch()
    return made


def matters_of_proposals(session: Session, now: datetime) -> list[Consultation]:
    """The public matters of proposals, the newest first. One statement."""
    public = (Consultation.published_at.is_not(None), Consultation.published_at <= now)
    wanted = select(Consultation).where(Consultation.kind == Kind.PROPOSALS, *public)
    return list(session.scalars(wanted.order_by(Consultation.published_at.desc(), Consultation.id)))


def of_draft(session: Session, consultation: Consultation) -> list[Proposal]:
    """The proposals that the draft of a matter takes up, in the order in which it did. One statement where there are
    none, and three more for each matter they were made in."""
    rows = session.scalars(
        select(TakenUp)
        .where(TakenUp.consultation_id == consultation.id)
        .options(joinedload(TakenUp.proposals))
        .order_by(TakenUp.at, TakenUp.id)
    ).all()
    found: dict[tuple[UUID, int], PublicComment] = {}
    for matter in {row.proposals_id: row.proposals for row in rows}.values():
        numbers = tuple(row.number for row in rows if row.proposals_id == matter.id)
        wanted = listing.Filter(numbers=numbers)
        for one in listing.public_comments(session, matter, wanted, limit=None):
            found[matter.id, one.number] = one
    return [Proposal(row.proposals, found[key]) for row in rows if (key := (row.proposals_id, row.number)) in found]


def names_of(session: Session, consultation: Consultation) -> list[ProposalName]:
    """What everybody is told of them: the number and the matter, which are always public. One statement."""
    wanted = (
        select(Consultation.slug, Consultation.title, TakenUp.number)
        .join(TakenUp, TakenUp.proposals_id == Consultation.id)
        .where(TakenUp.consultation_id == consultation.id)
    )
    return [ProposalName(*row) for row in session.execute(wanted.order_by(TakenUp.at, TakenUp.id))]


def drafts_of(session: Session, consultation: Consultation, number: int) -> list[Consultation]:
    """The matters whose drafts take up the proposal `number` of this one, the first first. One statement."""
    wanted = (
        select(Consultation)
        .join(TakenUp, TakenUp.consultation_id == Consultation.id)
        .where(TakenUp.proposals_id == consultation.id, TakenUp.number == number)
    )
    return list(session.scalars(wanted.order_by(TakenUp.at, TakenUp.id)))
