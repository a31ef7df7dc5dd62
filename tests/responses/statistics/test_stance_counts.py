"""What is kept by parts is what is counted anew, whatever happened, whoever did it and whenever it is read; only the
parts in which anything happened are counted again."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.db import Database, writing
from consult.responses.data_requests import closing
from consult.responses.statistics.stance_counts import StanceCounts
from consult.responses.statistics.stances import STANCES
from consult.stages import Stage
from consult.submissions.comments import act_recording, comment_state
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.responses.statistics.comments_by_chance import by_chance

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


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_after_every_act_it_is_what_is_counted_anew(database: Database, seed: int) -> None:
    kept, done, aside = StanceCounts(TOGETHER), set(), True
    with by_chance(database, seed) as chance:
        matter_id = chance.writers[0].matter.id
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
