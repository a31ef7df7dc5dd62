"""Writing what is decided where most people are against a clause."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.policy import Action, Actor, require
from consult.responses.majority.models import MajorityDecision
from consult.text import stored

LONGEST = 4_000


def decide(
    session: Session,
    consultation: Consultation,
    provision_id: UUID | None,
    follows: bool,
    text: str,
    actor: Actor,
    now: datetime,
) -> MajorityDecision:
    """Writes what is decided of a place; what was written before stays beside it. It is public with the conclusion.

    Raises Refused: the policy's reason, `concluded`; and Invalid({"text": `required` | `too_long`}): who decides
    otherwise than most people says why (khoản 4 Điều 28 Luật Thực hiện dân chủ ở cơ sở).
    """
    by_id, said = person(actor), stored(text)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        if consultation.concluded_at is not None:
            raise Refused("concluded")
        if not said and not follows:
            raise Invalid({"text": "required"})
        if len(said) > LONGEST:
            raise Invalid({"text": "too_long"})
        made = MajorityDecision(
            id=new_id(), consultation_id=consultation.id, provision_id=provision_id, follows=follows, text=said,
            at=now, by_id=by_id,
        )  # fmt: skip
        session.add(made)
    return made


def decisions(session: Session, consultation_id: UUID) -> dict[UUID | None, MajorityDecision]:
    """What was written last of each place, by its provision. One statement."""
    own = select(MajorityDecision).where(MajorityDecision.consultation_id == consultation_id)
    ordered = session.scalars(own.order_by(MajorityDecision.at, MajorityDecision.id))
    return {one.provision_id: one for one in ordered}
