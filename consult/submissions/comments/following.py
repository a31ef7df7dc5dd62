"""What holds from the start for a text that comes of another, or takes its place: a version, a part, a copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger import comment_entries, entries
from consult.submissions.comments import act_rules, comment_state, visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import is_ahead_of_log
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.models import Comment
from consult.submissions.receiving import kept_back, submission_rows
from consult.submissions.receiving.rows import ActRow, CommentRow
from consult.submissions.words import KEPT_BACK, CommentActKind


@dataclass
class Followed:
    """Acts, with their entries in the log: none for what waits to be looked at."""

    rows: list[ActRow] = field(default_factory=list)
    logged: list[entries.Act] = field(default_factory=list)

    def add(self, row: ActRow, *logged: entries.Act) -> None:
        """One act more."""
        self.rows.append(row)
        self.logged.extend(logged)


def of_version(
    session: Session, consultation: Consultation, one: CommentState, said: kept_back.Said, at: datetime
) -> Followed:
    """Of a new version of a comment: it stays as the one before where that is not public or not in full, and as an
    earlier one that said the same; otherwise it is public by itself only where the one before is."""
    return _followed(session, consultation, one, one.comment, said, Event.AMENDED, at)


def of_part(
    session: Session, consultation: Consultation, one: CommentState, part: CommentRow, said: kept_back.Said,
    at: datetime,
) -> Followed:  # fmt: skip
    """Of a part of a comment: whoever may read the whole may read the part, and nobody else."""
    return _followed(session, consultation, one, part, said, Event.SPLIT, at, as_whole=one.comment.number)


def _followed(
    session: Session, consultation: Consultation, one: CommentState, comment: Comment | CommentRow,
    said: kept_back.Said, event: Event, at: datetime, **details: int,
) -> Followed:  # fmt: skip
    # What is withheld ahead of the log was erased: that decides of no other words, nor need two people have said it.
    decided, found = None if is_ahead_of_log(one.deciding_act) else one.deciding_act, Followed()
    before = kept_back.find(session, consultation.id, [one.comment.id])
    again = kept_back.same(before, said)
    if decided is not None and visible.is_quarantined(one.visibility):
        decision = kept_back.decision_of(decided)
        found.add(kept_back.act_of(decision, CommentActKind.QUARANTINED, comment, at, **details))
    elif decided is not None and visible.is_kept_back(one.visibility):
        found.add(*kept_back.withheld(kept_back.decision_of(decided), comment, at, **details))
    elif again is not None:
        found.add(*kept_back.withheld(again.decision, comment, at, **details))
    elif shows_by_itself(consultation.disclosure, event, one.visibility, heard=not one.unheard, kept_back=bool(before)):
        found.add(submission_rows.released(comment, at), comment_entries.released(comment.number))
    return found


def of_relatives(
    session: Session, consultation: Consultation, one: CommentState, kind: CommentActKind, now: datetime
) -> tuple[Followed, Sequence[int]]:
    """Of what a comment was split from, and into, when two people withhold or redact it: the same words stand there.
    Gives their numbers too."""
    decided, found = one.deciding_act, Followed()
    if kind not in KEPT_BACK or decided is None:
        return found, ()
    numbers = []
    for other in _relatives(session, consultation, one):
        if other.outcome not in act_rules.GONE and not visible.is_kept_back(other.visibility):
            decision = kept_back.decision_of(decided)
            found.add(*kept_back.withheld(decision, other.comment, other.after(now), beside=one.comment.number))
            numbers.append(other.comment.number)
    return found, numbers


def _relatives(session: Session, consultation: Consultation, one: CommentState) -> Iterable[CommentState]:
    """Everything it was split from, and everything it was split into, however often."""
    own = select(Comment.id, Comment.number, Comment.split_from_id).where(
        Comment.consultation_id == consultation.id, Comment.submission_id == one.comment.submission_id
    )
    rows = session.execute(own).all()
    parents = {row.id: row.split_from_id for row in rows}
    above = list(_chain(parents, one.comment.id))
    below = [row.id for row in rows if one.comment.id in _chain(parents, row.id)]
    numbers = [row.number for row in rows if row.id in {*above, *below}]
    return comment_state.read(session, consultation.id, numbers) if numbers else ()


def _chain(parents: dict[object, object], of: object) -> list[object]:
    """What something was split from, step by step."""
    found = []
    while (of := parents.get(of)) is not None:
        found.append(of)
    return found
