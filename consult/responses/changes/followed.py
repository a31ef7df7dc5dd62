"""Every accepted point followed from the draft it was made on to the newest: what the clause said, and says now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations.models import Consultation
from consult.consultations.revisions.change_groups import Draft, Steps, closure, words_of
from consult.consultations.revisions.changes import Changes, changes
from consult.consultations.revisions.successors import Line
from consult.relationships import along
from consult.responses.answers.published import PublishedAnswer, all_published
from consult.responses.changes.causes import named_places
from consult.responses.models import ResponseTarget
from consult.responses.words import Disposition
from consult.submissions.anchors import MAIN, NamedPlace
from consult.submissions.comments.visible import readable_expression
from consult.submissions.models import Comment
from consult.submissions.receiving import clause_wording
from consult.text import one_line

PROMISING = frozenset({Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED})


@dataclass(frozen=True)
class FollowedPoint:
    """A comment whose answer promised a change: the clause as it stood in the draft `revision` (`path`, `before`), and
    in the newest of so many `drafts` (`now_path`, `after`; both empty where no such clause is left)."""

    number: int
    revision: int
    path: str
    now_path: str
    before: str
    after: str
    drafts: int
    readable: bool
    answer: PublishedAnswer

    @property
    def was(self) -> NamedPlace:
        """The clause as it was commented on, to be said in words."""
        return NamedPlace(MAIN, "", self.revision, self.drafts, self.path)

    @property
    def now(self) -> NamedPlace:
        """The clause in the newest draft, to be said in words."""
        return NamedPlace(MAIN, "", self.drafts, self.drafts, self.now_path)

    @property
    def gone(self) -> bool:
        """Whether the newest text has no such clause."""
        return not self.now_path

    @property
    def changed(self) -> bool:
        """Whether the clause says something else in the newest text."""
        return not self.gone and one_line(self.before) != one_line(self.after)

    @property
    def redline(self) -> Sequence[Piece]:
        """The very words that changed; nothing when too few of them are left for that."""
        return clause_wording.redline(self.before, self.after)


def followed(session: Session, consultation: Consultation, line: Line) -> list[FollowedPoint]:
    """All accepted points about a clause of an earlier revision of `line`, by the comments' numbers; statements grow
    with the revisions, not with comments."""
    if len(line) < 2:
        return []
    published = all_published(session, consultation)
    answers = {key: answer for key, answer in published.items() if answer.disposition in PROMISING}
    each = {answer.response_id: answer for answer in answers.values()}
    named = {answer.response_id: place for answer, place in named_places(session, line, each.values())}
    rows = session.execute(
        select(Comment.id, Comment.number, Comment.revision_id, Comment.provision_id, readable_expression())
        .join(ResponseTarget, along(ResponseTarget.comment))
        .where(
            Comment.consultation_id == consultation.id,
            Comment.revision_id.in_([revision.id for revision in line[:-1]]),
        )
        .order_by(Comment.number)
    ).all()
    found: list[FollowedPoint] = []
    for start, revision in enumerate(line[:-1]):
        mine = [row for row in rows if row.revision_id == revision.id and row.id in answers]
        between = changes(session, line[start:]) if mine else None
        for comment_id, number, _revision, provision_id, readable in mine if between is not None else ():
            answer = answers[comment_id]
            place = named.get(answer.response_id, provision_id)
            olds = _in(between.old, place, between.earlier) if between is not None else []
            if place is not None and between is not None and olds:
                found.append(_followed(between, place, olds, number, bool(readable), answer))
    return sorted(found, key=lambda one: one.number)


def _followed(
    between: Changes, place: UUID, olds: Sequence[UUID], number: int, readable: bool, answer: PublishedAnswer
) -> FollowedPoint:
    news = [one for one in between.new.provisions if one in closure((*olds, place), between.later)]
    return FollowedPoint(
        number=number,
        revision=between.old.revision.number,
        path=between.old.provisions[olds[0]].path,
        now_path=between.new.provisions[news[0]].path if news else "",
        before=with_below(between.old, olds),
        after=with_below(between.new, news),
        drafts=between.new.revision.number,
        readable=readable,
        answer=answer,
    )


def _in(draft: Draft, place: UUID | None, earlier: Steps) -> list[UUID]:
    """The provisions of the old draft that a place is, or comes from: an answer may name one of a later draft."""
    if place is None:
        return []
    wanted = closure((place,), earlier)
    return [one for one in draft.provisions if one in wanted]


def with_below(draft: Draft, places: Iterable[UUID]) -> str:
    """What provisions say with all that stands below them, a line each."""
    inside = set(places)
    lines = []
    for one, row in draft.provisions.items():
        if one in inside or row.parent_id in inside:
            inside.add(one)
            lines.append(" ".join(part for part in (row.marker, words_of(row)) if part))
    return "\n".join(lines)
