"""What the page shows on which an officer enters what came on paper: the answers to a letter, and what is said of
them."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.errors import NotFound
from consult.responses.remarks.service import answered_points
from consult.responses.second_words.terms import SecondWordTerms
from consult.shown import About, Kind, Shown, digest
from consult.submissions.models import Submission

ANY_TERM = SecondWordTerms(0, 0)
"""Until when something can be said is no matter of what was shown."""


def _answers(about: About) -> Sequence[Shown]:
    number = about.values["letter"]
    own = (Submission.consultation_id == about.matter.id, Submission.number == number)
    letter = about.session.scalar(select(Submission).where(*own))
    if letter is None:
        raise NotFound
    found = answered_points(about.session, about.matter, letter, ANY_TERM)
    told = [(one.comment.number, one.answer.number, one.answer.version, one.signed) for one in found]
    return [Shown(str(number), {"remarks": digest(told)})]


ON_PAPER = Kind("remarks_on_paper", _answers)
