"""How many answers to letters satisfied, and what came of the others: numbers that anybody may know."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.responses.second_words.models import AnswerRemark
from consult.responses.second_words.told import second_words
from consult.submissions.comments.visible import readable_expression


@dataclass(frozen=True)
class SecondWordSums:
    """Answers that `satisfied`, and that did not (`unsatisfied`): of these there is a final answer (`answered`) or one
    is waited for (`waiting`). `dialogues` were held."""

    satisfied: int = 0
    unsatisfied: int = 0
    answered: int = 0
    dialogues: int = 0

    @property
    def waiting(self) -> int:
        """Those that wait for a final answer."""
        return self.unsatisfied - self.answered

    @property
    def said(self) -> int:
        """All of which something was said."""
        return self.satisfied + self.unsatisfied


def sums(session: Session, consultation_id: UUID) -> SecondWordSums:
    """Those of a matter, of comments that anybody may read; three statements at most, and rows as many as bodies spoke
    of."""
    said = select(AnswerRemark.comment_id).join(AnswerRemark.comment)
    mine = (AnswerRemark.consultation_id == consultation_id, AnswerRemark.signed_at.is_not(None))
    ids = session.scalars(said.where(*mine, readable_expression())).all()
    words = list(second_words(session, consultation_id, ids).values()) if ids else []
    held = {one.dialogue.id for word in words for one in word.dialogues if one.held}
    return SecondWordSums(
        satisfied=sum(word.satisfied for word in words),
        unsatisfied=sum(word.unsatisfied for word in words),
        answered=sum(word.unsatisfied and word.answered for word in words),
        dialogues=len(held),
    )
