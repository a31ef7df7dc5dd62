"""Whether a letter is in already: the same body (or person), number and day; of one that has no number, place and day.
The one place for it, whichever way the letter comes: typed at the desk, sent by the body itself, or changed later."""

import re
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.text import folded, one_line

_APART = re.compile(r"[^\w/]+")
_NUMBER = re.compile(r"^so(?=[0-9])")


def find(
    session: Session, consultation_id: UUID, letter: Letter, sender: Sender, other: Callable[[Submission], bool]
) -> Submission | None:
    """The newest such submission that is the `other` one than this very letter; None when there is none, and for a
    letter without a day, or with neither number nor place. A body that signed a letter too has sent it."""
    name = name_of(letter.number, letter.place)
    if not name or letter.on is None:
        return None
    rows = session.scalars(
        select(Submission)
        .where(Submission.consultation_id == consultation_id, Submission.letter_on == letter.on)
        .order_by(Submission.number.desc())
    )
    alike = (one for one in rows if name_of(one.letter_number, one.letter_place) == name and _from_same(one, sender))
    return next((one for one in alike if other(one)), None)


def name_of(number: str, place: str) -> str:
    """What a letter goes by beside its sender and day, however it was typed: "Số: 12/MTTQ–BTT" is "12/mttq-btt"."""
    said = _APART.sub("", folded(one_line(number)))
    return _NUMBER.sub("", said) or _APART.sub("", folded(one_line(place)))


def _from_same(one: Submission, sender: Sender) -> bool:
    if sender.organisation_id is None:
        return one.organisation_id is None and folded(one.sender_name) == folded(one_line(sender.name))
    signed = {UUID(body["organisation"]) for body in one.cosigned}
    return sender.organisation_id == one.organisation_id or sender.organisation_id in signed
