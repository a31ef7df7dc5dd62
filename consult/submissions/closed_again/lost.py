"""What the list outside the database has as closed, and the database does not know: it was set back since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.ledger.closing_list import Closing
from consult.submissions.closed_again.words import OF_TEXT, ClosingKind
from consult.submissions.comments import act_rules, comment_state, visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import READABLE, Visibility
from consult.submissions.models import Comment, CommentAct, Submission

AT_ONCE = 500
"""How many ids stand in one statement."""


@dataclass(frozen=True)
class LostClosings:
    """What was closed of the comments and the names of one matter and is not, each with what the list says of it."""

    texts: Sequence[tuple[CommentState, Closing]]
    left: Sequence[CommentState]
    names: Sequence[Submission]

    @property
    def shown(self) -> int:
        """How many of them anybody may read."""
        texts = [one for one, _line in self.texts]
        beside = [one for one in self.left if act_rules.withdrawable(one.outcome)]
        return sum(one.visibility in READABLE for one in (*texts, *beside)) + len(self.names)

    def __bool__(self) -> bool:
        return bool(self.texts or self.left or self.names)


def find(session: Session, consultation_id: UUID, lines: Iterable[Closing]) -> LostClosings:
    """What of these lines, in their order, a matter lacks. What this database never had has nothing to close."""
    last = _last(lines)
    unknown = _unknown(session, consultation_id, last)
    texts = {one.id: one for one in unknown if one.kind in OF_TEXT and one.kind != ClosingKind.OPEN}
    left = {one.id for one in unknown if one.kind == ClosingKind.AUTHOR_LEFT}
    states = _states(session, consultation_id, {*texts, *left})
    return LostClosings(
        [
            (one, texts[one.comment.id])
            for one in states
            if one.comment.id in texts and lacks(one, texts[one.comment.id])
        ],
        [one for one in states if one.comment.id in left and not one.author_left],
        _names(session, consultation_id, [one.id for one in last if one.kind == ClosingKind.NAME_HIDDEN]),
    )


def lacks(one: CommentState, line: Closing) -> bool:
    """Whether a comment, as it stands, is not closed as a line of the list has it."""
    if one.outcome in act_rules.GONE:
        return False
    if line.kind == ClosingKind.WITHDRAWN:
        return True
    if line.kind == ClosingKind.SET_APART:
        return visible.is_in_check(one.visibility)
    return one.visibility is not Visibility.WITHHELD


def _last(lines: Iterable[Closing]) -> list[Closing]:
    """The line that counts of each thing: of who may read a text the last one, whatever it says."""
    found: dict[tuple[UUID, str], Closing] = {}
    for one in lines:
        found[one.id, "text" if one.kind in OF_TEXT else one.kind] = one
    return list(found.values())


def _unknown(session: Session, consultation_id: UUID, lines: Sequence[Closing]) -> list[Closing]:
    """The lines whose act is not in the database."""
    acts = [one.act for one in lines if one.kind != ClosingKind.NAME_HIDDEN]
    known: set[UUID] = set()
    for begin in range(0, len(acts), AT_ONCE):
        own = CommentAct.consultation_id == consultation_id, CommentAct.id.in_(acts[begin : begin + AT_ONCE])
        known.update(session.scalars(select(CommentAct.id).where(*own)))
    return [one for one in lines if one.act not in known]


def _states(session: Session, consultation_id: UUID, ids: Iterable[UUID]) -> list[CommentState]:
    wanted, found = sorted(ids), list[CommentState]()
    for begin in range(0, len(wanted), AT_ONCE):
        own = Comment.consultation_id == consultation_id, Comment.id.in_(wanted[begin : begin + AT_ONCE])
        numbers = session.scalars(select(Comment.number).where(*own)).all()
        found += comment_state.read(session, consultation_id, numbers) if numbers else []
    return sorted(found, key=lambda one: one.comment.number)


def _names(session: Session, consultation_id: UUID, ids: Sequence[UUID]) -> list[Submission]:
    found: list[Submission] = []
    for begin in range(0, len(ids), AT_ONCE):
        own = Submission.consultation_id == consultation_id, Submission.id.in_(ids[begin : begin + AT_ONCE])
        found += session.scalars(select(Submission).where(*own, Submission.name_hidden_at.is_(None)))
    return [one for one in found if one.public_name]
