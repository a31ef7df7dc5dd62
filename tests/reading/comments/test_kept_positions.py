"""What lists are narrowed by is found again only where anything came that it is found from: it is always what would be
found now, whatever people did to the comments meanwhile."""

import random
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.queries import by_slug
from consult.consultations.models import Consultation
from consult.consultations.words import Kind, Procedure
from consult.db import Database
from consult.reading.comments import filters as narrowing
from consult.reading.comments import positions
from consult.reading.comments.filters import RESULTS, CommentFilters, page_looked_for
from consult.reading.comments.positions import CachedPositions, highest, highest_number
from consult.responses.desk.assignment import assign
from consult.responses.words import Disposition
from consult.submissions.comments.visible import readable_expression
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind, SubmissionKind, Topic
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.responses.statistics.comments_by_chance import Chance, by_chance
from tests.statements import statements_of

STEPS = 80
DEAR = ("min(CASE", "DISTINCT assignment.comment_id", "row_number()")
"""Words of the statements that find what became of each comment, who was given any, and how each was answered."""

WANTED = [
    *(CommentFilters(result=result) for result in RESULTS),
    *(CommentFilters(source=source) for source in SubmissionKind),
    *(CommentFilters(anchor=AnchorInput(1, 1, path)) for path in ("d1", "d2", "d3", "")),
    CommentFilters(result="accepted", source=SubmissionKind.FORMAL, anchor=AnchorInput(1, 1, "d2")),
]


def found(session: Session, matter: Consultation) -> Iterator[tuple[list[int], int]]:
    """The numbers that each of WANTED finds, and the highest that was looked at."""
    last = session.scalar(select(highest_number(matter.id))) or 0
    for wanted in WANTED:
        page = page_looked_for(session, matter, wanted, 1, 1_000, last)
        yield page.numbers, page.highest


def give(chance: Chance, desk: Desk, number: int) -> None:
    """Gives a comment to a unit, or takes it back."""
    assign(
        desk.session, desk.matter, [number], chance.random.choice((desk.unit.id, None)), None, desk.officer, desk.now
    )


def answer(chance: Chance, desk: Desk, number: int) -> None:
    """Answers a comment one way or the other."""
    desk.answer(number, disposition=chance.random.choice(("accepted", "noted", "clarified")))


@pytest.mark.parametrize("seed", (1, 2))
def test_whatever_happens_lists_find_what_is_there_now(
    database: Database, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, done = CachedPositions(), set()
    with by_chance(database, seed) as chance:
        chance.steps += [partial(give, chance), partial(give, chance), partial(answer, chance)]
        for step in chance.steps[-3:]:
            step.__name__ = step.func.__name__  # type: ignore[attr-defined]
        slug = chance.writers[0].matter.slug
        for _ in range(STEPS):
            done.add(name := chance.step())
            with database.session(of_one_moment=True) as page:
                matter = by_slug(page, slug)
                monkeypatch.setattr(narrowing, "kept_positions", kept)
                told = list(found(page, matter))
                monkeypatch.setattr(narrowing, "kept_positions", CachedPositions())
                assert told == list(found(page, matter)), name
    assert {"give", "answer", "move", "withdraw"} <= done


def test_what_nothing_changed_is_not_found_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "kept_positions", CachedPositions())
    desk = make_desk(session)
    first, second, third = desk.receive(*(comment() for _ in range(3)))
    desk.answer(first, disposition=Disposition.ACCEPTED)
    list(found(session, desk.matter))
    for number in (second, third):
        desk.release(number)
        with statements_of(session) as said:
            list(found(session, desk.matter))
        assert said and not [one for one in said if any(words in one for words in DEAR)]
    assign(session, desk.matter, [second], desk.unit.id, None, desk.officer, NOW)
    desk.answer(third, disposition=Disposition.NOTED)
    with statements_of(session) as said:
        assert third in [number for numbers, _ in found(session, desk.matter) for number in numbers]
    assert [sum(words in one for one in said) for words in DEAR] == [1, 1, 1], said


@pytest.mark.parametrize("most", (1, 4, 1_000))
def test_topics_are_looked_at_no_further_than_is_shown(
    session: Session, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(positions, "BLOCK", 5)
    desk = make_desk(session, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY)
    kept, chance = CachedPositions(), random.Random(most)
    for _ in range(6):
        sent = [comment("Về bụi.", "", topic=chance.choice(tuple(Topic))) for _ in range(6)]
        numbers = desk.receive(*sent)
        desk.release(*chance.sample(numbers, 4))
        desk.by_two(min(numbers), CommentActKind.WITHHELD, "insult")
        rows = session.execute(
            select(Comment.number, Comment.topic)
            .where(Comment.consultation_id == desk.matter.id, readable_expression())
            .order_by(Comment.number.desc())
        ).all()
        for topic in Topic:
            with kept.of(session, desk.matter, numbers[-1]) as known:
                found = highest(known.about(topic.value, known.meeting((), 0), most), most)
            assert found == [number for number, about in rows if about is topic][:most]
    assert len(rows) > 10 and (most > 1 or len(kept.kept[desk.matter.id].topics) < 8)
