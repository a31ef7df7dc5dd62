"""What anybody is told of proposals that a letter put before a body: beside the proposal, and beside the letter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.relationships import along
from consult.submissions.bundles.models import BundledProposal
from consult.submissions.models import Submission


@dataclass(frozen=True)
class Bundled:
    """A letter that names a proposal: whose it is, its number and local day, and the matter to which it went."""

    number: int
    submission_id: UUID
    body: str
    letter_number: str
    letter_on: date | None
    matter: Consultation


@dataclass(frozen=True)
class ProposalNamed:
    """A proposal that a letter names: its public number, and the matter in which it was made."""

    matter: Consultation
    number: int


def letters_of(session: Session, consultation: Consultation, numbers: Collection[int]) -> dict[int, list[Bundled]]:
    """The letters that name these proposals of a matter, by their numbers, the first first. That it did so the body
    made public by sending it. One statement."""
    wanted = (
        select(BundledProposal.number, Submission, Organisation.name, Consultation)
        .join(Submission, along(BundledProposal.submission))
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .join(Consultation, Consultation.id == BundledProposal.consultation_id)
        .where(BundledProposal.proposals_id == consultation.id, BundledProposal.number.in_(numbers))
    )
    found: dict[int, list[Bundled]] = {}
    for number, sent, body, matter in session.execute(wanted.order_by(BundledProposal.at, BundledProposal.id)):
        told = Bundled(number, sent.id, body, sent.letter_number, sent.letter_on, matter)
        found.setdefault(number, []).append(told)
    return found


def proposals_of(session: Session, consultation_id: UUID, submission_id: UUID) -> list[ProposalNamed]:
    """The proposals that a letter names, in the order of its points. One statement."""
    own = (BundledProposal.consultation_id == consultation_id, BundledProposal.submission_id == submission_id)
    rows = session.scalars(
        select(BundledProposal)
        .where(*own)
        .options(joinedload(BundledProposal.proposals))
        .order_by(BundledProposal.place, BundledProposal.id)
    )
    return [ProposalNamed(row.proposals, row.number) for row in rows]
