"""A matter made up at random, with everything that may become of a comment: for what a statement counts to be counted
comment by comment as well. Its rows are laid down as they are, since the desk allows only some of it together."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.db import new_id
from consult.people.words import Level, OrganisationKind
from consult.responses.models import Assignment, Response, ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.statistics.stances import STANCES
from consult.responses.words import Disposition
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import make_organisation
from tests.responses.desk_builder import Desk, comment, make_desk

SEEDS = (1, 2)
PATHS = ("d1", "d2.k1", "d2.k1", "d2.k1", "d3", "")
DONE = ("answered", "answered", "answered", "withdrawn", "invalid", "reinstated", "split", "passed_on", "withheld",
        "quarantined", "released", "redacted")  # fmt: skip
DISPOSITIONS = (Disposition.ACCEPTED, Disposition.NOT_ACCEPTED, Disposition.NOTED)


@dataclass(frozen=True)
class One:
    """A comment with all that counts of it; `published` are the dispositions of its answer in the order in which they
    were public, with the moments."""

    comment: Comment
    sent: Submission
    said: CommentVersion
    acts: list[CommentAct]
    published: list[tuple[datetime, Disposition]]
    assigned: bool

    @property
    def answered_at(self) -> datetime:
        """When it had its first answer."""
        own = [one.effective_at for one in self.acts if one.kind is CommentActKind.ANSWERED]
        return min(at for at in own if at is not None)


class Chance:
    """What happens to the comments of a desk."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.random = random.Random(seed)
        self.numbers = count(1)

    def receive(self) -> None:
        """Some letters and submissions, of one comment or several."""
        front = make_organisation(self.desk.session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Mặt trận tỉnh")
        letter: dict[str, Any] = {"kind": SubmissionKind.FORMAL, "sender": Sender(organisation_id=front.id)}
        begin = self.desk.matter.opens_at
        assert begin is not None
        for place in range(30):
            sent = [self.said() for _ in range(self.random.choice((1, 1, 3)))]
            at = begin + timedelta(hours=self.random.randrange(400))
            self.desk.receive(*sent, at=at, **(letter if place % 5 == 0 else {}))

    def said(self) -> Any:
        """A comment on one of few places."""
        return comment(path=self.random.choice(PATHS), stance=self.random.choice(STANCES))

    def happen(self, one: Comment) -> Iterator[object]:
        """The rows of what was done to a comment."""
        by, own = self.desk.people["officer"].id, {"consultation_id": one.consultation_id, "comment_id": one.id}
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            at, kind = self.moment(one), CommentActKind(self.random.choice(DONE))
            yield CommentAct(**own, kind=kind, at=at, effective_at=at if self.random.random() < 0.9 else None)
        if self.random.random() < 0.5:
            yield Assignment(**own, unit_id=self.desk.unit.id, at=self.moment(one), by_id=by)
        if self.random.random() < 0.8:
            answer = Response(consultation_id=one.consultation_id, id=new_id(), number=next(self.numbers),
                              created_at=one.received_at, created_by_id=by)  # fmt: skip
            yield from (answer, ResponseTarget(**own, response_id=answer.id, at=one.received_at))
            for place in range(self.random.choice((1, 2, 3))):
                yield from self.worded(answer, place + 1, self.moment(one))

    def worded(self, answer: Response, number: int, at: datetime) -> Iterator[object]:
        """A version of an answer, public or not."""
        own = {"consultation_id": answer.consultation_id, "response_id": answer.id}
        one = ResponseVersion(**own, id=new_id(), version=number, disposition=self.random.choice(DISPOSITIONS), text="",
                              written_at=at, written_by_id=answer.created_by_id, hash="")  # fmt: skip
        yield one
        if self.random.random() < 0.8:
            yield ResponsePublication(**own, version_id=one.id, at=at, by_id=answer.created_by_id)

    def moment(self, one: Comment) -> datetime:
        """One after it came."""
        return one.received_at + timedelta(hours=self.random.randrange(2000))


def make_chance(session: Session, seed: int) -> Desk:
    """A matter in which it is chance who sent how many comments on what, and what was done to them."""
    desk = make_desk(session, Stage.RESPONDING, opened_before=90, disclosure=Disclosure.AT_ONCE)
    chance = Chance(desk, seed)
    chance.receive()
    for one in session.scalars(
        select(Comment).where(Comment.consultation_id == desk.matter.id).order_by(Comment.number)
    ).all():
        session.add_all(chance.happen(one))
    session.flush()
    return desk


def everything(desk: Desk) -> list[One]:
    """The comments of the matter in the order received."""
    session, own = desk.session, desk.matter.id
    acts: defaultdict[UUID, list[CommentAct]] = defaultdict(list)
    published: defaultdict[UUID, list[tuple[datetime, Disposition]]] = defaultdict(list)
    for act in session.scalars(select(CommentAct).where(CommentAct.consultation_id == own)):
        acts[act.comment_id].append(act)
    answers: Any = session.execute(
        select(ResponseTarget.comment_id, ResponsePublication.at, ResponseVersion.disposition)
        .join(ResponseTarget.publications)
        .join(ResponsePublication.version)
        .where(ResponseTarget.consultation_id == own)
        .order_by(ResponsePublication.at, ResponsePublication.id)
    )
    for comment_id, at, disposition in answers:
        published[comment_id].append((at, disposition))
    assigned = set(session.scalars(select(Assignment.comment_id).where(Assignment.consultation_id == own)))
    rows: Any = session.execute(
        select(Comment, Submission, CommentVersion)
        .join(Comment.submission)
        .join(Comment.versions)
        .where(Comment.consultation_id == own)
        .order_by(Comment.number)
    )
    return [One(one, *rest, acts[one.id], published[one.id], one.id in assigned) for one, *rest in rows]
