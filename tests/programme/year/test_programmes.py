"""Programmes and their yearly plans: who writes them down, that both sides agree, and that adjustments keep reasons."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter import overview, queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import Level, OrganisationKind, Role
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.year import programmes, task_list, tasks
from tests.builders import NOW, make_actor, make_organisation
from tests.programme.scene import TODAY, Parties, make_parties


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def kinds(session: Session) -> list[str]:
    """The kinds of what the log has."""
    return list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"title": " "}, {"title": "required"}),
        ({"title": "x" * 301}, {"title": "too_long"}),
        ({"first_party_id": None}, {"first_party": "required"}),
        ({"valid_from": None}, {"valid_from": "required"}),
        ({"valid_to": date(2020, 1, 1)}, {"valid_to": "before_it_began"}),
        ({"signed_on": date(2030, 1, 1)}, {"signed_on": "in_the_future"}),
    ],
)
def test_what_a_programme_needs(session: Session, parties: Parties, facts: dict, errors: dict) -> None:
    with pytest.raises(Invalid) as wrong:
        programmes.record(session, parties.new(**facts), parties.writer, NOW)
    assert wrong.value.errors == errors
    assert session.scalar(select(func.count()).select_from(Programme)) == 0


def test_the_parties_are_the_front_and_a_body_of_the_state(session: Session, parties: Parties) -> None:
    swapped = parties.new(first_party_id=parties.department.id, second_party_id=parties.front.id)
    with pytest.raises(Invalid) as wrong:
        programmes.record(session, swapped, parties.writer, NOW)
    assert wrong.value.errors == {"first_party": "not_a_choice", "second_party": "not_a_choice"}


def test_a_district_has_programmes_from_before_it_ended_alone(session: Session, parties: Parties) -> None:
    district = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, level=Level.DISTRICT)
    district.valid_to = date(2025, 7, 1)
    session.commit()
    writer = make_actor(session, district, Role.DRAFTER)
    with pytest.raises(Invalid) as wrong:
        programmes.record(session, parties.new(first_party_id=district.id, valid_from=date(2025, 7, 1)), writer, NOW)
    assert wrong.value.errors == {"first_party": "body_ended"}
    programmes.record(session, parties.new(first_party_id=district.id), writer, NOW)


def test_nobody_else_writes_one_down(session: Session, parties: Parties) -> None:
    with pytest.raises(NotFound):
        programmes.record(session, parties.new(), parties.of_commune, NOW)
    assert session.scalar(select(func.count()).select_from(Consultation)) == 0


def test_it_is_public_once_both_sides_agreed(session: Session, parties: Parties) -> None:
    one = parties.programme(public=False)
    with pytest.raises(Refused, match="not_sender"):
        programmes.agree(session, one, parties.writer, NOW)
    assert programmes.agree(session, one, parties.signer, NOW) is False
    with pytest.raises(Refused, match="already_agreed"):
        programmes.agree(session, one, parties.signer, NOW)
    with pytest.raises(NotFound):
        heads.public(session, one.matter.slug)
    assert programmes.agree(session, one, parties.leader, NOW) is True
    assert heads.public(session, one.matter.slug).public_at == NOW
    assert kinds(session) == ["programme_agreed"]
    with pytest.raises(Refused, match="already_public"):
        programmes.change(session, one, parties.new(), parties.writer, NOW)


def test_a_change_is_agreed_to_anew(session: Session, parties: Parties) -> None:
    one = parties.programme(public=False)
    programmes.agree(session, one, parties.signer, NOW)
    programmes.change(session, one, parties.new(title="Tên khác"), parties.writer, NOW)
    assert programmes.agree(session, one, parties.leader, NOW) is False
    assert (one.agreed_by(parties.front.id), one.matter.title) == (None, "Tên khác")


def test_its_matter_is_none_that_asks_people(session: Session, parties: Parties) -> None:
    """The matter only lends lock, log and numbers: no list of matters has it, and no page finds it."""
    one = parties.programme()
    assert queries.published(session, NOW) == []
    assert overview.matters(session, make_actor(session, parties.front, Role.OFFICER, Role.PUBLISHER), NOW) == []
    with pytest.raises(NotFound):
        queries.by_slug(session, one.matter.slug)
    assert queries.logged(session, one.matter.slug).id == one.consultation_id


def test_sentences_have_their_labels(parties: Parties) -> None:
    assert programmes.sentences_of("II.5 | Giám sát\n\nTriển khai | sâu\nKhác") == [
        {"label": "II.5", "text": "Giám sát"},
        {"label": "Triển khai", "text": "sâu"},
        {"label": "", "text": "Khác"},
    ]


def test_the_province_sees_which_communes_have_none(session: Session, parties: Parties) -> None:
    province = parties.programme()
    fronts = [
        make_organisation(session, OrganisationKind.FRONT_COMMITTEE, level=Level.COMMUNE, name=f"Mặt trận xã {name}")
        for name in ("A", "B")
    ]
    writer, signer = (make_actor(session, fronts[0], role) for role in (Role.DRAFTER, Role.SENDER))
    new = parties.new(
        first_party_id=fronts[0].id, second_party_id=parties.commune.id, parent_id=province.consultation_id
    )
    one = programmes.record(session, new, writer, NOW)
    for actor in (signer, parties.head_of_commune):
        programmes.agree(session, one, actor, NOW)
    assert [each.consultation_id for each in programmes.below(session, province)] == [one.consultation_id]
    assert [body.name for body in programmes.without(session, province, TODAY)] == ["Mặt trận xã B"]
    assert programmes.without(session, one, TODAY) == []


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"text": ""}, {"text": "required"}),
        ({"by_id": None}, {"by": "required"}),
        ({"due_on": None}, {"due_on": "required"}),
        ({"due_on": date(2027, 1, 1)}, {"due_on": "not_of_this_year"}),
        ({"money": "x" * 301}, {"money": "too_long"}),
    ],
)
def test_what_a_task_needs(session: Session, parties: Parties, facts: dict, errors: dict) -> None:
    one = parties.programme()
    with pytest.raises(Invalid) as wrong:
        tasks.add(session, one, TODAY.year, parties.new_task(**facts), parties.writer, NOW)
    assert wrong.value.errors == errors
    assert session.scalar(select(func.count()).select_from(Promise)) == 0


def test_each_party_follows_what_the_other_owes(session: Session, parties: Parties) -> None:
    one = parties.programme()
    made = {body.id: parties.task(one, public=False, by_id=body.id).promise.keeper_id
            for body in (parties.front, parties.department, parties.commune)}  # fmt: skip
    assert made == {
        parties.front.id: parties.department.id, parties.department.id: parties.front.id,
        parties.commune.id: parties.front.id,
    }  # fmt: skip


def test_a_plan_is_public_with_its_tasks_once_both_agreed(session: Session, parties: Parties) -> None:
    one = parties.programme()
    with pytest.raises(Refused, match="plan_empty"):
        tasks.agree(session, one, TODAY.year, parties.signer, NOW)
    task = parties.task(one)
    assert task.promise.public_at == NOW
    assert kinds(session) == ["programme_agreed", "plan_agreed", "promise_made"]


def test_a_public_plan_is_adjusted_with_a_reason_that_is_kept(session: Session, parties: Parties) -> None:
    one, year = parties.programme(), TODAY.year
    task = parties.task(one)
    number, due = task.promise.number, task.promise.due_on
    with pytest.raises(Invalid) as wrong:
        tasks.change(session, one, year, number, parties.new_task(output="3 lớp"), parties.officer, NOW)
    assert wrong.value.errors == {"reason": "required"}
    new = parties.new_task(output="3 lớp", reason="Thêm người đăng ký", due_on=date(year, 1, 1))
    tasks.change(session, one, year, number, new, parties.officer, NOW)
    assert task.promise.due_on == due
    tasks.remove(session, one, year, number, "Chuyển sang năm sau", parties.writer, NOW)
    changes = task_list.changes_of(session, task_list.plan_of(session, one, year))
    assert {(change.before["output"], change.reason) for change in changes} == {
        ("2 lớp", "Thêm người đăng ký"), ("3 lớp", "Chuyển sang năm sau"),
    }  # fmt: skip
    assert kinds(session)[-2:] == ["promise_changed", "promise_ended"]


def test_who_owes_a_public_task_neither_takes_it_out_nor_hands_it_over(session: Session, parties: Parties) -> None:
    one, year = parties.programme(), TODAY.year
    task = parties.task(one)
    number = task.promise.number
    with pytest.raises(Refused, match="keeper_decides"):
        tasks.remove(session, one, year, number, "Không làm nữa", parties.officer, NOW)
    other = parties.new_task(by_id=parties.commune.id, reason="Giao cho xã")
    with pytest.raises(Refused, match="keeper_decides"):
        tasks.change(session, one, year, number, other, parties.officer, NOW)
    assert (task.promise.ended_on, task.promise.by_id) == (None, parties.department.id)


def test_who_owes_a_task_from_now_on_is_told(session: Session, parties: Parties) -> None:
    one, year = parties.programme(), TODAY.year
    task = parties.task(one)
    task.promise.reminded_on = TODAY
    session.commit()
    new = parties.new_task(by_id=parties.commune.id, reason="Giao cho xã")
    tasks.change(session, one, year, task.promise.number, new, parties.writer, NOW)
    told = session.scalars(
        select(OutboxMessage).where(OutboxMessage.event == "promises_told").order_by(OutboxMessage.id)
    )
    assert [one.payload["organisation"] for one in told] == [str(parties.department.id), str(parties.commune.id)]
    assert task.promise.reminded_on is None


def test_the_parties_of_today_follow_tasks_that_were_written_before_they_changed(
    session: Session, parties: Parties
) -> None:
    one = parties.programme(public=False)
    task = parties.task(one, public=False, by_id=parties.front.id)
    programmes.change(session, one, parties.new(second_party_id=parties.commune.id), parties.writer, NOW)
    assert task.promise.keeper_id == parties.commune.id


def test_what_is_not_public_yet_is_taken_out_without_a_word(session: Session, parties: Parties) -> None:
    one = parties.programme()
    task = parties.task(one, public=False)
    tasks.remove(session, one, TODAY.year, task.promise.number, "", parties.writer, NOW)
    assert session.scalar(select(func.count()).select_from(Promise)) == 0
