"""Handing a comment over to another unit with a reason: who gets it is told, and the case keeps the reason."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, NoneTaken
from consult.outbox.models import OutboxMessage
from consult.responses.desk.transfer import transfer
from tests.builders import NOW, make_unit
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk


def test_it_wants_a_reason_and_somebody(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.")
    with pytest.raises(Invalid) as invalid:
        transfer(session, desk.matter, [1], None, None, " ", desk.officer, NOW)
    assert invalid.value.errors == {"unit": "choose_one", "transfer_reason": "required"}


def test_who_has_it_already_is_not_given_it_again(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.")
    transfer(session, desk.matter, [1], desk.unit.id, None, "Thuộc môi trường.", desk.officer, NOW)
    with pytest.raises(NoneTaken, match="in_their_hands"):
        transfer(session, desk.matter, [1], desk.unit.id, None, "Lần nữa.", desk.officer, NOW)


def test_who_gets_it_is_told_and_reads_why(app: Flask, desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.")
    other = make_unit(desk.session, desk.body, "Phòng Pháp chế")
    other.mailbox = "phapche@example.test"
    desk.session.commit()
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/")
    typed = {"comment": [str(number)], "to_unit": str(other.id), "transfer_reason": "Vướng thẩm quyền."}
    assert "Đã chuyển các ý kiến" in listed.submit(typed, "Chuyển kèm lý do").text
    case = enter("leader").get(f"/xu-ly/{desk.matter.slug}/y-kien/{number}/")
    assert "giao cho Phòng Pháp chế" in case.text and "Vướng thẩm quyền." in case.text
    desk.session.rollback()
    while app.extensions["consult.worker"].work_once(clock.now()):
        pass
    asked = desk.session.scalars(select(OutboxMessage).where(OutboxMessage.event == "mail_requested")).all()
    assert [one.payload["unit_id"] for one in asked if one.payload["notice"] == "triage/transferred"] == [str(other.id)]
    mails = [path.read_text() for path in app.config["MAIL_FOLDER"].rglob("*") if path.is_file()]
    assert not [mail for mail in mails if "Vướng" in mail]


def test_it_waits_on_the_first_page_of_who_got_it(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    user = desk.people["second_officer"].id
    transfer(desk.session, desk.matter, [number], None, user, "Chị rõ việc này.", desk.officer, desk.now)
    page = enter("second_officer").get("/xu-ly/")
    assert "Ý kiến nơi khác chuyển đến kèm lý do" in page.text
    assert "Một." in enter("second_officer").get(f"/xu-ly/{desk.matter.slug}/?handed=1&draft=none&mine=1").text
