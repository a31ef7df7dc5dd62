"""Models: written by one person and public by another, corrected with a trace, ended and taken up again, copied by
bodies that alone read whom to call."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.models import AreaSuccession
from consult.programme.practices import acts, listing, registry
from consult.programme.practices.acts import NewAct
from consult.programme.practices.listing import PracticeFilters
from consult.programme.practices.models import Practice
from consult.programme.words import PracticeKind
from tests.builders import NOW, make_area
from tests.programme.practices.scene import Models
from tests.programme.scene import TODAY, make_parties


@pytest.fixture
def models(session: Session) -> Models:
    """A public programme and a commune."""
    return Models(make_parties(session))


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"title": " "}, {"title": "required"}),
        ({"kind": "anything"}, {"kind": "required"}),
        ({"area_id": None}, {"area": "required"}),
        ({"started_on": TODAY + timedelta(days=1)}, {"started_on": "in_the_future"}),
        ({"households": "nhiều"}, {"households": "not_a_number"}),
        ({"contact": "x" * 301}, {"contact": "too_long"}),
    ],
)
def test_what_a_model_needs(session: Session, models: Models, facts: dict, errors: dict) -> None:
    with pytest.raises(Invalid) as wrong:
        models.made(**facts)
    assert wrong.value.errors == errors
    assert session.scalar(select(func.count()).select_from(Practice)) == 0


def test_who_wrote_it_does_not_make_it_public(session: Session, models: Models) -> None:
    one = models.made(public=False)
    for actor, refusal in ((models.parties.writer, "not_sender"), (models.parties.head_of_commune, "not_sender")):
        with pytest.raises(Refused, match=refusal):
            acts.release(session, one, 1, actor, NOW)
    with pytest.raises(NotFound):
        registry.public_practice(session, models.programme, one.number)
    acts.release(session, one, 1, models.parties.leader, NOW)
    assert registry.public_practice(session, models.programme, one.number) is one
    assert session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)).all()[-1] == "practice_act"


def test_the_body_that_leads_it_writes_it_down_itself(session: Session, models: Models) -> None:
    made = registry.begin(session, models.programme, models.new(), models.parties.of_commune, NOW)
    assert made.lead_id == models.parties.commune.id
    with pytest.raises(NotFound):
        new = models.new(lead_id=models.parties.front.id)
        registry.begin(session, models.programme, new, models.parties.of_commune, NOW)


def test_a_correction_needs_a_reason_and_another_person_and_leaves_what_stood_there(
    session: Session, models: Models
) -> None:
    one = models.made()
    with pytest.raises(Invalid) as wrong:
        registry.correct(session, one, models.new(households="60"), models.parties.writer, NOW)
    assert wrong.value.errors == {"reason": "required"}
    registry.correct(session, one, models.new(households="60", reason="Đếm lại"), models.parties.writer, NOW)
    assert one.households == 45
    with pytest.raises(Refused, match="practice_waits"):
        registry.correct(session, one, models.new(households="61", reason="Nữa"), models.parties.writer, NOW)
    acts.release(session, one, 2, models.parties.signer, NOW)
    act = acts.act_of(one, 2)
    assert (one.households, act.before["households"], act.details["households"]) == (60, 45, 60)


def test_the_contact_changes_at_once_and_stands_in_no_log(session: Session, models: Models) -> None:
    one = models.made()
    new = models.new(contact="Ông Khác, 0900 000 002", reason="Đổi đầu mối")
    registry.correct(session, one, new, models.parties.writer, NOW)
    session.flush()
    session.refresh(one)
    assert (one.contact, len(one.acts)) == ("Ông Khác, 0900 000 002", 1)
    assert "0900" not in str([act.details for act in one.acts])


def test_it_ends_with_a_reason_and_may_begin_again(session: Session, models: Models) -> None:
    one = models.made()
    with pytest.raises(Refused, match="practice_not_ended"):
        models.said(one, "resumed", day=TODAY)
    acts.discard(session, one, 2, models.parties.writer, NOW)
    models.said(one, "ended", day=TODAY, text="Hết kinh phí")
    assert one.ended_on == TODAY
    models.said(one, "resumed", day=TODAY)
    assert one.ended_on is None


@pytest.mark.parametrize(
    ("new", "errors"),
    [
        (NewAct("evaluation", "Tốt", year="1900"), {"year": "not_a_year"}),
        (NewAct("ended", "Dừng"), {"day": "required"}),
        (NewAct("picture", "Hình"), {"picture": "required", "consent": "required"}),
        (NewAct("material", ""), {"text": "required", "file": "required"}),
        (NewAct("facts", "Khác"), {"act": "required"}),
    ],
)
def test_what_is_recorded_needs_its_facts(session: Session, models: Models, new: NewAct, errors: dict) -> None:
    one = models.made()
    with pytest.raises(Invalid) as wrong:
        acts.record(session, one, new, models.parties.writer, NOW)
    assert wrong.value.errors == errors


def test_what_is_not_public_is_taken_out_whole(session: Session, models: Models) -> None:
    one = models.made(public=False)
    models.said(one, "evaluation", public=False, year=str(TODAY.year))
    assert acts.discard(session, one, 1, models.parties.writer, NOW)
    session.flush()
    assert session.scalar(select(func.count()).select_from(Practice)) == 0
    kept = models.made()
    with pytest.raises(Refused, match="already_public"):
        acts.discard(session, kept, 1, models.parties.writer, NOW)


def test_a_body_that_asks_reads_whom_to_call_and_the_leading_one_is_told_once(session: Session, models: Models) -> None:
    parties, one = models.parties, models.made(lead_id=models.parties.front.id)
    assert not acts.may_read_contact(one, parties.of_commune)
    for _twice in range(2):
        acts.ask(session, one, "Thôn khác", parties.commune.id, parties.of_commune, NOW)
        session.flush()
        session.refresh(one)
    assert acts.may_read_contact(one, parties.of_commune)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "practice_asked")).all()
    assert [message.payload["organisation"] for message in told] == [str(parties.front.id)]
    with pytest.raises(NotFound):
        acts.ask(session, one, "", parties.department.id, parties.of_commune, NOW)


def test_copies_stand_beneath_what_they_spread_from(session: Session, models: Models) -> None:
    root = models.made(title="Gốc")
    copy = models.made(title="Bản một", parent_id=root.id)
    models.made(title="Bản hai", parent_id=copy.id)
    models.made(title="Riêng")
    assert [one.title for one in listing.roots(session, 10)] == ["Gốc"]
    tree = listing.trees(session, [listing.root_of(session, copy)])[0]
    below = tree.copies[0]
    assert (tree.practice.title, below.practice.title, below.copies[0].practice.title) == ("Gốc", "Bản một", "Bản hai")
    assert listing.sums(session) == (4, 4, 2)


def test_no_model_comes_from_itself(session: Session, models: Models) -> None:
    one, other = models.made(title="Một"), models.made(title="Hai")
    for model, parent in ((one, other), (other, one)):
        new = replace(models.new(title=model.title, parent_id=parent.id), reason="Ghi nguồn")
        registry.correct(session, model, new, models.parties.writer, NOW)
        session.flush()
    acts.release(session, one, 2, models.parties.signer, NOW)
    with pytest.raises(Refused, match="practice_circle"):
        acts.release(session, other, 2, models.parties.signer, NOW)


def test_the_list_is_narrowed(session: Session, models: Models) -> None:
    water, waste = models.made(title="Giếng", kind="water"), models.made(title="Rác")
    models.said(waste, "ended", day=TODAY)
    asked = (
        PracticeFilters(kind=PracticeKind.WATER),
        PracticeFilters("ended"),
        PracticeFilters(area_id=models.area.id),
    )
    found = [[one.title for one in listing.listed(session, each, TODAY, 10)] for each in asked]
    assert found == [["Giếng"], ["Rác"], ["Rác", "Giếng"]]
    assert water.ended_on is None


@pytest.mark.parametrize("days", [1, 0, -1])
def test_a_commune_of_a_day_counts_what_stands_under_its_old_names(session: Session, models: Models, days: int) -> None:
    """A merger into a commune that is there already may be entered before its day."""
    models.made()
    old, heir, day = models.area, make_area(session, name="Xã Nà Mới"), TODAY + timedelta(days=days)
    old.valid_to = day
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=heir.id, on=day, source="Nghị quyết"))
    session.commit()
    models.made(area_id=heir.id)
    counted = listing.by_commune(session, TODAY)
    assert counted == (
        [(old.id, old.name, 1, 0), (heir.id, heir.name, 1, 0)] if days > 0 else [(heir.id, heir.name, 2, 0)]
    )
    for one in (old, heir):
        found = listing.listed(session, PracticeFilters(area_id=one.id), TODAY, 10)
        assert (
            len(found) == len(listing.table(session, PracticeFilters(area_id=one.id), TODAY)) == (1 if days > 0 else 2)
        )
