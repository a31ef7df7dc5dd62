"""Questions to senders with their replies against the entries that fix them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.commitment import commit
from consult.ledger.entries import moment
from consult.responses.questions.models import SenderQuestion
from consult.responses.questions.service import question_value, reply_value
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Told, require, rows_of

KINDS = frozenset({"question_asked", "question_replied"})


def check_questions(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Every question and reply has its entry, and every such entry its row; gives how many questions there are. Raises
    Tampered."""
    left = {
        number: {one["kind"]: one for one in told.asked if one["kind"] in KINDS}
        for number, told in log.comments.items()
    }
    rows = rows_of(session, SenderQuestion, consultation_id, SenderQuestion.asked_at, SenderQuestion.comment_id)
    for row in rows:
        number = comment_ids.get(row.comment_id, 0)
        own = left.get(number, {})
        asked, replied = own.pop("question_asked", None), own.pop("question_replied", None)
        waits = asked is not None and asked["until"] == row.waits_until.isoformat()
        holds = waits and _holds(asked, "question", question_value(row), row.salt, row.asked_at)
        require(holds, Told("tampered.question_is_not_as_the_log_says", number=number))
        said = replied is None if row.replied_at is None else _holds(
            replied, "reply", reply_value(row), row.reply_salt, row.replied_at
        )  # fmt: skip
        require(said, Told("tampered.reply_is_not_as_the_log_says", number=number))
    number = next((number for number, entries in left.items() if entries), 0)
    require(not number, Told("tampered.question_that_the_log_has_is_missing", number=number))
    return len(rows)


def _holds(entry: Entry | None, field: str, value: dict[str, str], salt: bytes | None, at: datetime) -> bool:
    """Whether an entry is of this moment and commits to these words; those whose salt was erased are erased too."""
    if entry is None or entry["at"] != moment(at):
        return False
    try:
        return commit(field, value, salt) == entry["text"] if salt is not None else not any(value.values())
    except ValueError:
        return False
