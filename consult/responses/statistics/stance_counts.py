"""How many say publicly the same on each provision, kept in parts that are counted anew where anything changed.

A submission is in one part whole, so that who wrote twice on a clause is found within it. Whoever reads first after a
change in a matter with very many comments waits for the count of few of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NULLTYPE

from consult.consultations.models import Counter as Numbers
from consult.relationships import along, under_name
from consult.submissions.comments import logged_changes
from consult.submissions.comments.logged_changes import Standing
from consult.submissions.comments.outcome import Outcome, Visibility, outcome_expression, visibility_expression
from consult.submissions.comments.standing import outcome_is, visibility_is
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance, SubmissionKind

TOGETHER = 2_500
"""So many submissions are counted together, those of neighbouring numbers."""

MOST_PARTS = 12
"""Where more parts changed, all are counted anew: that takes one statement."""

_Later = under_name(CommentVersion, "later")

Said = tuple[UUID, Stance | None, bool]
"""On which provision, which stance, and whether a citizen said it."""


class Counted(NamedTuple):
    """How many comments say the same on a provision: `times` of citizens or of bodies, of senders who said nothing else
    on any clause; or one, of a `sender` who did, by its `number`."""

    provision_id: UUID
    stance: Stance | None
    citizen: bool
    sender: Any
    number: int
    times: int


Part = tuple[Counter[Said], list[Counted]]
"""What senders said who said nothing else, and each thing that the others did."""


@dataclass
class StanceCounts:
    """What was counted of one matter, by its parts, and how the matter stood then: None where all is counted anew each
    time. Whoever asks holds a lock."""

    together: int = TOGETHER
    standing: Standing | None = None
    parts: dict[int, Part] = field(default_factory=dict)
    alone: Counter[Said] = field(default_factory=Counter)

    def now(self, session: Session, consultation_id: UUID) -> list[Counted]:
        """What is counted of the matter as it is: two statements in a matter of one part. In a larger one six tell
        what changed, and one counts each part that did."""
        # How it stands is read first: what comes meanwhile is counted again the next time, and never missed.
        now = self._standing(session, consultation_id)
        changed = self._changed(session, consultation_id, now)
        if changed is None:
            rows = session.execute(_counted(consultation_id, self.together)).all()
            self.parts, self.alone = {}, Counter()
        else:
            asked = [_counted(consultation_id, self.together, part) for part in sorted(changed)]
            rows = [row for statement in asked for row in session.execute(statement)]
        self._keep(changed or set(), rows)
        self.standing = now
        alone = [Counted(*said, None, 0, times) for said, times in self.alone.items() if times]
        return alone + [one for _, several in self.parts.values() for one in several]

    def _standing(self, session: Session, consultation_id: UUID) -> Standing | None:
        sent = select(Numbers.value).where(Numbers.consultation_id == consultation_id, Numbers.name == "submission")
        large = (session.scalar(sent) or 0) >= self.together
        return logged_changes.standing(session, consultation_id) if large else None

    def _changed(self, session: Session, consultation_id: UUID, now: Standing | None) -> set[int] | None:
        """The parts in which anything did since the last count; None where all are to be counted."""
        if self.standing is None or now is None:
            return None
        changed = logged_changes.changed_since(session, consultation_id, self.standing, now, self.together)
        return changed if changed is not None and len(changed) <= MOST_PARTS else None

    def _keep(self, changed: Iterable[int], rows: Iterable[Any]) -> None:
        came: defaultdict[int, Part] = defaultdict(lambda: (Counter(), []))
        for row in rows:
            part, one = row[0], Counted(*row[1:])
            alone, several = came[part]
            if one.sender is None:
                alone[one.provision_id, one.stance, one.citizen] += one.times
            else:
                several.append(one)
        for part in changed:
            self.alone.subtract(self.parts.pop(part, (Counter(), []))[0])
        for alone, _ in came.values():
            self.alone.update(alone)
        self.parts.update(came)


def _counted(consultation_id: UUID, together: int, part: int | None = None) -> Select[Any]:
    """How many comments say publicly the same on a provision in each part (or in one), those of citizens by themselves;
    of whoever sent several on clauses each by itself, with the sender and the number."""
    of_sender = func.count().over(partition_by=Comment.submission_id)
    sender = case((of_sender > 1, type_coerce(Comment.submission_id, NULLTYPE)))
    counting = _all() if part is None else _of_part(consultation_id, part * together, (part + 1) * together)
    said = (
        select((Submission.number // together).label("part"), Comment.provision_id, CommentVersion.stance)
        .add_columns((Submission.kind == SubmissionKind.COMMENT).label("citizen"))
        .add_columns(sender.label("sender"), Comment.number)
        .join(Comment.submission)
        .join(Comment.versions)
        .where(Comment.consultation_id == consultation_id, Comment.provision_id.is_not(None), *counting)
        .subquery()
    )
    same = (said.c.part, said.c.provision_id, said.c.stance, said.c.citizen, said.c.sender)
    return select(*same, func.max(said.c.number), func.count()).group_by(*same)


def _all() -> tuple[ColumnElement[bool], ...]:
    """Whether a Comment counts, with its latest CommentVersion, as joins: PostgreSQL would look up the last version of
    each comment by its key."""
    rewritten = exists().where(along(Comment.versions.of_type(_Later)), _Later.version > CommentVersion.version)
    return ~rewritten, visibility_is(Visibility.PUBLIC), outcome_is(Outcome.AWAITING, Outcome.ANSWERED)


def _of_part(consultation_id: UUID, first: int, end: int) -> tuple[ColumnElement[bool], ...]:
    """The same, of a Comment in a part, as look-ups: for these few PostgreSQL would join all the others too. They are
    found by ids, since SQLite would look through all comments for them."""
    own = (Submission.consultation_id == consultation_id, Submission.number >= first, Submission.number < end)
    latest = select(func.max(_Later.version)).where(along(Comment.versions.of_type(_Later))).correlate(Comment)
    return (
        Comment.submission_id.in_(select(Submission.id).where(*own)),
        CommentVersion.version == latest.scalar_subquery(),
        visibility_expression() == Visibility.PUBLIC.value,
        outcome_expression().in_([Outcome.AWAITING.value, Outcome.ANSWERED.value]),
    )
