"""What people do to comments by chance, so that what is kept can be held against what is counted anew."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from consult.consultations.matter.queries import by_slug
from consult.consultations.words import Disclosure
from consult.db import Database
from consult.errors import Refused
from consult.responses.statistics.stances import STANCES
from consult.stages import Stage
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, Sender
from consult.submissions.models import Comment
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import make_organisation
from tests.responses.desk_builder import Desk, comment, make_desk

PATHS = ("d1", "d2.k1", "d2.k1", "d3", "")


class Chance:
    """What people do by chance, each time another of two."""

    def __init__(self, writers: list[Desk], seed: int, body: Any) -> None:
        self.writers, self.random, self.body = writers, random.Random(seed), body
        self.steps: list[Callable[[Desk, int], object]] = [
            self.receive, self.receive, self.receive, self.release, self.release, self.withhold, self.redact,
            self.invalid, self.reinstate, self.amend, self.withdraw, self.split, self.move, self.answer,
            self.quarantine, self.pass_on,
        ]  # fmt: skip

    def step(self) -> str:
        """One thing more, if it may be; its name, empty when it may not."""
        desk = self.random.choice(self.writers)
        desk.now += timedelta(minutes=1)
        desk.session.expire_all()
        number = desk.session.scalar(select(func.max(Comment.number)).where(Comment.consultation_id == desk.matter.id))
        act = self.random.choice(self.steps) if number else self.receive
        with suppress(Refused):
            act(desk, self.random.randint(1, number or 1))
            return act.__name__
        return ""

    def said(self) -> Any:
        return comment(path=self.random.choice(PATHS), stance=self.random.choice(STANCES))

    def receive(self, desk: Desk, number: int) -> None:
        of_body: dict[str, Any] = {"kind": SubmissionKind.FORMAL, "sender": Sender(organisation_id=self.body)}
        several = [self.said() for _ in range(self.random.choice((1, 1, 2, 3)))]
        numbers = desk.receive(*several, **(of_body if self.random.random() < 0.2 else {}))
        if self.random.random() < 0.7:
            desk.release(*numbers[:2])

    def release(self, desk: Desk, number: int) -> None:
        desk.release(number)

    def withhold(self, desk: Desk, number: int) -> None:
        desk.by_two(number, CommentActKind.WITHHELD, "insult")

    def redact(self, desk: Desk, number: int) -> None:
        desk.by_two(number, CommentActKind.REDACTED, "personal_data", text="Đã bớt.", stance="oppose")

    def invalid(self, desk: Desk, number: int) -> None:
        desk.by_two(number, CommentActKind.INVALID, "advertising")

    def reinstate(self, desk: Desk, number: int) -> None:
        desk.by_two(number, CommentActKind.REINSTATED)

    def amend(self, desk: Desk, number: int) -> None:
        sent = self.of(desk, number).submission
        amendment.amend(desk.session, desk.matter, sent, number, replace(self.said(), text=f"Lúc {desk.now}."),
                        self.in_time(desk), desk.now)  # fmt: skip

    def withdraw(self, desk: Desk, number: int) -> None:
        sent = self.of(desk, number).submission
        amendment.withdraw(desk.session, desk.matter, sent, [number], self.in_time(desk), desk.now)

    def split(self, desk: Desk, number: int) -> None:
        parts = [replace(self.said(), text=f"Phần {part} lúc {desk.now}.") for part in range(2)]
        acts.split(desk.session, desk.matter, number, parts, desk.officer, desk.now)

    def move(self, desk: Desk, number: int) -> None:
        to = AnchorInput(path=self.random.choice(("d1", "d3")))
        moving.move(desk.session, desk.matter, [number], to, "Đúng chỗ.", desk.officer, desk.now)

    def answer(self, desk: Desk, number: int) -> None:
        desk.answer(number)

    def quarantine(self, desk: Desk, number: int) -> None:
        acts.quarantine(desk.session, desk.matter, number, "có vẻ là tố cáo", desk.officer, desk.now)

    def pass_on(self, desk: Desk, number: int) -> None:
        acts.pass_on(desk.session, desk.matter, [number], "", desk.officer, desk.now)

    def of(self, desk: Desk, number: int) -> Comment:
        own = (Comment.consultation_id == desk.matter.id, Comment.number == number)
        return desk.session.scalars(select(Comment).where(*own)).one()

    def in_time(self, desk: Desk) -> Any:
        assert desk.matter.opens_at is not None
        return desk.matter.opens_at + timedelta(days=1)


@contextmanager
def by_chance(database: Database, seed: int) -> Iterator[Chance]:
    """Two people, each with a session of their own, who work on one open matter."""
    with database.session() as first, database.session() as second:
        desk = make_desk(first, Stage.OPEN, disclosure=Disclosure.ON_RELEASE)
        body, slug = make_organisation(first).id, desk.matter.slug
        first.commit()
        other = replace(desk, session=second, matter=by_slug(second, slug))
        yield Chance([desk, other], seed, body)
