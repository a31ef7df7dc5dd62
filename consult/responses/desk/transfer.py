"""Handing comments over to another unit or person, with the reason: who gets them is told, and the case keeps it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Invalid, Taken
from consult.outbox.service import emit
from consult.policy import Actor
from consult.responses.desk import assignment
from consult.text import blank, stored

REASON_LIMIT = 1_000


def transfer(
    session: Session, consultation: Consultation, numbers: Iterable[int], unit_id: UUID | None, user_id: UUID | None,
    reason: str, actor: Actor, now: datetime,
) -> Taken:  # fmt: skip
    """Gives these comments to another unit, a person, or both, with the `reason`; tells the ring
    (`comments_transferred`).

    Raises NotFound; Invalid({"unit" | "user" | "transfer_reason": code}); Refused with the policy's reason; NoneTaken:
    `nobody_answers`, `in_their_hands` (they have it already).
    """
    why = stored(reason)
    errors = {} if unit_id or user_id else {"unit": "choose_one"}
    if blank(why) or len(why) > REASON_LIMIT:
        errors["transfer_reason"] = "required" if blank(why) else "too_long"
    if errors:
        raise Invalid(errors)
    with assignment.giving(session, consultation, numbers, unit_id, user_id, actor, now, why) as taken:
        unit, user = str(unit_id or ""), str(user_id or "")
        numbers = list(taken.numbers)
        emit(session, "comments_transferred", now, consultation.id, comments=numbers, unit=unit, user=user)
    return taken
