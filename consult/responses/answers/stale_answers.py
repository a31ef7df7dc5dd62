"""Whether answers still fit their comments: a sender may have withdrawn or changed what was being answered."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.responses.answers.answer_state import Answer
from consult.submissions.comments import comment_state
from consult.submissions.comments.act_rules import ANSWERABLE
from consult.submissions.comments.comment_state import CommentState


def check(session: Session, consultation: Consultation, found: Iterable[Answer]) -> None:
    """Raises Refused with `numbers`: `target_ended` when a comment was withdrawn, declared invalid, split or passed on
    before it was ever answered, `not_transcribed` when it was spoken and nobody has heard it, `comment_changed_since`
    when it says something else than when the answer was written: its sender changed it, or it was written down anew."""
    chosen = list(found)
    numbers = [number for answer in chosen for number in answer.numbers]
    comments = {one.comment.number: one for one in comment_state.read(session, consultation.id, numbers)}
    ended, unheard, changed = [], [], []
    for answer in chosen:
        aimed = [comments[number] for number in answer.numbers]
        ended += [one for one in aimed if not answer.publications and one.outcome not in ANSWERABLE]
        unheard += [one for one in aimed if not answer.publications and one.unheard]
        changed += [one for one in aimed if one.worded_at > answer.latest.written_at]
    _refuse(ended, "target_ended")
    _refuse(unheard, "not_transcribed")
    _refuse(changed, "comment_changed_since")


def _refuse(wrong: list[CommentState], reason: str) -> None:
    if wrong:
        raise Refused(reason, numbers=", ".join(str(one.comment.number) for one in wrong))
