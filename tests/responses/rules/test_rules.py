"""Rules give what comes to who deals with it, by clause through all drafts, and never take what somebody has."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, Refused
from consult.outbox.models import OutboxMessage
from consult.responses.desk.assignment import assign
from consult.responses.models import Assignment
from consult.responses.rules import handlers, service
from consult.responses.rules.matching import NewRule
from consult.responses.tags import reading
from consult.responses.tags import service as tags
from consult.submissions.acts.moving import move
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from tests.builders import DRAFT, NOW, make_unit
from tests.consultations.revised import revise
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk

CLAUSE = AnchorInput(1, 1, "d2")


def given(desk: Desk) -> dict[int, bool]:
    """The numbers of the comments that somebody was given, and whether by a rule."""
    rows = desk.session.execute(select(Comment.number, Assignment.rule_id).join(Assignment.comment))
    return {number: rule_id is not None for number, rule_id in rows}


def save(desk: Desk, **said: object) -> int:
    """A rule of an officer."""
    new = NewRule(**{"unit_id": desk.unit.id, **said})  # type: ignore[arg-type]
    return service.save(desk.session, desk.matter, new, desk.officer, NOW).number


def test_what_waits_is_tried_and_then_given_by_one_press(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(comment("Một", "d2.k1"), comment("Hai", "d1"), comment("Ba", "d2"))
    new = NewRule(CLAUSE, unit_id=desk.unit.id)
    assert service.tried(session, desk.matter, new, NOW).given == [1, 3]
    assert given(desk) == {}
    save(desk, place=CLAUSE)
    assert service.carry_out(session, desk.matter, desk.leader, NOW).given == [1, 3]
    assert given(desk) == {1: True, 3: True}
    assert service.carry_out(session, desk.matter, desk.leader, NOW).given == []


def test_what_a_person_gave_or_took_back_stays(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(comment("Một", "d2"), comment("Hai", "d2"), comment("Ba", "d2"))
    assign(session, desk.matter, [1], None, desk.people["officer"].id, desk.officer, NOW)
    assign(session, desk.matter, [2], desk.unit.id, None, desk.officer, NOW)
    assign(session, desk.matter, [2], None, None, desk.officer, NOW)
    save(desk, place=CLAUSE)
    assert service.carry_out(session, desk.matter, desk.leader, NOW).given == [3]


def test_the_first_rule_gives_and_each_tags(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(comment("Một", "d2.k1"))
    other = make_unit(session, desk.body, "Phòng Pháp chế")
    save(desk, place=AnchorInput(1, 1, "d2.k1"), unit_id=other.id, set_tag="Khoản một")
    save(desk, place=CLAUSE, set_tag="Điều hai")
    service.carry_out(session, desk.matter, desk.leader, NOW)
    assert session.scalars(select(Assignment.unit_id)).all() == [other.id]
    assert [one.name for one in reading.counted(session, desk.matter.id)] == ["Điều hai", "Khoản một"]


def test_a_rule_by_tag_and_by_kind(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", "Hai.")
    tags.put_on(session, desk.matter, [2], "Rác thải", desk.officer, NOW)
    assert service.tried(session, desk.matter, NewRule(tag=1, unit_id=desk.unit.id), NOW).given == [2]
    assert service.tried(session, desk.matter, NewRule(kind="citizen", unit_id=desk.unit.id), NOW).given == [1, 2]
    assert service.tried(session, desk.matter, NewRule(kind="organisation", unit_id=desk.unit.id), NOW).given == []


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, {"rule": "rule_for_nothing"}),
        ({"place": CLAUSE, "unit_id": None}, {"unit": "rule_does_nothing"}),
        ({"tag": 7}, {"tag": "not_a_choice"}),
        ({"place": CLAUSE, "set_tag": "x" * 61}, {"set_tag": "too_long"}),
    ],
)
def test_a_rule_that_is_none(session: Session, said: dict[str, object], errors: dict[str, str]) -> None:
    desk = make_desk(session)
    with pytest.raises(Invalid) as invalid:
        save(desk, **said)
    assert invalid.value.errors == errors and service.rules_of(session, desk.matter.id) == []


def test_an_ended_rule_gives_nothing(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(comment("Một", "d2"))
    number = save(desk, place=CLAUSE)
    service.end(session, desk.matter, number, desk.officer, NOW)
    with pytest.raises(Refused, match="no_rules"):
        service.carry_out(session, desk.matter, desk.leader, NOW)
    with pytest.raises(Refused, match="rule_ended"):
        service.end(session, desk.matter, number, desk.officer, NOW)


def test_what_comes_is_given_at_once(app: Flask, desk: Desk, enter: Enter) -> None:
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/quy-tac/")
    tried = page.submit({"rule_place": "Điều 2", "to_unit": str(desk.unit.id)}, "Thử với ý kiến đang có")
    assert "0 ý kiến đang chờ sẽ được giao cho Phòng Môi trường." in tried.text
    saved = tried.submit({}, "Lưu quy tắc")
    assert "Quy tắc số 1" in saved.text and "Điều 2" in saved.text
    (number,) = desk.receive(comment("Nên thu gom hằng ngày.", "d2.k2"))
    desk.session.rollback()
    while app.extensions["consult.worker"].work_once(clock.now()):
        pass
    case = enter("officer").get(f"/xu-ly/{desk.matter.slug}/y-kien/{number}/")
    assert "giao cho Phòng Môi trường" in case.text and "theo quy tắc số 1" in case.text


def test_a_rule_follows_its_clause_into_the_next_draft(session: Session) -> None:
    desk = make_desk(session)
    save(desk, place=CLAUSE)
    later = DRAFT.replace("### Điều 3.", "### Điều 4.").replace("### Điều 2.", "### Điều 3.")
    new = "### Điều 2. Giải thích từ ngữ\n\nTrong Quyết định này, hộ là hộ gia đình.\n\n### Điều 3."
    revise(session, desk.matter, desk.publisher, later.replace("### Điều 3.", new))
    there = comment("Ở chỗ cũ", "d3.k1"), comment("Ở chỗ mới", "d2")
    desk.receive(*(replace(one, anchor=replace(one.anchor, revision=2)) for one in there))  # type: ignore[type-var]
    assert service.carry_out(session, desk.matter, desk.officer, NOW).given == [1]


def test_what_is_moved_goes_where_the_rules_for_its_place_say(session: Session) -> None:
    desk = make_desk(session)
    save(desk, place=CLAUSE)
    desk.receive(comment("Một", ""), comment("Hai", "d1"))
    assign(session, desk.matter, [2], desk.unit.id, None, desk.officer, NOW)
    move(session, desk.matter, [1, 2], CLAUSE, "Nói về Điều 2.", desk.officer, NOW)
    moved = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "comment_changed")).all()
    handlers.after_moved(session, moved, NOW)
    # What somebody has stays with them.
    assert given(desk) == {1: True, 2: False}
