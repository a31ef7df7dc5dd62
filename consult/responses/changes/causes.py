"""What led to a change of the draft: comments on what it was before, and published answers that name it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.change_groups import Draft, ProvisionChange, closure
from consult.consultations.revisions.changes import Changes
from consult.consultations.revisions.successors import Line
from consult.consultations.words import MatchKind
from consult.responses.answers.published import all_published
from consult.responses.changes.confirmed import confirmed
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment

DIVISIONS = frozenset({"part", "chapter", "section", "subsection", "body"})
"""A comment on one of these is about no provision in it."""

NEEDS_REASON = frozenset({MatchKind.CHANGED, MatchKind.ADDED, MatchKind.REMOVED, MatchKind.SPLIT, MatchKind.MERGED})
NO_REASON = (Outcome.WITHDRAWN, Outcome.INVALID, Outcome.SPLIT)
Numbers = dict[UUID, set[int]]


@dataclass(frozen=True)
class ChangeCauses:
    """The numbers of the comments behind each provision, by its id in any revision."""

    changes: Changes
    comments: Numbers
    answered: Numbers

    def of(self, change: ProvisionChange) -> list[int]:
        """The comments behind a change: on what changed, on what it stands in, or answered with a word of it."""
        own = self.changes.lineage(change)
        ids = own | self._around(change)
        numbers: set[int] = set()
        for one in ids:
            numbers |= self.comments.get(one, set()) | self.answered.get(one, set())
        return sorted(numbers)

    def _around(self, change: ProvisionChange) -> set[UUID]:
        found = self.changes
        olds = {above for one in change.olds for above in enclosing(found.old, one)}
        news = {above for one in change.news for above in enclosing(found.new, one)}
        return closure(olds, found.later) | closure(news, found.earlier)


def behind(session: Session, consultation: Consultation, found: Changes, line: Line) -> ChangeCauses:
    """What led to the changes along `line`, in a handful of statements however many comments there are."""
    answers = all_published(session, consultation)
    named = named_places(session, line, {id(one): one for one in answers.values()}.values())
    answered: Numbers = {}
    for answer, provision_id in named:
        answered.setdefault(provision_id, set()).update(answer.numbers)
    for comment_id, said in confirmed(session, line).items():
        if said.provision_id is not None and comment_id in answers:
            answered.setdefault(said.provision_id, set()).add(said.comment.number)
    return ChangeCauses(found, _comments(session, consultation, line[:-1]), answered)


def enclosing(draft: Draft, provision_id: UUID) -> list[UUID]:
    """What a provision stands in, up to its article."""
    found: list[UUID] = []
    above = draft.provisions[provision_id].parent_id
    while above is not None and draft.provisions[above].kind not in DIVISIONS:
        found.append(above)
        above = draft.provisions[above].parent_id
    return found


class Naming(Protocol):
    """What an answer says of the change that it led to."""

    @property
    def change_path(self) -> str:
        """The path of the provision that it names; empty for none."""

    @property
    def written_at(self) -> datetime:
        """When it was written: it names a place of the draft that was public then, whenever it was published."""


Answer = TypeVar("Answer", bound=Naming)


def named_places(session: Session, line: Line, answers: Iterable[Answer]) -> list[tuple[Answer, UUID]]:
    """The provision that each answer names as changed. Its path is that of the draft which was public when it was
    written, or for one that was to come, of the next in which there is such a path; one statement."""
    return [(answer, place) for answer, _revision, place in _named(session, line, answers)]


def named_paths(session: Session, line: Line, answers: Iterable[Answer]) -> list[tuple[Answer, int]]:
    """The number of the draft of whose text the path is that each answer names; one statement."""
    return [(answer, revision.number) for answer, revision, _place in _named(session, line, answers)]


def _named(session: Session, line: Line, answers: Iterable[Answer]) -> list[tuple[Answer, Revision, UUID]]:
    naming = [answer for answer in answers if answer.change_path]
    rows = session.execute(
        select(Provision.revision_id, Provision.path, Provision.id).where(
            Provision.consultation_id == line[0].consultation_id,
            Provision.revision_id.in_([revision.id for revision in line]),
            Provision.path.in_({answer.change_path for answer in naming}),
        )
    )
    known = {(revision_id, path): provision_id for revision_id, path, provision_id in rows}
    found = []
    for answer in naming:
        for revision in _in_turn(line, answer.written_at):
            if (place := known.get((revision.id, answer.change_path))) is not None:
                found.append((answer, revision, place))
                break
    return found


def _in_turn(line: Line, at: datetime) -> Sequence[Revision]:
    """The revisions whose paths an answer written at that moment may mean, the likeliest first."""
    public = [revision for revision in line if revision.published_at is not None and revision.published_at <= at]
    return [*public[-1:], *line[len(public) :], *reversed(public[:-1])] if public else []


def _comments(session: Session, consultation: Consultation, revisions: Sequence[Revision]) -> Numbers:
    rows = session.execute(
        select(Comment.provision_id, Comment.number).where(
            Comment.consultation_id == consultation.id,
            Comment.revision_id.in_([revision.id for revision in revisions]),
            Comment.provision_id.is_not(None),
            ~outcome_is(*NO_REASON),
        )
    )
    found: Numbers = {}
    for provision_id, number in rows:
        if provision_id is not None:
            found.setdefault(provision_id, set()).add(number)
    return found


def unasked(found: ChangeCauses) -> list[ProvisionChange]:
    """The changes with no comment behind them. That a number became another one follows from other changes."""
    return [change for change in found.changes.told if change.kind in NEEDS_REASON and not found.of(change)]


def key_of(change: ProvisionChange) -> UUID:
    """The provision under which the source of a change is kept."""
    return (change.news or change.olds)[0]
