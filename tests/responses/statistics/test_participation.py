"""Who took part, counted: the same numbers on both kinds of database, and of people nothing under five."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.people.models import Area, AreaSuccession
from consult.people.words import Level, OrganisationKind
from consult.responses.statistics.areas import CommuneCount
from consult.responses.statistics.cached_counts import CachedCounts
from consult.responses.statistics.participation import MOST_PLACES, participation
from consult.responses.statistics.suppression import Cell
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.words import SubmissionKind
from tests.builders import NOW, make_area, make_organisation
from tests.responses.desk_builder import Desk, comment, make_desk

TODAY = NOW.date()


@pytest.fixture
def desk(session: Session) -> Desk:
    """An open matter without comments."""
    return make_desk(session, Stage.OPEN)


def send(desk: Desk, times: int, area: Area | None = None, path: str = "d2.k1", at: datetime | None = None) -> None:
    """So many citizens write, each one comment."""
    for _ in range(times):
        desk.receive(comment(path=path), sender=Sender("Ai đó", False, area.id if area else None), at=at)


def test_a_matter_without_comments_has_nothing_to_tell(session: Session, desk: Desk) -> None:
    told = participation(session, desk.matter.id, TODAY)
    assert (told.comments, told.joiners, told.days, told.places, told.elsewhere) == (0, 0, [], [], 0)
    assert (told.people, told.areas) == (Cell(0), None)


def test_days_are_those_of_viet_nam(session: Session, desk: Desk) -> None:
    day = NOW.date()
    evening = datetime(day.year, day.month, day.day - 1, 16, 59, 59, tzinfo=UTC)
    send(desk, 1, at=evening)
    send(desk, 2, at=evening.replace(hour=17, minute=0, second=0))
    told = participation(session, desk.matter.id, TODAY)
    assert told.days == [(day.replace(day=day.day - 1), 1), (day, 2)]


def test_places_with_most_comments_come_first_and_the_others_are_summed_up(session: Session, desk: Desk) -> None:
    send(desk, 3, path="d2.k1")
    send(desk, 2, path="")
    send(desk, 1, path="d3")
    told = participation(session, desk.matter.id, TODAY)
    assert [(place.document, place.path, place.comments) for place in told.places] == [
        (1, "d2.k1", 3),
        (0, "", 2),
        (1, "d3", 1),
    ]
    assert len(told.places) <= MOST_PLACES
    assert told.comments == told.elsewhere + sum(place.comments for place in told.places)


def test_fewer_than_five_people_are_not_told(session: Session, desk: Desk) -> None:
    send(desk, 4, make_area(session))
    told = participation(session, desk.matter.id, TODAY)
    assert told.comments == 4
    assert (told.people, told.areas) == (Cell(None, few=True), None)


def test_communes_hide_each_other(session: Session, desk: Desk) -> None:
    small, middle, large = (make_area(session, name) for name in ("Xã Bé", "Xã Vừa", "Xã Lớn"))
    send(desk, 2, small)
    send(desk, 6, middle)
    send(desk, 9, large)
    send(desk, 7)
    told = participation(session, desk.matter.id, TODAY)
    assert told.people == Cell(24)
    assert told.areas == [
        CommuneCount("Xã Lớn", Cell(9)),
        CommuneCount("Xã Vừa", Cell(None)),
        CommuneCount("Xã Bé", Cell(None, few=True)),
        CommuneCount("", Cell(7)),
    ]


def test_of_few_people_not_even_their_communes_are_named(session: Session, desk: Desk) -> None:
    for name in ("Xã Bé", "Xã Nhỏ"):
        send(desk, 2, make_area(session, name))
    assert participation(session, desk.matter.id, TODAY).areas is None


def merged(session: Session, name: str, into: Area, parent: Area | None = None) -> Area:
    """A commune that became part of another in July 2025."""
    day = date(2025, 7, 1)
    old = make_area(session, name, parent=parent, valid_from=date(2020, 1, 1), valid_to=day)
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=into.id, on=day, source="NQ"))
    session.commit()
    return old


def test_who_names_a_commune_that_was_merged_counts_with_what_it_became(session: Session, desk: Desk) -> None:
    new, other = make_area(session, "Xã Mới"), make_area(session, "Xã Khác")
    old, divided = merged(session, "Xã Cũ", new), merged(session, "Xã Chia", new)
    session.add(AreaSuccession(predecessor_id=divided.id, successor_id=other.id, on=date(2025, 7, 1), source="NQ"))
    session.commit()
    for area, times in ((new, 5), (old, 7), (divided, 6)):
        send(desk, times, area)
    told = participation(session, desk.matter.id, TODAY)
    assert told.areas == [CommuneCount("Xã Mới", Cell(12)), CommuneCount("Xã Chia", Cell(6))]
    assert told.tellable == {new.id, old.id, divided.id}
    send(desk, 3, merged(session, "Xã Nhỏ", new))
    assert participation(session, desk.matter.id, TODAY).tellable == {new.id, old.id, divided.id}


def test_a_merger_entered_ahead_counts_from_its_day_on(session: Session, desk: Desk) -> None:
    new, eve, day = make_area(session, "Xã Mới"), TODAY + timedelta(days=9), TODAY + timedelta(days=10)
    old = make_area(session, "Xã Cũ", valid_from=date(2020, 1, 1), valid_to=day)
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=new.id, on=day, source="NQ"))
    session.commit()
    send(desk, 7, old)
    send(desk, 6, new)
    assert participation(session, desk.matter.id, eve).areas == [
        CommuneCount("Xã Cũ", Cell(7)),
        CommuneCount("Xã Mới", Cell(6)),
    ]
    assert participation(session, desk.matter.id, day).areas == [CommuneCount("Xã Mới", Cell(13))]
    kept = CachedCounts()
    told = [kept.participation(session, desk.matter, one).areas for one in (eve, day)]
    assert [len(areas or ()) for areas in told] == [2, 1]


def test_by_the_districts_before_only_sums_of_what_is_told(session: Session, desk: Desk) -> None:
    districts = [make_area(session, name, Level.DISTRICT) for name in ("Huyện A", "Huyện B")]
    units = {name: make_area(session, name) for name in ("Xã A1", "Xã A2", "Xã B1", "Xã B2", "Xã AB")}
    for name, unit in units.items():
        for district in districts:
            if district.name[-1] in name:
                merged(session, f"{name} cũ ở {district.name}", unit, district)
    for name, times in (("Xã A1", 20), ("Xã A2", 9), ("Xã B1", 30), ("Xã B2", 3), ("Xã AB", 8)):
        send(desk, times, units[name])
    both = participation(session, desk.matter.id, TODAY)
    former = {line.name: line.people for line in both.former or []}
    hidden = [line.name for line in both.areas or [] if line.people.count is None]
    assert hidden == ["Xã AB", "Xã B2"], "the one with few people, and one more so that it does not follow"
    assert former == {"Huyện A": Cell(29), "Huyện B": Cell(None), "Xã AB": Cell(None)}


def test_what_answers_say_and_who_spoke_add_up(session: Session, desk: Desk) -> None:
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Mặt trận xã")
    send(desk, 3)
    desk.receive(comment(), kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=front.id))
    desk.answer(1)
    desk.answer(2, disposition="not_accepted", text="Luật không cho phép.")
    told = participation(session, desk.matter.id, TODAY)
    assert told.bodies == (("citizen", 3), ("undisclosed", 1))
    assert told.dispositions == {"accepted": 1, "not_accepted": 1}
    desk.release(4)
    assert participation(session, desk.matter.id, TODAY).bodies == (("citizen", 3), ("commune.front_committee", 1))
