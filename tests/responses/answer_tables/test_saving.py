"""Saving what a table says: all that was chosen or nothing, by who may, in as many statements for many as for few."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from consult.errors import NotFound, Refused
from consult.policy import Actor
from consult.responses.answer_tables import codes, service
from consult.responses.answer_tables.codes import RowCode
from consult.responses.answer_tables.rows import Row
from consult.responses.answer_tables.upload import Brought
from consult.responses.models import ResponseVersion
from tests.responses.answer_tables.made import EXCEL, WORD, brought, changed_sheet, filled, taken_out
from tests.responses.desk_builder import Desk, make_desk
from tests.responses.investor_scene import PLANTED, make_project
from tests.statements import statements_of

CELL = "Không tiếp thu. Kinh phí của xã chưa đủ cho việc số {}."


class Fault(Exception):
    """A database that fails."""


def say(code: str, **_values: object) -> str:
    return code


def row(desk: Desk, number: int) -> Row:
    """A row for a comment, filled in."""
    code = RowCode(codes.COMMENT, number, 1, codes.of_comments([(number, 1)]))
    return Row(number, codes.written(desk.matter.id, code), "", CELL.format(number))


def kept_for(desk: Desk, count: int) -> Any:
    numbers = desk.receive(*(f"Việc số {number}." for number in range(count)))
    rows = [row(desk, number) for number in numbers]
    return service.keep(desk.session, desk.matter, "bang.docx", Brought(rows), desk.officer, desk.now)


def seen(desk: Desk, kept: Any) -> dict[str, str]:
    plan = service.plan(desk.session, desk.matter, kept, {}, say)
    return {one.key: one.version for one in plan.rows}


def save(desk: Desk, kept: Any, chosen: dict[str, str], actor: Actor | None = None) -> Any:
    return service.save(
        desk.session, desk.matter, kept.id, chosen, {}, (), actor or desk.officer, desk.now, say
    )  # fmt: skip


def texts(desk: Desk) -> list[str]:
    return list(desk.session.scalars(select(ResponseVersion.text).order_by(ResponseVersion.text)))


def test_each_row_becomes_an_answer(session: Session) -> None:
    desk = make_desk(session)
    kept = kept_for(desk, 3)
    done = save(desk, kept, seen(desk, kept))
    assert list(done.numbers) == [1, 2, 3] and not done.left
    assert texts(desk) == [f"Kinh phí của xã chưa đủ cho việc số {number}." for number in (1, 2, 3)]


def test_the_same_press_again_saves_nothing_more(session: Session) -> None:
    desk = make_desk(session)
    kept = kept_for(desk, 2)
    chosen = seen(desk, kept)
    save(desk, kept, chosen)
    with pytest.raises(Refused, match="row_changed"):
        save(desk, kept, chosen)
    assert len(texts(desk)) == 2


@pytest.mark.parametrize("nth", [1, 2, 4, 7])
def test_a_fault_in_the_middle_leaves_nothing(session: Session, nth: int) -> None:
    desk = make_desk(session)
    kept = kept_for(desk, 3)
    chosen, met, bind = seen(desk, kept), [0], session.get_bind()

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            met[0] += 1
            if met[0] == nth:
                raise Fault

    event.listen(bind, "before_cursor_execute", fail)
    try:
        with pytest.raises(Fault):
            save(desk, kept, chosen)
    finally:
        event.remove(bind, "before_cursor_execute", fail)
    session.rollback()
    assert texts(desk) == [] and service.find(session, desk.matter, kept.id, desk.officer.user_id).saved == []


def test_who_does_not_answer_saves_nothing(session: Session) -> None:
    desk = make_desk(session)
    kept = kept_for(desk, 1)
    with pytest.raises((Refused, NotFound)):
        save(desk, kept, seen(desk, kept), desk.publisher)
    assert texts(desk) == []


def test_a_plan_takes_as_many_statements_for_many_rows_as_for_few(session: Session) -> None:
    desk = make_desk(session)
    few, many = kept_for(desk, 2), kept_for(desk, 40)
    told = []
    for kept in (few, many):
        with statements_of(session) as said:
            service.plan(session, desk.matter, kept, {}, say)
        told.append(len(said))
    assert told[1] <= told[0]


def test_an_investor_takes_out_nothing_that_tells_who_said_it(app: Flask, app_session: Session) -> None:
    project = make_project(app, app_session)
    browser, slug = project.enter("investor officer"), project.desk.matter.slug
    data = taken_out(browser, slug, EXCEL, "all")
    sheet: list[str] = []
    changed_sheet(data, lambda one: sheet.extend(str(cell.value) for line in one.iter_rows() for cell in line))
    assert not [secret for secret in PLANTED if secret in " ".join(sheet)]
    page = brought(browser, slug, filled(taken_out(browser, slug, WORD), {"trạm trộn": CELL.format(1)}))
    assert "1 câu trả lời mới" in page.text and not [secret for secret in PLANTED if secret in page.html]
