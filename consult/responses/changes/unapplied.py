"""What was accepted and yet stands in the newest draft as it stood when it was commented on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.change_groups import closure
from consult.consultations.revisions.changes import Changes, changes
from consult.consultations.revisions.successors import Line
from consult.consultations.words import MatchKind
from consult.relationships import along
from consult.responses.answers.published import PublishedAnswer, all_published
from consult.responses.changes.causes import named_places
from consult.responses.changes.confirmed import confirmed
from consult.responses.changes.models import AcceptedChange
from consult.responses.models import ResponseTarget
from consult.responses.words import Disposition
from consult.submissions.models import Comment

PROMISING = frozenset({Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED})
SAME = frozenset({MatchKind.UNCHANGED, MatchKind.RENUMBERED})


@dataclass(frozen=True)
class UnappliedChange:
    """A comment whose answer promised a change that the newest draft does not show; `path` is the clause there."""

    number: int
    revision: int
    path: str
    answer: PublishedAnswer


def unseen(session: Session, consultation: Consultation, line: Line) -> list[UnappliedChange]:
    """All of them, by the comments' numbers; statements grow with the revisions of `line`, not with comments."""
    if len(line) < 2:
        return []
    answers = {
        key: answer for key, answer in all_published(session, consultation).items() if answer.disposition in PROMISING
    }
    named = {
        (answer.response_id): place
        for answer, place in named_places(session, line, {one.response_id: one for one in answers.values()}.values())
    }
    told = confirmed(session, line)
    found = []
    rows = [row for row in _answered(session, consultation, line) if row.id in answers]
    for start, revision in enumerate(line[:-1]):
        mine = [row for row in rows if row.revision_id == revision.id]
        if mine:
            found += _of_one(changes(session, line[start:]), revision, mine, answers, named, told)
    return sorted(found, key=lambda one: one.number)


def _of_one(
    between: Changes,
    revision: Revision,
    rows: Sequence[Any],
    answers: dict[UUID, PublishedAnswer],
    named: dict[UUID, UUID],
    told: Mapping[UUID, AcceptedChange],
) -> list[UnappliedChange]:
    """Those among the comments on one revision; what a person said of a wording (`told`) goes before what is seen."""
    touched = _touched(between)
    found = []
    for row in rows:
        answer = answers[row.id]
        place = named.get(answer.response_id, row.provision_id)
        said = told.get(row.id)
        if place is None or (said is not None and said.provision_id is not None):
            continue
        heirs = closure((place,), between.later)
        if heirs & touched and said is None:
            continue
        now = next((one for one in between.new.provisions if one in heirs), None)
        if now is not None:
            found.append(UnappliedChange(row.number, revision.number, between.new.provisions[now].path, answer))
    return found


def _touched(between: Changes) -> set[UUID]:
    """Every provision that changed, or in which something did, in any revision."""
    found: set[UUID] = set()
    for change in between.told:
        if change.kind not in SAME:
            found |= between.lineage(change)
    for draft in (between.old, between.new):
        for one, row in reversed(list(draft.provisions.items())):
            if one in found and row.parent_id is not None:
                found.add(row.parent_id)
    return found


def _answered(session: Session, consultation: Consultation, line: Line) -> Sequence[Any]:
    """The comments on these revisions that have an answer, public or not."""
    return session.execute(
        select(Comment.id, Comment.number, Comment.revision_id, Comment.provision_id)
        .join(ResponseTarget, along(ResponseTarget.comment))
        .where(
            Comment.consultation_id == consultation.id,
            Comment.revision_id.in_([revision.id for revision in line[:-1]]),
        )
    ).all()
