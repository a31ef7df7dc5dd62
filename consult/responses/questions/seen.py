"""A question back to the sender as it is read at a desk: an investor who answers reads what it asked itself, and of the
reply what the posting body handed on."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.responses.questions.models import SenderQuestion


@dataclass(frozen=True)
class SeenQuestion:
    """What one person may read of a question. `text` is empty where it was somebody else's and not for them; `reply` is
    what may be read of the reply by now; `shared_at` is when it was handed on to the investor. `by_desk`: it was taken
    down on the telephone."""

    asked_at: datetime
    asked_by: str
    text: str
    waits_until: date
    replied_at: datetime | None
    reply: str
    by_investor: bool
    by_desk: bool
    shared_at: datetime | None
    shared: str


def seen(question: SenderQuestion | None, knows: bool) -> SeenQuestion | None:
    """The question as it is read by who may know the sender (`knows`), or by an investor who answers."""
    if question is None:
        return None
    own = knows or question.by_investor
    return SeenQuestion(
        asked_at=question.asked_at,
        asked_by=question.asked_by.name if own else "",
        text=question.text if own else "",
        waits_until=question.waits_until,
        replied_at=question.replied_at,
        reply=question.reply if knows else question.shared_reply,
        by_investor=question.by_investor,
        by_desk=knows and question.reply_by_id is not None,
        shared_at=question.shared_at,
        shared=question.shared_reply,
    )
