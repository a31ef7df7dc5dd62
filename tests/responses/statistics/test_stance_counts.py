"""What is kept by parts is what is counted anew, whatever happened, whoever did it and whenever it is read; only the
parts in which anything happened are counted again."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter.queries import by_slug
from consult.consultations.words import Disclosure
from consult.db import Database, writing
from consult.errors import Refused
from consult.responses.data_requests import closing
from consult.responses.statistics.stance_counts import StanceCounts
from consult.responses.statistics.stances import STANCES
from consult.stages import Stage
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.comments import act_recording, comment_state
from consult.submissions.inputs import AnchorInput, Sender
from consult.submissions.models import Comment
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import NOW, make_organisation
from tests.responses.desk_builder import Desk, comment, make_desk

PATHS = ("d1", "d2.k1", "d2.k1", "d3", "")
STEPS = 60
TOGETHER = 3
MOST_CHANGED = 3
"""No act changes so many parts."""
UNNAMED = {"quarantine", "pass_on"}
"""The acts that leave no entry which names the comment."""


def counted(session: Session, matter_id: Any, kept: StanceCounts) -> list[str]:
    """What is counted, in an order of its own. The number tells something of senders who said more alone."""
    rows = kept.now(session, matter_id)
    return sorted(str(one._replace(number=one.number if one.sender is not None else 0)) for one in rows)


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


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_after_every_act_it_is_what_is_counted_anew(database: Database, seed: int) -> None:
    kept, done, aside = StanceCounts(TOGETHER), set(), True
    with database.session() as first, database.session() as second:
        desk = make_desk(first, Stage.OPEN, disclosure=Disclosure.ON_RELEASE)
        body, slug = make_organisation(first).id, desk.matter.slug
        first.commit()
        other = replace(desk, session=second, matter=by_slug(second, slug))
        chance, matter_id = Chance([desk, other], seed, body), desk.matter.id
        for _ in range(STEPS):
            with database.session(of_one_moment=True) as earlier:
                earlier.scalar(select(func.count()).select_from(Comment))
                name = chance.step()
                done.add(name)
                before = dict(kept.parts)
                with database.session(of_one_moment=True) as page:
                    assert counted(page, matter_id, kept) == counted(page, matter_id, StanceCounts()), name
                as_before = [part for part, one in kept.parts.items() if before.get(part) is one]
                assert as_before or name in UNNAMED or len(before) < MOST_CHANGED or aside, name
                # A page that was begun before tells what was then.
                if aside := chance.random.random() < 0.2:
                    assert counted(earlier, matter_id, kept) == counted(earlier, matter_id, StanceCounts())
    assert len(done) > 10


def small(session: Session) -> tuple[Desk, StanceCounts, list[int]]:
    """A matter of several parts that was counted, and the numbers of its public comments."""
    desk, kept = make_desk(session, Stage.OPEN, disclosure=Disclosure.AT_ONCE), StanceCounts(TOGETHER)
    numbers = [number for _ in range(4 * TOGETHER) for number in desk.receive(comment(stance=STANCES[0]))]
    assert counted(session, desk.matter.id, kept) and len(kept.parts) > MOST_CHANGED
    return desk, kept, numbers


def test_what_left_no_entry_in_the_log_is_noticed(session: Session) -> None:
    desk, kept, numbers = small(session)
    with writing(session, desk.matter.id):
        [one] = comment_state.read(session, desk.matter.id, numbers[:1])
        act_recording.add_act(session, one, CommentActKind.WITHHELD, desk.officer, NOW, "insult")
    assert counted(session, desk.matter.id, kept) == counted(session, desk.matter.id, StanceCounts())
    assert sum(row.times for row in kept.now(session, desk.matter.id)) == len(numbers) - 1


def test_one_erased_while_the_log_takes_another_is_noticed(session: Session) -> None:
    """There is one act more and one entry more then, of two comments."""
    desk, kept, numbers = small(session)
    erase(desk, numbers[0])
    kept.now(session, desk.matter.id)
    with writing(session, desk.matter.id):
        closing.take_out_ahead(session, comment_state.read(session, desk.matter.id, numbers[:1]))
    desk.by_two(numbers[0], CommentActKind.WITHHELD, "sender_asked")
    erase(desk, numbers[-1])
    assert sum(row.times for row in kept.now(session, desk.matter.id)) == len(numbers) - 2


def erase(desk: Desk, number: int) -> None:
    """Withholds a comment before the log says so."""
    with writing(desk.session, desk.matter.id):
        found = comment_state.read(desk.session, desk.matter.id, [number])
        closing.withhold_ahead(desk.session, desk.matter, found, None, NOW)
    desk.session.refresh(desk.matter)


def test_a_log_that_is_another_one_tells_nothing(session: Session) -> None:
    desk, kept, numbers = small(session)
    assert kept.standing is not None
    before = dict(kept.parts)
    kept.standing = replace(kept.standing, last="another")
    desk.by_two(numbers[0], CommentActKind.WITHHELD, "insult")
    kept.now(session, desk.matter.id)
    assert not any(before.get(part) is one for part, one in kept.parts.items())


def test_only_what_changed_is_counted_again(session: Session) -> None:
    desk, kept, numbers = small(session)
    before = dict(kept.parts)
    desk.by_two(numbers[0], CommentActKind.WITHHELD, "insult")
    assert counted(session, desk.matter.id, kept) == counted(session, desk.matter.id, StanceCounts())
    assert [part for part, one in kept.parts.items() if before[part] is not one] == [0]
