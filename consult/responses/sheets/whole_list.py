"""All answers that wait at one place, meant together: as long as they are those that were listed."""

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.responses.answers import list_hash
from consult.responses.answers.approval import Choice
from consult.responses.desk.counts import in_state
from consult.responses.words import AnswerState


def choices(session: Session, consultation: Consultation, state: AnswerState, mark: str) -> list[Choice]:
    """All answers in this state, each in its present version. Raises Refused("list_changed") unless `mark` is the hash
    over exactly these."""
    found = in_state(session, consultation, state)
    if list_hash.over(consultation.id, list_hash.entries(found)) != mark:
        raise Refused("list_changed")
    return [(answer.response.id, answer.latest.hash) for answer in found]
