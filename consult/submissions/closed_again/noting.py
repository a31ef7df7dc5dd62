"""After something was done to comments: how they stand is noted outside the database, as far as something is closed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.ledger.closing_list import Closing, ClosingList
from consult.outbox.models import OutboxMessage
from consult.submissions.closed_again.lost import AT_ONCE
from consult.submissions.closed_again.words import ClosingKind
from consult.submissions.comments import act_rules, comment_state, visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome, Visibility, ending_act, is_ahead_of_log
from consult.submissions.models import Comment, Submission
from consult.submissions.words import CommentActKind


class NotedClosings:
    """Notes what was closed in the list outside the database."""

    def __init__(self, listed: ClosingList) -> None:
        self.listed = listed

    def handle(self, session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After comment_changed. The same again changes nothing. Raises OSError when the place takes nothing: it is
        tried again until it does."""
        changed: defaultdict[UUID, dict[int, bool]] = defaultdict(dict)
        for message in messages:
            if message.consultation_id is not None:
                released = message.payload.get("change") == CommentActKind.RELEASED
                for number in message.payload["comments"]:
                    own = changed[message.consultation_id]
                    own[number] = own.get(number, True) and released
        listed = frozenset(one.id for one in self.listed.all())
        noted = [line for matter, own in changed.items() for line in _of_matter(session, matter, own, listed)]
        if noted:
            self.listed.note(noted)


def _of_matter(
    session: Session, matter: UUID, released: Mapping[int, bool], listed: Collection[UUID]
) -> Iterator[Closing]:
    """Of what was only `released`, that alone which the list has as closed. A release may be of thousands."""
    numbers = sorted(released)
    for begin in range(0, len(numbers), AT_ONCE):
        own = Comment.consultation_id == matter, Comment.number.in_(numbers[begin : begin + AT_ONCE])
        rows = session.execute(select(Comment.id, Comment.number).where(*own)).all()
        wanted = [row.number for row in rows if row.id in listed or not released[row.number]]
        states = comment_state.read(session, matter, wanted) if wanted else []
        for one in states:
            yield from _of_comment(one, one.comment.id in listed)
        yield from _of_names(session, matter, {one.comment.submission_id for one in states})


def lines_of(states: Iterable[CommentState]) -> list[Closing]:
    """What the list says of comments, as they stand."""
    return [line for one in states for line in _of_comment(one, is_listed=True)]


def _of_comment(one: CommentState, is_listed: bool) -> Iterator[Closing]:
    text = _of_text(one)
    if text is not None and (is_listed or text.kind != ClosingKind.OPEN):
        yield text
    left = next((act for act in one.acts if act.kind is CommentActKind.AUTHOR_LEFT), None)
    if left is not None:
        yield _line(ClosingKind.AUTHOR_LEFT, one, left.id, left.at)


def _of_text(one: CommentState) -> Closing | None:
    """Who may read it; None where that waits for an erasure to be logged, which has a list of its own."""
    decided, ended = one.deciding_act, ending_act(one.acts)
    if is_ahead_of_log(decided):
        return None
    if one.outcome in act_rules.GONE and ended is not None:
        kind = ClosingKind.WITHDRAWN if one.outcome is Outcome.WITHDRAWN else ClosingKind.SET_APART
        return _line(kind, one, ended.id, ended.at, by=(ended.by_id,))
    if decided is None:
        return _line(ClosingKind.OPEN, one, one.version.id, one.version.at)
    if visible.is_quarantined(one.visibility):
        return _line(ClosingKind.SET_APART, one, decided.id, decided.at, by=(decided.by_id,))
    if one.visibility is Visibility.PUBLIC:
        return _line(ClosingKind.OPEN, one, decided.id, decided.at)
    people = decided.by_id, decided.confirmed_by_id
    return _line(ClosingKind.KEPT_BACK, one, decided.id, decided.at, decided.reason, people)


def _line(
    kind: ClosingKind, one: CommentState, act: UUID, at: datetime, reason: str = "", by: Iterable[UUID | None] = ()
) -> Closing:
    people = tuple(person for person in by if person is not None)
    return Closing(kind.value, one.comment.consultation_id, one.comment.id, act, at.isoformat(), reason, people)


def _of_names(session: Session, matter: UUID, ids: set[UUID]) -> Iterator[Closing]:
    hidden = select(Submission.id, Submission.name_hidden_at).where(
        Submission.consultation_id == matter, Submission.id.in_(ids), Submission.name_hidden_at.is_not(None)
    )
    for row in session.execute(hidden.order_by(Submission.id)):
        yield Closing(ClosingKind.NAME_HIDDEN.value, matter, row.id, row.id, row.name_hidden_at.isoformat())
