"""What a body writes of one answer, as it is kept, and fixed once it is signed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound, Refused
from consult.ledger import comment_entries
from consult.ledger.commitment import remark_hash, second_word_hash
from consult.ledger.entries import Act
from consult.responses.answers.published import PublishedAnswer
from consult.responses.remarks.said import Said
from consult.responses.second_words.models import AnswerRemark
from consult.responses.second_words.words import Verdict
from consult.submissions.models import Comment


@dataclass(frozen=True)
class AnsweredPoint:
    """A comment of a letter with the answer that anybody may read, what is written on it, signed or not, and the last
    local day on which something can be said."""

    comment: Comment
    answer: PublishedAnswer
    remark: AnswerRemark | None
    say_until: date

    @property
    def signed(self) -> bool:
        """Whether what is written is public, and fixed."""
        return self.remark is not None and self.remark.signed_at is not None

    def open(self, now: datetime) -> bool:
        """Whether something can still be said."""
        return not self.signed and clock.local_day(now) <= self.say_until


def refuse_closed(point: AnsweredPoint, at: datetime) -> None:
    """Raises Refused `remark_signed`; `second_word_late` when what reached us at that instant is after the term."""
    if point.signed:
        raise Refused("remark_signed")
    if not point.open(at):
        raise Refused("second_word_late", last_day=point.say_until.strftime("%d/%m/%Y"))


def refuse_unsignable(point: AnsweredPoint, now: datetime) -> None:
    """The same, and NotFound where nothing is written."""
    if point.remark is None:
        raise NotFound
    refuse_closed(point, now)


def keep(
    session: Session, point: AnsweredPoint, said: Said, on_whole: bool, by_id: UUID, now: datetime
) -> AnswerRemark:
    """What is written of an answer, in place of what stood there; who wrote before stands beside who writes."""
    found = point.remark
    if found is None:
        key = {"consultation_id": point.comment.consultation_id, "comment_id": point.comment.id}
        found = AnswerRemark(**key, written_by_ids=[])
        session.add(found)
    found.verdict, found.text, found.on_whole, found.written_at = said.verdict, said.text, on_whole, now
    found.written_by_ids = [*dict.fromkeys([*found.written_by_ids, str(by_id)])]
    return found


def fix(found: AnswerRemark | None, point: AnsweredPoint, answer_by: date, by_id: UUID | None, now: datetime) -> Act:
    """Makes it public beside the answer that stands there, signed by somebody (`by_id`) or on paper; gives its entry.
    What does not satisfy is owed a final answer until the end of the local day `answer_by`."""
    number, answer = point.comment.number, point.answer
    if found is None:
        raise NotFound
    found.signed_by_id, found.signed_at = by_id, now
    found.response, found.version = answer.number, answer.version
    until = answer_by if found.verdict is Verdict.UNSATISFIED else None
    found.answer_by = until
    if found.verdict is None:
        plain = remark_hash(number, answer.number, answer.version, found.text)
        return comment_entries.remarked(number, answer.number, answer.version, plain)
    hashed = second_word_hash(number, answer.number, answer.version, found.verdict.value, found.text)
    return comment_entries.second_word(number, answer.number, answer.version, found.verdict.value, until, hashed)
