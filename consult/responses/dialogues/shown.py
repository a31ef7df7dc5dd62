"""What pages show of second words and dialogues, for who acts on them."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.errors import NotFound
from consult.responses.dialogues import service
from consult.responses.second_words.waiting import waiting
from consult.shown import About, Kind, Shown, digest
from consult.submissions.models import Submission


def _letter(about: About) -> Sequence[Shown]:
    """What of a letter waits for a final answer, and the dialogues over it."""
    number = about.values["letter"]
    own = (Submission.consultation_id == about.matter.id, Submission.number == number)
    letter = about.session.scalar(select(Submission).where(*own))
    if letter is None:
        raise NotFound
    waits = [one.number for one in waiting(about.session, about.matter.id, submission_id=letter.id)]
    held = [(one.number, one.recorded_at) for one in service.dialogues_of(about.session, letter)]
    return [Shown(str(number), {"waits": digest(waits, held)}, {"numbers": ", ".join(map(str, waits))})]


def _dialogue(about: About) -> Sequence[Shown]:
    """One dialogue, and whether its minutes are there."""
    found = service.dialogue(about.session, about.matter, about.values["number"])
    why = service.why_not_record(about.session, found, about.now)
    return [Shown(str(found.number), {"dialogue": digest(found.recorded_at, why)})]


SECOND_WORDS = Kind("second_words", _letter)
DIALOGUE = Kind("dialogue", _dialogue)
