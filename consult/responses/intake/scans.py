"""A scan that was entered with the wrong letter, set aside: the file, its name and its hash stay as they came, since
the log has a commitment to them; who did it, when and why stand beside, and the log says that it was done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.policy import Action, Actor, require
from consult.responses.intake.service import PAPER
from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender.own_submission import attachments_of
from consult.text import one_line, stored

SCAN = "scan"
LONGEST_REASON = 500


def set_aside(
    session: Session, consultation: Consultation, attachment_id: UUID, reason: str, actor: Actor, now: datetime
) -> None:
    """Sets a scan of a paper aside; the first who did it and their reason stay. The log says how many
    of the letter are by now; the hashes that it has of them go on opening with this file.

    Raises NotFound for what is no scan that the desk entered, Invalid({"reason": …}), Refused: the policy's reason.
    """
    require(actor, Action.RECORD_PAPER, consultation, now)
    said = stored(reason)
    if not one_line(said):
        raise Invalid({"reason": "required"})
    if len(said) > LONGEST_REASON:
        raise Invalid({"reason": "too_long"})
    with writing(session, consultation.id):
        found = session.get(Attachment, (consultation.id, attachment_id))
        if found is None or found.role != SCAN or found.submission_id is None:
            raise NotFound
        letter = session.get_one(Submission, (consultation.id, found.submission_id))
        if letter.channel not in PAPER:
            raise NotFound
        if found.set_aside_at is None:
            found.set_aside_at, found.set_aside_by_id, found.set_aside_reason = now, actor.user_id, said
            aside = sum(one.set_aside_at is not None for one in attachments_of(session, letter))
            ledger.append(session, consultation.id, [entries.scan_set_aside(letter.number, aside)], now)
            consultation.touch()
