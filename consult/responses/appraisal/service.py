"""Handing the package of an ĐTM consultation to the body that appraises the report: a public act, with its hash."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.appraisal.models import AppraisalPackage


def hand_over(
    session: Session,
    consultation: Consultation,
    file_hash: str,
    file_size: int,
    unchanged: Callable[[], bool],
    actor: Actor,
    now: datetime,
) -> AppraisalPackage:
    """Records that the archive of this hash, which is kept already, was handed to the appraising body; `unchanged` is
    asked under the lock of the matter whether it is still what would be made. Its people are told by mail. Raises
    Refused: the policy's reason, `package_outdated` (something happened meanwhile)."""
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.HAND_TO_APPRAISAL, consultation, now)
        if not unchanged():
            raise Refused("package_outdated")
        number = len(packages_of(session, consultation.id)) + 1
        made = AppraisalPackage(
            id=new_id(), consultation_id=consultation.id, number=number, file_hash=file_hash, file_size=file_size,
            at=now, by_id=by_id,
        )  # fmt: skip
        session.add(made)
        ledger.append(session, consultation.id, [entries.handed_to_appraisal(number, file_hash, file_size)], now)
        emit(session, "matter_changed", now, consultation.id, change="handed_to_appraisal", package=number)
        consultation.touch()
    return made


def packages_of(session: Session, consultation_id: UUID) -> Sequence[AppraisalPackage]:
    """What was handed over, the oldest first."""
    mine = select(AppraisalPackage).where(AppraisalPackage.consultation_id == consultation_id)
    return session.scalars(mine.order_by(AppraisalPackage.number)).all()


def package_of(session: Session, consultation_id: UUID, number: int) -> AppraisalPackage:
    """One of them; raises NotFound."""
    found = next((one for one in packages_of(session, consultation_id) if one.number == number), None)
    if found is None:
        raise NotFound
    return found
