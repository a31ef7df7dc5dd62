"""The figures of a matter: each breakdown adds up, agrees with a count by hand, and every number is that of the list it
leads to."""

import re
from collections import Counter

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Level, OrganisationKind
from consult.responses.desk import assignment
from consult.responses.desk.listing import case_list
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.counted_filters import CountedFilters
from consult.responses.figures.matter import MatterFigures, figures
from consult.responses.models import ResponseTarget
from consult.responses.questions.pauses import term_of
from consult.submissions.comments.outcome import outcome_of
from consult.submissions.inputs import Sender
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind, Stance, SubmissionKind
from tests.builders import make_organisation, make_unit
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment
from tests.statements import statements_of


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Citizens and bodies for and against, on clauses and on the whole; given to units, answered, refused, ended."""
    session, matter = desk.session, desk.matter
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Mặt trận xã")
    for stance in (Stance.OPPOSE, Stance.OPPOSE, Stance.SUPPORT, None):
        desk.receive(comment(stance=stance))
    desk.receive(comment(path="d3", stance=Stance.OPPOSE), comment(path=""))
    desk.receive(comment(path="d2", stance=Stance.QUESTION), kind=SubmissionKind.FORMAL,
                 sender=Sender(organisation_id=front.id))  # fmt: skip
    other = make_unit(session, desk.body, "Phòng Pháp chế")
    now = clock.now()
    assignment.assign(session, matter, [1, 2, 5], desk.unit.id, None, desk.leader, now)
    assignment.assign(session, matter, [3], other.id, None, desk.leader, now)
    assignment.assign(session, matter, [4], None, desk.people["officer"].id, desk.leader, now)
    desk.answer(1, disposition="not_accepted", text="Luật không cho phép.")
    desk.answer(3)
    desk.by_two(2, CommentActKind.INVALID, "off_topic")
    session.refresh(matter)
    return desk


def of(desk: Desk) -> MatterFigures:
    session, today = desk.session, clock.local_day(clock.now())
    return figures(session, desk.matter, term_of(session, desk.matter), today)


def by_hand(session: Session, desk: Desk) -> dict[str, Counter[str]]:
    """The same counted in Python, comment by comment."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("outcome", "place", "stance", "answer")}
    for one in session.scalars(select(Comment).where(Comment.consultation_id == desk.matter.id)):
        outcome = outcome_of(one.acts).value
        found["outcome"][outcome] += 1
        found["place"][one.path] += 1
        stance = one.versions[-1].stance
        if outcome in {"awaiting", "answered"}:
            found["stance"][stance.value if stance else ""] += 1
        target = session.get(ResponseTarget, (desk.matter.id, one.id))
        if outcome == "answered" and target is not None:
            found["answer"][target.response.versions[-1].disposition.value] += 1
    return found


def test_every_breakdown_adds_up(busy: Desk) -> None:
    told = of(busy)
    assert told.total.received == 7
    assert sum(count for _day, count in told.days) == 7
    assert sum((one.counted.received for one in told.places), told.elsewhere.received) == 7
    assert sum(counted.received for _code, counted in told.bodies) == 7
    assert sum(one.counted.received for one in told.units) == 7
    assert sum(told.dispositions.values()) == told.total.answered == 2
    assert sum(one.counted.late for one in told.units) == told.total.late


def test_it_is_what_a_count_by_hand_gives(busy: Desk) -> None:
    told, hand = of(busy), by_hand(busy.session, busy)
    assert {code: own.received for code, own in told.outcomes.items()} == hand["outcome"]
    assert {one.place.path: one.counted.received for one in told.places} == hand["place"]
    assert dict(told.stances) == hand["stance"]
    assert dict(told.dispositions) == hand["answer"]
    assert {code: own.received for code, own in told.bodies} == {"citizen": 6, "commune.front_committee": 1}


def test_it_is_counted_anew_when_something_changed_and_not_before(busy: Desk) -> None:
    session, matter = busy.session, busy.matter
    before = of(busy)
    with statements_of(session) as statements:
        assert of(busy) == before
    assert not [one for one in statements if "MATERIALIZED" in one]
    assignment.assign(session, matter, [7], busy.unit.id, None, busy.leader, clock.now())
    given = {one.code: one.counted.received for one in of(busy).units}
    assert given[str(busy.unit.id)] == 1 + {one.code: one.counted.received for one in before.units}[str(busy.unit.id)]
    busy.receive(comment(path="d3"))
    assert of(busy).total.received == before.total.received + 1


def test_the_disagreement_comes_first(busy: Desk) -> None:
    told = of(busy)
    assert [(one.place.path, one.counted.opposed, one.counted.refused) for one in told.places[:2]] == [
        ("d2.k1", 1, 1),
        ("d3", 1, 0),
    ]


def test_every_number_is_that_of_the_list_it_leads_to(busy: Desk, enter: Enter) -> None:
    leader = enter("leader")
    page = leader.get(f"/xu-ly/{busy.matter.slug}/so-lieu/")
    links = page.find(f"//main//a[starts-with(@href, '/xu-ly/{busy.matter.slug}/?')]")
    assert len(links) > 30
    for link in links:
        wanted = int(link.text)
        shown = re.search(r"(\d+) ý kiến khớp với bộ lọc", leader.get(link.get("href")).text)
        assert shown is not None and int(shown[1]) == wanted, link.get("href")


def test_late_answers_are_those_that_came_after_their_term(busy: Desk) -> None:
    """The period of this desk was over long ago: whatever was answered now is late."""
    told = of(busy)
    assert told.total.late_answers == 2
    assert {one.name: one.counted.late_answers for one in told.units if one.name} == {
        busy.unit.name: 1,
        "Phòng Pháp chế": 1,
    }


def test_the_statements_do_not_grow_with_comments(busy: Desk) -> None:
    with statements_of(busy.session) as few:
        of(busy)
    for number in range(6):
        busy.receive(comment(f"Ý kiến {number}.", path="d3"))
    with statements_of(busy.session) as more:
        of(busy)
    assert len(more) == len(few)


def test_who_may_not_know_who_sent_what_narrows_nothing_by_it(busy: Desk) -> None:
    narrowed = CaseFilters(counted=CountedFilters(body="citizen"))
    found = {
        senders: case_list.listed(
            busy.session, busy.matter, narrowed, Handler(None, senders=senders), None, clock.local_day(clock.now())
        ).total
        for senders in (True, False)
    }
    assert found == {True: 6, False: 7}
