"""What statements count of a matter is what anybody counts comment by comment, whatever became of them."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.answer_terms import AnswerTerm, Pause, term_of
from consult.responses.figures import period_rows
from consult.responses.figures.span import Span
from consult.responses.statistics.answer_times import WAITING, AnswerTimes, times_of
from consult.responses.statistics.stances import STANCES, stances
from consult.responses.statistics.suppression import LEAST, Cell, suppressed
from consult.submissions.comments.outcome import Outcome, Visibility, outcome_of, visibility_of
from consult.submissions.words import SubmissionKind
from tests.builders import NOW
from tests.responses.chance_scene import SEEDS, One, everything, make_chance
from tests.responses.desk_builder import Desk

TODAY = clock.local_day(NOW)
COUNTED = {Outcome.AWAITING, Outcome.ANSWERED}


@pytest.fixture(params=SEEDS)
def desk(session: Session, request: pytest.FixtureRequest) -> Desk:
    return make_chance(session, request.param)


def term(desk: Desk) -> AnswerTerm:
    """That of the matter, which waits for the sender of each third comment."""
    found = term_of(desk.session, desk.matter)
    assert found is not None
    asked = [one for one in everything(desk) if one.comment.number % 3 == 0]
    return replace(found, pauses={one.comment.number: _pause(one) for one in asked})


def _pause(one: One) -> Pause:
    came = one.comment.received_at
    return Pause(one.sent.kind, came, came + timedelta(days=2), clock.local_day(came) + timedelta(days=30), None)


def test_answer_times(desk: Desk) -> None:
    own = term(desk)
    days, overdue, late = Counter[int](), Counter[Any](), 0
    for one in everything(desk):
        came, asked = one.comment.received_at, (one.sent.kind, one.comment.received_at)
        outcome = outcome_of(one.acts)
        if outcome is Outcome.ANSWERED:
            on = clock.local_day(one.answered_at)
            days[(on - clock.local_day(came)).days] += 1
            late += own.overdue(*asked, on, one.comment.number) > 0
        elif outcome in WAITING and own.overdue(*asked, TODAY, one.comment.number):
            overdue[own.due(*asked, one.comment.number)] += 1
    assert late and overdue and len(days) > 3
    found = times_of(desk.session, desk.matter, own, TODAY)
    assert replace(found, published_late=0) == AnswerTimes(days.total() - late, late, days, overdue)
    assert times_of(desk.session, desk.matter, None, TODAY) == AnswerTimes(days=days)


def test_stances(desk: Desk) -> None:
    last: dict[str, dict[Any, tuple[bool, Any]]] = defaultdict(dict)
    for one in everything(desk):
        public = visibility_of(one.acts, one.said.at) is Visibility.PUBLIC and outcome_of(one.acts) in COUNTED
        if public and one.comment.provision_id is not None:
            last[one.comment.path][one.sent.id] = one.sent.kind is SubmissionKind.COMMENT, one.said.stance
    found = stances(desk.session, desk.matter.id).by_draft[1, 1]
    assert found.keys() == last.keys()
    for path, said in last.items():
        people, bodies = ([stance for citizen, stance in said.values() if citizen is one] for one in (True, False))
        few = 0 < len(people) < LEAST
        each = suppressed([people.count(stance) for stance in STANCES]) if people and not few else None
        assert found[path].bodies == Counter(bodies)
        assert found[path].people == (Cell(None, few=True) if few else Cell(len(people)))
        assert found[path].each == (dict(zip(STANCES, each, strict=True)) if each is not None else None)


def test_answers_of_a_span_as_they_stood_at_its_end(desk: Desk) -> None:
    span, own = Span(TODAY - timedelta(days=60), TODAY - timedelta(days=10)), term(desk)
    counted = Counter[tuple[Any, ...]]()
    for one in everything(desk):
        before = [disposition.value for at, disposition in one.published if at < span.end]
        if before and outcome_of(one.acts) is Outcome.ANSWERED and span.covers(one.answered_at):
            came, answered = (clock.local_day(at).isoformat() for at in (one.comment.received_at, one.answered_at))
            number = one.comment.number if one.comment.number in own.pauses else 0
            unit = desk.unit.id if one.assigned else None
            counted[desk.matter.id, one.sent.kind, came, number, unit, answered, before[-1]] += 1
    rows = period_rows.answered(desk.session, [desk.matter.id], {desk.matter.id: own}, span)
    assert counted and Counter({(*key,): count for *key, count in rows}) == counted
