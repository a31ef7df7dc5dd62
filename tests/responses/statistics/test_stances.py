"""Who is for a clause and who against: only what is public, each sender once, of people nothing under five."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.people.words import Level, OrganisationKind
from consult.responses.statistics.stances import ClauseStances, stances
from consult.responses.statistics.suppression import Cell
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.words import Stance, SubmissionKind
from tests.builders import make_organisation
from tests.consultations.articles import INSERTED, next_draft, open_matter
from tests.consultations.articles import on as on_draft
from tests.responses.desk_builder import Desk, comment, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    """An open matter in which what is sent is public at once."""
    return make_desk(session, Stage.OPEN, disclosure=Disclosure.AT_ONCE)


def say(desk: Desk, times: int, stance: Stance | None, path: str = "d2.k1") -> None:
    """So many citizens say so of a clause."""
    for _ in range(times):
        desk.receive(comment(path=path, stance=stance))


def on(session: Session, desk: Desk, path: str = "d2.k1") -> ClauseStances:
    return stances(session, desk.matter.id).by_draft[1, 1][path]


def test_five_people_are_told_and_four_are_not(session: Session, desk: Desk) -> None:
    say(desk, 4, Stance.OPPOSE)
    few = on(session, desk)
    assert (few.people, few.each, few.against) == (Cell(None, few=True), None, 0)
    assert stances(session, desk.matter.id).most_opposed() == []
    say(desk, 1, Stance.OPPOSE)
    five = on(session, desk)
    assert (five.people, five.told(Stance.OPPOSE), five.against) == (Cell(5), 5, 5)


def test_what_could_be_worked_out_by_subtraction_is_not_told_either(session: Session, desk: Desk) -> None:
    say(desk, 9, Stance.OPPOSE)
    say(desk, 1, Stance.SUPPORT)
    one = on(session, desk)
    assert one.people == Cell(10)
    assert one.each is None or one.each[Stance.OPPOSE].count is None
    assert one.against == 0


def test_each_sender_counts_once_with_what_was_sent_last(session: Session, desk: Desk) -> None:
    say(desk, 5, Stance.OPPOSE)
    desk.receive(comment("Ủng hộ.", stance=Stance.SUPPORT), comment("Thôi, không.", stance=Stance.OPPOSE))
    assert on(session, desk).told(Stance.OPPOSE) == 6
    assert on(session, desk).people == Cell(6)


def test_a_clause_that_changed_its_number_is_one_for_whoever_wrote_on_both_drafts(session: Session) -> None:
    desk = open_matter(session, disclosure=Disclosure.AT_ONCE)
    session.refresh(desk.matter)
    for _ in range(5):
        desk.receive(replace(on_draft("d5", 1), stance=Stance.OPPOSE))
    next_draft(desk, *INSERTED)
    desk.receive(replace(on_draft("d5", 1), stance=Stance.SUPPORT), replace(on_draft("d6", 2), stance=Stance.OPPOSE))
    found = stances(session, desk.matter.id)
    one = found.by_draft[1, 2]["d6"]
    assert (one.people, one.told(Stance.OPPOSE)) == (Cell(6), 6)
    assert found.by_draft[1, 1]["d5"] is one and (one.place.revision, one.place.path) == (2, "d6")
    assert "d5" not in found.by_draft[1, 2]


def test_bodies_stand_beside_the_people_by_their_number(session: Session, desk: Desk) -> None:
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Mặt trận tỉnh")
    sender = Sender(organisation_id=front.id)
    desk.receive(comment(stance=Stance.OPPOSE), kind=SubmissionKind.FORMAL, sender=sender)
    one = on(session, desk)
    assert (one.people, one.bodies, one.against) == (Cell(0), {Stance.OPPOSE: 1}, 1)


def test_what_is_not_public_counts_for_nothing(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    say(desk, 6, Stance.OPPOSE)
    assert not stances(session, desk.matter.id).clauses


def test_the_most_opposed_come_first(session: Session, desk: Desk) -> None:
    say(desk, 5, Stance.OPPOSE, "d1")
    say(desk, 7, Stance.OPPOSE, "d2.k1")
    say(desk, 8, Stance.SUPPORT, "d3")
    told = stances(session, desk.matter.id).most_opposed()
    assert [(one.place.path, one.against) for one in told] == [("d2.k1", 7), ("d1", 5)]
