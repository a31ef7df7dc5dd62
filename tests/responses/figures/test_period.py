"""Figures of many matters within a span: they add up, stay what they were, and follow bodies that were merged."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.people.models import OrganisationSuccession
from consult.people.words import Level, OrganisationKind
from consult.responses.desk import assignment
from consult.responses.figures import span
from consult.responses.figures.cached_period import CachedFigures
from consult.responses.figures.period import PeriodFigures, figures_of
from consult.responses.figures.span import Span
from consult.responses.questions.pauses import term_of
from consult.responses.statistics.answer_times import times_of
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.words import SubmissionKind
from tests.builders import NOW, make_organisation
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.statements import statements_of

TODAY = clock.local_day(NOW)
ALL = Span(TODAY - timedelta(days=365), TODAY)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter whose term for answering is over, with what citizens and a body said; two were answered, both late."""
    desk = make_desk(session, Stage.RESPONDING, opened_before=90)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Mặt trận xã")
    for number in range(4):
        desk.receive(comment(f"Ý kiến {number}."))
    desk.receive(comment("Của Mặt trận."), kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=front.id))
    assignment.assign(session, desk.matter, [1, 3], desk.unit.id, None, desk.leader, NOW)
    desk.answer(1)
    desk.answer(2, disposition="not_accepted", text="Luật không cho phép.")
    return desk


def told(desk: Desk, within: Span = ALL, today: date = TODAY) -> PeriodFigures:
    return figures_of(desk.session, [desk.matter], within, today, [desk.matter.id])


def test_a_quarter_is_three_months(session: Session) -> None:
    assert span.quarter(2026, 1) == Span(date(2026, 1, 1), date(2026, 3, 31))
    assert span.quarter(2026, 4) == Span(date(2026, 10, 1), date(2026, 12, 31))
    assert span.quarters(date(2025, 11, 2), date(2026, 5, 1)) == [(2026, 2), (2026, 1), (2025, 4)]
    assert span.read(span.code(2026, 3)) == (2026, 3)
    assert [span.read(one) for one in ("2026-q5", "2026", "26-q1", "٢٠٢٦-q1", "")] == [None] * 5


def test_what_came_in_and_what_was_answered(desk: Desk) -> None:
    found = told(desk).total
    assert found.opinions == Counter(citizen=4) + Counter({"commune.front_committee": 1})
    assert (found.letters, found.critiques, found.joiners, found.published) == (1, 0, 0, 1)
    assert found.answered == Counter(accepted=1, not_accepted=1)
    assert (found.times.in_time, found.times.late, found.times.overdue) == (0, 2, 3)


def test_it_agrees_with_the_public_page_of_who_answers_in_time(desk: Desk) -> None:
    session, matter = desk.session, desk.matter
    other = times_of(session, matter, term_of(session, matter), TODAY)
    found = told(desk).total.times
    assert (found.in_time, found.late, found.overdue) == (other.in_time, other.late, other.overdue.total())


def test_every_breakdown_adds_up(desk: Desk) -> None:
    found = told(desk)
    assert sum((own for _one, own in found.matters), type(found.total)()) == found.total
    assert sum((own for _one, own in found.bodies), type(found.total)()) == found.total
    assert {unit.name if unit else "": times.overdue for unit, times in found.units} == {desk.unit.name: 1, "": 2}
    assert sum((times for _unit, times in found.units), type(found.total.times)()) == found.total.times


def test_two_halves_are_the_whole(desk: Desk) -> None:
    middle = TODAY - timedelta(days=40)
    first, second = Span(ALL.since, middle), Span(middle + timedelta(days=1), ALL.until)
    halves = told(desk, first).total, told(desk, second).total
    whole = told(desk).total
    assert halves[0].opinions + halves[1].opinions == whole.opinions
    assert halves[0].answered + halves[1].answered == whole.answered


def test_a_span_that_is_over_is_told_the_same_later(desk: Desk) -> None:
    before = Span(ALL.since, TODAY - timedelta(days=1))
    assert told(desk, before).total.answered == Counter()
    assert told(desk, before).total.times.overdue == 5
    assert told(desk, before, TODAY + timedelta(days=100)).total == told(desk, before).total


def test_nothing_is_told_of_days_to_come(desk: Desk) -> None:
    later = Span(TODAY + timedelta(days=1), TODAY + timedelta(days=90))
    assert told(desk, later).matters == []


def test_a_body_that_was_merged_is_told_as_its_heir(desk: Desk) -> None:
    session = desk.session
    heir = make_organisation(session, name="Sở sau sáp nhập")
    session.add(OrganisationSuccession(predecessor_id=desk.body.id, successor_id=heir.id, on=TODAY, source=""))
    session.commit()
    assert [body.name for body, _own in told(desk).bodies] == ["Sở sau sáp nhập"]
    other = make_organisation(session, name="Sở thứ hai")
    session.add(OrganisationSuccession(predecessor_id=desk.body.id, successor_id=other.id, on=TODAY, source=""))
    session.commit()
    assert [body.name for body, _own in told(desk).bodies] == [desk.body.name]


def test_everybody_learns_of_a_letter_what_its_page_tells(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN, disclosure=Disclosure.ON_RELEASE)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Mặt trận xã")
    given = {"kind": SubmissionKind.FORMAL, "sender": Sender(organisation_id=front.id)}
    (number,) = desk.receive(comment("Của Mặt trận."), **given)
    public, kept = CachedFigures(), [desk.matter]
    assert public.of(session, kept, ALL, TODAY).total.opinions == Counter(undisclosed=1)
    desk.release(number)
    session.refresh(desk.matter)
    assert public.of(session, kept, ALL, TODAY).total.opinions == Counter({"commune.front_committee": 1})


def test_what_was_counted_is_kept_until_something_comes(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    desk.receive("Một.")
    public = CachedFigures()
    public.of(session, [desk.matter], ALL, TODAY)
    with statements_of(session) as said:
        again = public.of(session, [desk.matter], ALL, TODAY)
    assert (again.total.opinions.total(), len(said)) == (1, 3)
    desk.receive("Hai.")
    assert public.of(session, [desk.matter], ALL, TODAY).total.opinions.total() == 2


def test_the_statements_do_not_grow_with_matters(session: Session, desk: Desk) -> None:
    more = [make_desk(session, Stage.RESPONDING).matter for _ in range(4)]
    # They are as a page has read them.
    session.scalars(select(Consultation)).all()
    with statements_of(session) as few:
        figures_of(session, [desk.matter], ALL, TODAY)
    with statements_of(session) as many:
        figures_of(session, [desk.matter, *more], ALL, TODAY)
    assert len(many) == len(few)
