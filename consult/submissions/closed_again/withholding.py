"""A comment is withheld as two people decided it before, with its entry in the log."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.submissions.comments import comment_state, following
from consult.submissions.comments.act_recording import add_act
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.kept_back import Decision
from consult.submissions.words import CommentActKind


def withhold(
    session: Session, consultation: Consultation, one: CommentState, decided: Decision, now: datetime
) -> list[int]:
    """Withholds a comment, and with it what it was split from and into, inside `writing`; gives all their numbers.
    Raises NotSigning where the log takes nothing."""
    kind = CommentActKind.WITHHELD
    act = add_act(session, one, kind, None, now, decided.reason, proposed=True)
    act.by_id, act.confirmed_by_id, act.effective_at = decided.by_id, decided.confirmed_by_id, act.at
    session.flush()
    after = comment_state.read(session, consultation.id, [one.comment.number])[0]
    followed, others = following.of_relatives(session, consultation, after, kind, now)
    insert_rows(session, followed.rows)
    said = comment_entries.withheld(one.comment.number, decided.reason)
    ledger.append(session, consultation.id, [said, *followed.logged], now)
    session.flush()
    session.expire_all()
    return [one.comment.number, *others]
