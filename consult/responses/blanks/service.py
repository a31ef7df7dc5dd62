"""Proposing that comments say nothing, all in one press, and confirming that, in one press of another person: each
stays an act of two, as every *không hợp lệ*. What a critique says is never blank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Refused, Taken
from consult.policy import Actor
from consult.responses.blanks.plain import LONGEST, says_nothing
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import matching
from consult.responses.desk.listing.joins import latest_version
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.submissions.acts import decisions
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.act_rules import Rule
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import CommentActKind, InvalidReason, Stance, SubmissionKind

MOST_SHOWN = 200
SLACK = 8
"""So many characters of punctuation a text may have beyond those that count."""


@dataclass(frozen=True)
class Blanks:
    """What one page shows: those found blank that nobody proposed anything of (`total` of them all), and those that
    somebody proposed, with who did."""

    found: list[CaseLine]
    total: int
    proposed: list[tuple[CaseLine, CommentAct]]


def blanks(session: Session, consultation: Consultation, handler: Handler, today: date) -> Blanks:
    """The first `MOST_SHOWN` of each by number, in a fixed number of statements."""
    chosen = matching(consultation, CaseFilters(outcome="awaiting", draft="none"), handler, None, today)
    rows = session.execute(_short(consultation).where(Comment.number.in_(chosen)).order_by(Comment.number))
    numbers = [row.number for row in rows if says_nothing(row.text, "", "", row.stance or "")]
    acts = _proposed(session, consultation)
    free = [number for number in numbers if number not in acts]
    shown = lines(session, consultation, free[:MOST_SHOWN], None, today, senders=handler.senders, answers=False)
    waiting = lines(session, consultation, list(acts)[:MOST_SHOWN], None, today, senders=handler.senders, answers=False)
    here = [line for line in shown if not line.proposed and not line.closed and not line.spoken]
    return Blanks(here, len(free), [(line, acts[line.number]) for line in waiting if not line.closed])


def propose(session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime) -> Taken:
    """Proposes that these comments say nothing, all that may be. Raises NotFound; Refused: the policy's reason;
    NoneTaken: those of `act_rules` for *không hợp lệ*, `already_proposed`, `says_something`."""
    found = comment_state.read(session, consultation.id, sorted(set(numbers)))
    rules: list[Rule] = [
        *act_rules.BY_TWO[CommentActKind.INVALID],
        ("already_proposed", lambda one, _matter: one.open_proposal is None),
        ("says_something", lambda one, _matter: _is_blank(one)),
    ]
    taken, left = act_rules.sorted_by(rules, found, consultation)
    for one in taken:
        reason, kind = InvalidReason.SAYS_NOTHING.value, CommentActKind.INVALID
        decisions.propose(session, consultation, one.comment.number, kind, reason, actor, now)
    return Taken([one.comment.number for one in taken], left)


def confirm(session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime) -> Taken:
    """Confirms what another person proposed of these; names those that could not be, each with the code of
    why."""
    acts, done = _proposed(session, consultation), list[int]()
    left: dict[str, list[int]] = {}
    for number in sorted(set(numbers)):
        act = acts.get(number)
        try:
            if act is None:
                raise Refused("already_decided")
            decisions.confirm(session, consultation, act.id, actor, now)
            done.append(number)
        except Refused as refused:
            session.rollback()
            left.setdefault(refused.reason, []).append(number)
    return Taken(done, left)


def _is_blank(one: CommentState) -> bool:
    said = one.version
    return not one.spoken and says_nothing(said.text, said.proposed, said.reason, said.stance or "")


def _proposed(session: Session, consultation: Consultation) -> dict[int, CommentAct]:
    """What waits for a second person of those that say nothing, by number."""
    rows = session.execute(
        select(Comment.number, CommentAct)
        .join(CommentAct.comment)
        .where(
            CommentAct.consultation_id == consultation.id,
            CommentAct.reason == InvalidReason.SAYS_NOTHING.value,
            CommentAct.effective_at.is_(None),
            CommentAct.refused_at.is_(None),
        )
        .order_by(Comment.number)
    )
    return {number: act for number, act in rows}


def _short(consultation: Consultation) -> Select[int, str, Stance | None]:
    """What is short enough, came with no file and in no critique."""
    with_file = select(Attachment.submission_id).where(
        Attachment.consultation_id == consultation.id, Attachment.submission_id.is_not(None)
    )
    return (
        select(Comment.number, CommentVersion.text, CommentVersion.stance)
        .join(Comment.versions)
        .join(Comment.submission)
        .where(
            Comment.consultation_id == consultation.id,
            CommentVersion.version == latest_version(),
            func.length(CommentVersion.text) <= LONGEST + SLACK,
            CommentVersion.proposed == "",
            CommentVersion.reason == "",
            CommentVersion.stance.is_(None),
            Submission.kind != SubmissionKind.CRITIQUE,
            Comment.submission_id.not_in(with_file),
        )
    )
