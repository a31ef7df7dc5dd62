"""Exchanges: an agenda made from what is open and late, arranged and written down, public once both sides agreed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import OrganisationKind, Role
from consult.programme import promises
from consult.programme.exchanges import decisions, found, preparing
from consult.programme.exchanges.models import Exchange
from consult.programme.exchanges.preparing import NewMinutes
from consult.programme.promise_models import Promise
from consult.programme.words import AgendaKind, PromiseKind
from consult.responses.referrals import service
from consult.responses.referrals.service import Passing
from tests.builders import NOW, make_actor, make_organisation
from tests.programme.inspections.scene import recorded as inspected
from tests.programme.scene import TODAY, Parties, make_parties
from tests.programme.sightings.scene import make_seen
from tests.responses.desk_builder import make_desk

QUARTER = (TODAY.year, (TODAY.month - 1) // 3 + 1)
WRITTEN = NewMinutes(TODAY, "Trụ sở Ủy ban", "Bà A, Phó Chủ tịch", "Ông B, Phó Giám đốc", "Bà C", "Thống nhất.")


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def prepared(parties: Parties) -> Exchange:
    """The exchange of this quarter under a programme with a late recommendation and an open one."""
    one = parties.programme()
    supervised = parties.round(one)
    parties.recommended(supervised, public=False, days=30, text="Sửa đường ống")
    owed = parties.recommended(supervised)
    owed.due_on = TODAY - timedelta(days=4)
    parties.session.commit()
    return preparing.prepare(parties.session, one, *QUARTER, parties.writer, NOW)


def test_the_agenda_has_what_is_late_before_what_is_open(parties: Parties) -> None:
    items = prepared(parties).items
    assert [(one.place, one.kind, one.count) for one in items] == [(1, AgendaKind.LATE, 4), (2, AgendaKind.OPEN, 30)]


def test_what_waits_for_a_decision_comes_first(session: Session, parties: Parties) -> None:
    one = parties.programme()
    owed = parties.recommended(parties.round(one))
    promises.say(session, owed, "done", "Đã làm", TODAY, parties.of_commune, NOW)
    made = preparing.prepare(session, one, *QUARTER, parties.officer, NOW)
    assert [item.kind for item in made.items] == [AgendaKind.WAITS]


def test_answers_that_are_late_are_on_it_by_matter(session: Session, parties: Parties) -> None:
    desk = make_desk(session, opened_before=90)
    desk.matter.answering_id = parties.department.id
    session.commit()
    desk.receive("Một.")
    made = preparing.prepare(session, parties.programme(), *QUARTER, parties.writer, NOW)
    assert [(item.kind, item.text) for item in made.items] == [(AgendaKind.ANSWERS, desk.matter.title)]
    assert made.items[0].count == 1


@pytest.mark.parametrize(("readable", "begins"), [(True, "Sở Y tế: "), (False, "")])
def test_where_a_comment_went_is_on_it_as_on_its_page(
    session: Session, parties: Parties, readable: bool, begins: str
) -> None:
    desk = make_desk(session, opened_before=90)
    desk.receive("Trạm y tế xuống cấp.")
    if readable:
        desk.release(1)
    desk.answer(1, disposition="referred", text="Thuộc thẩm quyền Sở Y tế.")
    sent = Passing("Sở Y tế", "12/SNNMT", TODAY - timedelta(days=40), due_on=TODAY - timedelta(days=1))
    service.pass_on(session, desk.matter, 1, sent, desk.officer, NOW)
    desk.matter.answering_id = parties.department.id
    session.commit()
    made = preparing.prepare(session, parties.programme(), *QUARTER, parties.writer, NOW)
    assert [item.text for item in made.items if item.kind is AgendaKind.REFERRAL] == [begins + desk.matter.title]


def test_late_and_open_cases_and_remedies_of_both_sides_are_on_it(session: Session, parties: Parties) -> None:
    one, seen = parties.programme(), make_seen(session)
    cases = [seen.case(text=text, due_on=TODAY + timedelta(days=3)) for text in ("Dọn rác", "Khơi cống", "Xong rồi")]
    cases[0].promise.due_on = TODAY - timedelta(days=2)
    session.commit()
    seen.end(cases[2])
    stranger = seen.case(text="Của sở khác").promise
    seen.given_to(parties.department)
    inspected(parties, one, due_on=TODAY + timedelta(days=9))
    other = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở khác")
    stranger.keeper_id = other.id
    session.commit()
    items = preparing.prepare(session, one, *QUARTER, parties.writer, NOW).items
    told = [(item.kind, item.text.partition(": ")[2], item.count) for item in items if item.kind != AgendaKind.ANSWERS]
    assert told == [
        (AgendaKind.LATE, "Dọn rác", 2),
        (AgendaKind.OPEN, "Công ty Chế biến gỗ Sông Cầu: Lắp hệ thống xử lý nước thải.", 9),
        (AgendaKind.OPEN, "Khơi cống", 3),
    ]  # fmt: skip
    assert items[0].path == f"/phan-anh/{seen.desk.matter.slug}/{cases[0].promise.number}/"


def test_a_quarter_has_one_exchange_and_none_outside_the_programme(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    with pytest.raises(Refused, match="exchange_exists"):
        preparing.prepare(session, one.programme, *QUARTER, parties.officer, NOW)
    for quarter, errors in (((1999, 1), {"year": "not_a_choice"}), ((TODAY.year, 5), {"quarter": "not_a_choice"})):
        with pytest.raises(Invalid) as wrong:
            preparing.prepare(session, one.programme, *quarter, parties.officer, NOW)
        assert wrong.value.errors == errors
    with pytest.raises(NotFound):
        preparing.prepare(session, one.programme, TODAY.year, 1, parties.of_commune, NOW)
    assert session.scalar(select(func.count()).select_from(Exchange)) == 1


def test_items_are_put_in_order_noted_left_out_and_added(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    late, open_ = (str(item.id) for item in one.items)
    new = NewMinutes(places={open_: 1, late: 2}, notes={late: "Làm ngay"}, further="Kinh phí năm sau")
    preparing.write(session, one, new, parties.officer, NOW)
    assert [(item.place, item.kind, item.note) for item in one.items] == [
        (1, AgendaKind.OPEN, ""), (2, AgendaKind.LATE, "Làm ngay"), (3, AgendaKind.OWN, ""),
    ]  # fmt: skip
    preparing.write(session, one, NewMinutes(left_out=frozenset({open_})), parties.officer, NOW)
    assert [(item.place, item.kind) for item in one.items] == [(1, AgendaKind.LATE), (2, AgendaKind.OWN)]


def test_looking_again_adds_what_is_new_alone(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    parties.task(one.programme)
    preparing.write(session, one, NewMinutes(), parties.writer, NOW, look_again=True)
    assert [item.text for item in one.items][2:] == [f"{parties.department.name}: Tập huấn phân loại rác"]


@pytest.mark.parametrize(
    ("new", "errors"),
    [
        (NewMinutes(held_on=TODAY + timedelta(days=1)), {"held_on": "in_the_future"}),
        (NewMinutes(place="x" * 301), {"place": "too_long"}),
        (NewMinutes(notes={"1": "x" * 100_001}), {"note-1": "too_long"}),
    ],
)
def test_what_cannot_be_written_down(session: Session, parties: Parties, new: NewMinutes, errors: dict) -> None:
    one = prepared(parties)
    with pytest.raises(Invalid) as wrong:
        preparing.write(session, one, new, parties.writer, NOW)
    assert wrong.value.errors == errors


def decided(parties: Parties, one: Exchange) -> Promise:
    """A decision that the department carries out within a month."""
    due = TODAY + timedelta(days=30)
    made = decisions.decide(
        parties.session, one, "Cấp 5 xe", parties.department.id, due, None, parties.writer, NOW
    )  # fmt: skip
    return parties.session.get_one(Promise, (made.consultation_id, made.id))


def test_minutes_are_public_with_decisions_once_both_agreed(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    promise = decided(parties, one)
    with pytest.raises(Refused, match="minutes_missing"):
        preparing.agree(session, one, parties.signer, NOW)
    preparing.write(session, one, WRITTEN, parties.writer, NOW)
    assert preparing.agree(session, one, parties.signer, NOW) is False
    assert preparing.agree(session, one, parties.leader, NOW) is True
    assert (promise.kind, promise.public_at, promise.keeper_id) == (PromiseKind.DECISION, NOW, parties.front.id)
    kinds = list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))
    assert kinds[-2:] == ["exchange_agreed", "promise_made"]
    found = select(OutboxMessage).where(OutboxMessage.event == "promises_told").order_by(OutboxMessage.id)
    told = session.scalars(found).all()
    assert told[-1].payload["promises"] == [promise.number]
    with pytest.raises(Refused, match="minutes_public"):
        preparing.write(session, one, WRITTEN, parties.writer, NOW)
    with pytest.raises(Refused, match="minutes_public"):
        decisions.take_back(session, one, promise.number, parties.writer)


def test_whatever_is_changed_is_agreed_to_anew(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    preparing.write(session, one, WRITTEN, parties.writer, NOW)
    preparing.agree(session, one, parties.signer, NOW)
    promise = decided(parties, one)
    assert not one.agreements
    preparing.agree(session, one, parties.signer, NOW)
    decisions.take_back(session, one, promise.number, parties.officer)
    assert (one.agreements, list(one.decisions)) == ([], [])
    with pytest.raises(NotFound):
        found.public_exchange(session, one.programme, one.number)


def test_what_a_decision_needs(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    preparing.write(session, one, WRITTEN, parties.writer, NOW)
    with pytest.raises(Invalid) as wrong:
        decisions.decide(session, one, " ", None, TODAY, None, parties.writer, NOW)
    assert wrong.value.errors == {"decided": "required", "by": "required", "due_on": "not_later"}


def test_a_decision_is_not_late_from_the_beginning(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    decisions.decide(session, one, "Cấp 5 xe", parties.department.id, TODAY, None, parties.writer, NOW)
    preparing.write(session, one, WRITTEN, parties.writer, NOW)
    with pytest.raises(Refused, match="decision_not_later"):
        preparing.agree(session, one, parties.signer, NOW)


def test_nobody_else_takes_part(session: Session, parties: Parties) -> None:
    one = prepared(parties)
    stranger = make_actor(session, make_organisation(session, OrganisationKind.DEPARTMENT), Role.LEADER)
    with pytest.raises(NotFound):
        preparing.write(session, one, WRITTEN, stranger, NOW)
    with pytest.raises(NotFound):
        preparing.agree(session, one, stranger, NOW)
