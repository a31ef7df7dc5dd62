"""Campaigns: prepared by one person and made public by another, counted by who takes part, corrected in the open, and
added up by unit alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Seat
from consult.programme.campaigns import listing, planning, results
from consult.programme.campaigns.listing import CampaignFilters, Sum
from consult.programme.campaigns.typed import NewResult, decimal, written
from tests.builders import NOW, make_actor, make_area, make_organisation
from tests.programme.campaigns.scene import MEASURES, Cleaning
from tests.programme.scene import make_parties


@pytest.fixture
def cleaning(session: Session) -> Cleaning:
    """A public programme."""
    return Cleaning(make_parties(session))


def told_bodies(session: Session) -> list[str]:
    """Which bodies are told of a campaign."""
    found = session.scalars(
        select(OutboxMessage).where(OutboxMessage.event == "campaign_told").order_by(OutboxMessage.id)
    )
    return [message.payload["organisation"] for message in found]


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"title": "", "about": " "}, {"title": "required", "about": "required"}),
        ({"bodies": (), "areas": ()}, {"bodies": "required", "areas": "required"}),
        ({"measures": "Rác nhựa"}, {"measures": "unit_missing"}),
        ({"measures": "Rác | kg\nrác | KG"}, {"measures": "counted_twice"}),
        ({"ends_on": None}, {"ends_on": "required"}),
        ({"kind": "x"}, {"kind": "required"}),
    ],
)
def test_what_a_campaign_needs(cleaning: Cleaning, facts: dict[str, Any], errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as wrong:
        cleaning.planned(**facts)
    assert wrong.value.errors == errors


def test_another_person_makes_it_public_and_who_takes_part_is_told(session: Session, cleaning: Cleaning) -> None:
    one, parties = cleaning.planned(public=False), cleaning.parties
    with pytest.raises(Refused, match="not_sender"):
        planning.release(session, one, parties.writer, NOW)
    with pytest.raises(NotFound):
        planning.own_campaign(session, cleaning.programme, one.number, cleaning.of_parish)
    planning.release(session, one, parties.leader, NOW)
    assert sorted(told_bodies(session)) == sorted([str(cleaning.parish.id), str(parties.commune.id)])
    assert planning.own_campaign(session, cleaning.programme, one.number, cleaning.of_parish) is one
    assert session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)).all()[-1] == "campaign_version"


def test_a_correction_is_public_with_its_reason_and_what_is_counted_stays(session: Session, cleaning: Cleaning) -> None:
    one, parties = cleaning.planned(), cleaning.parties
    later = parties.today + timedelta(days=3)
    for facts, error in (({}, {"reason": "required"}), ({"measures": "Khác | kg"}, {"measures": "measures_stay"})):
        with pytest.raises(Invalid) as wrong:
            new = cleaning.new(**{"reason": "" if not facts else "Mưa", **facts})
            planning.correct(session, one, new, parties.writer, NOW)
        assert wrong.value.errors == error
    new = cleaning.new(ends_on=later, measures=f"{MEASURES}\nCây trồng | cây", reason="Mưa, lùi ngày",
                       bodies=(cleaning.parish.id, parties.department.id))  # fmt: skip
    planning.correct(session, one, new, parties.writer, NOW)
    assert one.ends_on == parties.today
    session.refresh(one)
    planning.release(session, one, parties.signer, NOW)
    session.refresh(one)
    assert (one.ends_on, len(one.measures), [each.reason for each in one.versions]) == (later, 3, ["", "Mưa, lùi ngày"])
    assert told_bodies(session)[-1] == str(parties.department.id)
    assert len(told_bodies(session)) == 3


def test_what_was_never_public_goes_whole(session: Session, cleaning: Cleaning) -> None:
    one = cleaning.planned(public=False)
    assert planning.discard(session, one, cleaning.parties.officer) is True
    with pytest.raises(NotFound):
        planning.campaign_of(session, cleaning.programme, 1)


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"amount": "nhiều"}, {"amount": "not_an_amount"}),
        ({"amount": "0"}, {"amount": "not_an_amount"}),
        ({"measure": "3"}, {"measure": "required"}),
        ({"body_id": None, "area_id": None}, {"body": "required", "area": "required"}),
        ({"file": KeptFile("0" * 64, "a.png", "image/png", 1)}, {"consent": "required"}),
    ],
)
def test_what_a_result_needs(cleaning: Cleaning, facts: dict[str, Any], errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as wrong:
        cleaning.entered(cleaning.planned(), **facts)
    assert wrong.value.errors == errors


def test_a_day_outside_the_campaign_is_none_of_it(cleaning: Cleaning) -> None:
    one, today = cleaning.planned(), cleaning.parties.today
    for day, code in ((today + timedelta(days=1), "in_the_future"), (today - timedelta(days=8), "not_of_campaign")):
        with pytest.raises(Invalid) as wrong:
            cleaning.entered(one, day=day)
        assert wrong.value.errors == {"day": code}


def test_who_takes_part_enters_for_itself_and_others_find_nothing(session: Session, cleaning: Cleaning) -> None:
    one, parties = cleaning.planned(), cleaning.parties
    with pytest.raises(Invalid) as wrong:
        cleaning.entered(one, body_id=parties.commune.id)
    assert wrong.value.errors == {"body": "required"}
    results.enter(session, one, cleaning.counted(), parties.officer, NOW)
    stranger = make_actor(session, make_organisation(session, name="Sở khác"), Role.OFFICER)
    with pytest.raises(NotFound):
        results.enter(session, one, cleaning.counted(), stranger, NOW)


def test_another_person_of_a_party_makes_a_result_public(session: Session, cleaning: Cleaning) -> None:
    one, parties = cleaning.planned(), cleaning.parties
    number = cleaning.entered(one, public=False)
    assert listing.sums(session, [one])[one.id] == {}
    with pytest.raises(NotFound):
        results.release(session, one, number, cleaning.of_parish, NOW)
    mine = results.enter(session, one, cleaning.counted(), parties.signer, NOW).number
    with pytest.raises(Refused, match="own_words"):
        results.release(session, one, mine, parties.signer, NOW)
    results.release(session, one, number, parties.leader, NOW)
    assert listing.sums(session, [one])[one.id] == {1: Sum(12050, 1)}


def test_only_numbers_of_one_unit_are_added_up(session: Session, cleaning: Cleaning) -> None:
    other = make_area(session, name="Xã Bằng Lũng")
    one = cleaning.planned(areas=(cleaning.area.id, other.id))
    cleaning.entered(one, "1.250")
    cleaning.entered(one, "0,75", area_id=other.id)
    cleaning.entered(one, "34", measure="2")
    cleaning.entered(one, "99", public=False)
    assert listing.sums(session, [one])[one.id] == {1: Sum(125075, 2), 2: Sum(3400, 1)}
    assert listing.by_commune(session, one) == [
        ("Xã Bằng Lũng", {1: Sum(75, 1)}), ("Xã Chợ Đồn", {1: Sum(125000, 1), 2: Sum(3400, 1)}),
    ]  # fmt: skip


def test_a_corrected_result_counts_once_and_both_stay_to_be_read(session: Session, cleaning: Cleaning) -> None:
    one, parties = cleaning.planned(), cleaning.parties
    number = cleaning.entered(one)
    with pytest.raises(Invalid) as wrong:
        results.correct(session, one, number, cleaning.counted("20"), cleaning.of_parish, NOW)
    assert wrong.value.errors == {"reason": "required"}
    results.correct(session, one, number, cleaning.counted("0", reason="Ghi nhầm suối"), cleaning.of_parish, NOW)
    assert listing.sums(session, [one])[one.id] == {1: Sum(12050, 1)}
    session.flush()
    results.release(session, one, number, parties.signer, NOW)
    assert listing.sums(session, [one])[one.id] == {1: Sum(0, 1)}
    assert [(each.version, each.hundredths) for each in listing.versions(session, one, number)] == [(2, 0), (1, 12050)]


def test_what_waits_of_a_public_result_is_taken_out_alone(session: Session, cleaning: Cleaning) -> None:
    one = cleaning.planned()
    number = cleaning.entered(one)
    results.correct(session, one, number, cleaning.counted("7", reason="Nhầm"), cleaning.of_parish, NOW)
    session.flush()
    assert results.discard(session, one, number, cleaning.of_parish) is False
    with pytest.raises(Refused, match="nothing_waits"):
        results.discard(session, one, number, cleaning.of_parish)


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("1.250", 125000), ("1.250,5", 125050), ("12.5", 1250), ("12,05", 1205), ("1.2345", None), ("-3", None),
     ("1.25", 125), ("", None), ("12,", None)],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written_here(typed: str, hundredths: int | None) -> None:
    assert NewResult(None, None, None, "1", typed).hundredths == hundredths


def test_numbers_are_written_for_who_reads() -> None:
    assert (decimal(125050), decimal(5), decimal(700)) == ("1250.5", "0.05", "7")
    assert (written(125050, "vi"), written(125050, "en"), written(123456700, "vi")) == (
        "1.250,5",
        "1,250.5",
        "1.234.567",
    )


def test_campaigns_are_found_by_how_they_stand_where_and_when(session: Session, cleaning: Cleaning) -> None:
    one, today = cleaning.planned(), cleaning.parties.today
    ahead = today + timedelta(days=2)
    coming = cleaning.planned(starts_on=ahead, ends_on=ahead, kind="customs")
    cleaning.planned(public=False)

    def found(**asked: Any) -> list[int]:
        return [each.number for each in listing.listed(session, CampaignFilters(**asked), today, 10)]

    assert found() == [coming.number, one.number]
    assert (found(state="live"), found(state="coming"), found(state="done")) == ([one.number], [coming.number], [])
    assert found(area_id=cleaning.area.id) == [coming.number, one.number]
    assert found(area_id=make_area(session, name="Xã khác").id) == []
    assert (found(year=today.year - 2), found(kind=coming.kind)) == ([], [coming.number])


def test_what_waits_and_what_a_body_takes_part_in_is_told(session: Session, cleaning: Cleaning) -> None:
    one, programme = cleaning.planned(), cleaning.programme.consultation_id
    assert listing.waiting(session, [programme]) == []
    cleaning.entered(one, public=False)
    assert listing.waiting(session, [programme]) == [one]
    today = cleaning.parties.today
    assert listing.taken_part(session, frozenset({cleaning.parish.id}), today) == [one]
    assert listing.taken_part(session, frozenset({cleaning.parish.id}), today + timedelta(days=61)) == []


PICTURE = KeptFile("0" * 64, "a.png", "image/png", 1)


def test_a_picture_stays_with_who_agreed_to_be_on_it_or_goes(session: Session, cleaning: Cleaning) -> None:
    one, parties = cleaning.planned(), cleaning.parties
    number = cleaning.entered(one)

    def corrected(public: bool = False, **facts: Any) -> tuple[str, str]:
        new = cleaning.counted("9", reason="Thêm hình", **facts)
        made = results.correct(session, one, number, new, cleaning.of_parish, NOW)
        session.flush()
        if public:
            results.release(session, one, number, parties.signer, NOW)
        return made.file_hash, made.consent

    corrected(file=PICTURE, consent="Cả nhóm đã đồng ý")
    with pytest.raises(Invalid) as wrong:
        corrected()
    assert wrong.value.errors == {"consent": "required"}
    assert corrected(True, consent="Cả nhóm") == ("0" * 64, "Cả nhóm")
    assert corrected(True, drops_picture=True, consent="Rút lại") == ("", "")


def test_what_was_never_public_is_not_corrected_to_nothing(session: Session, cleaning: Cleaning) -> None:
    one = cleaning.planned()
    number = cleaning.entered(one, public=False)
    with pytest.raises(Invalid) as wrong:
        results.correct(session, one, number, cleaning.counted("0"), cleaning.of_parish, NOW)
    assert wrong.value.errors == {"amount": "not_an_amount"}


def test_that_a_small_party_sends_its_own_words_holds_for_its_own_counts_alone(
    session: Session, cleaning: Cleaning
) -> None:
    front = cleaning.parties.front
    one = cleaning.planned(bodies=(cleaning.parish.id, front.id))
    seat = Seat(front.id, front.kind, front.level, Role.SENDER, writer_sends=True)
    both = replace(cleaning.of_parish, seats=(*cleaning.of_parish.seats, seat))
    of_parish, own = (
        results.enter(session, one, cleaning.counted(body_id=body), both, NOW).number
        for body in (cleaning.parish.id, front.id)
    )
    with pytest.raises(Refused, match="own_words"):
        results.release(session, one, of_parish, both, NOW)
    results.release(session, one, own, both, NOW)
