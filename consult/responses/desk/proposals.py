"""What waits for a second person: acts that somebody proposed and nobody confirmed or refused yet."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.people.models import User
from consult.responses.desk.listing.list_rows import CaseLine, closed, lines
from consult.submissions.acts.decisions import REASONS
from consult.submissions.comments.visible import is_set_apart
from consult.submissions.models import Comment, CommentAct


@dataclass(frozen=True)
class PendingProposal:
    """One proposal with its comment and who proposed it; without the `words` that are to stand instead and the `note`
    where its comment is closed to who looks."""

    act: CommentAct
    line: CaseLine
    by: str
    words: str = ""
    note: str = ""


def waiting(
    session: Session,
    consultation: Consultation,
    term: AnswerTerm | None,
    today: date,
    set_apart: bool = False,
    unread: Callable[[Collection[int]], Collection[int]] = lambda _numbers: (),
) -> list[PendingProposal]:
    """The proposals of a matter, oldest first, in a constant number of statements. `set_apart` tells whether who looks
    may read what is in quarantine or was passed on, and who sent what: nobody confirms what they have not read. Of
    what is set apart, the words of those that are `unread` are closed to them until they open them."""
    rows = session.execute(
        select(CommentAct, Comment.number, User.name)
        .join(CommentAct.comment)
        .outerjoin(User, User.id == CommentAct.by_id)
        .where(
            CommentAct.consultation_id == consultation.id,
            CommentAct.effective_at.is_(None),
            CommentAct.refused_at.is_(None),
        )
        .order_by(CommentAct.at, CommentAct.id)
    ).all()
    numbers = [row[1] for row in rows]
    found = lines(session, consultation, numbers, term, today, set_apart, senders=set_apart)
    apart = [line.number for line in found if is_set_apart(line.outcome, line.visibility)]
    shut = set(unread(apart)) if apart else set()
    by_number = {line.number: closed(line) if line.number in shut else line for line in found}
    return [_waiting(act, by_number[number], name or "") for act, number, name in rows]


def _waiting(act: CommentAct, line: CaseLine, by: str) -> PendingProposal:
    if line.closed:
        return PendingProposal(act, line, by)
    return PendingProposal(act, line, by, act.details.get("text", ""), act.details.get("note", ""))


def choices() -> dict[str, list[str]]:
    """What can be proposed (codes), with the reasons that can be given for it."""
    return {kind.value: sorted(reasons) for kind, reasons in REASONS.items()}
