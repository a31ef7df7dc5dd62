"""Standard passages: kept by a unit or for a matter, put into answers without a script, changed with every version."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.responses.passages import found, service
from consult.responses.passages.models import Passage, PassageUse
from tests.builders import NOW, make_unit
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk

TITLE, TEXT = "Kinh phí", "Kinh phí năm nay của xã chưa bố trí được cho việc này."
INSERT = "Chèn vào câu trả lời"
FORM = "Lưu bản trả lời"


def known(desk: Desk, actor: Actor, archived: bool = False) -> list[str]:
    return [one.title for one in found.known(desk.session, desk.matter, actor, archived)]


def add(desk: Desk, scope: str = "unit", title: str = TITLE, actor: Actor | None = None) -> Passage:
    return service.add(desk.session, desk.matter, scope, title, TEXT, actor or desk.officer, NOW)


def test_a_passage_of_the_body_is_there_in_every_matter_and_one_of_a_matter_in_it_alone(session: Session) -> None:
    desk = make_desk(session)
    add(desk, "unit"), add(desk, "matter", "Riêng đợt này")
    other = make_desk(session)
    other.matter.answering_id = desk.matter.answering_id
    session.flush()
    assert known(desk, desk.second_officer) == [TITLE, "Riêng đợt này"]
    assert [one.title for one in found.known(session, other.matter, desk.second_officer)] == [TITLE]


def test_a_passage_of_a_unit_is_for_its_people(session: Session) -> None:
    desk = make_desk(session)
    unit = make_unit(session, desk.body, "Phòng Môi trường")
    seat = desk.officer.seats[0]
    of_unit = Actor(desk.officer.user_id, desk.officer.name, (type(seat)(**{**vars(seat), "unit_id": unit.id}),))
    add(desk, "unit", actor=of_unit)
    assert known(desk, of_unit) == [TITLE] and known(desk, desk.second_officer) == []


def test_what_is_wrong_is_told(session: Session) -> None:
    desk = make_desk(session)
    with pytest.raises(Invalid) as wrong:
        service.add(session, desk.matter, "unit", " ", "", desk.officer, NOW)
    assert wrong.value.errors == {"title": "required", "text": "required"}
    with pytest.raises((Refused, NotFound)):
        add(desk, actor=desk.publisher)
    assert session.scalars(select(Passage)).all() == []


def test_every_version_is_kept_and_nobody_overwrites_another(session: Session) -> None:
    desk = make_desk(session)
    one = add(desk)
    service.change(session, desk.matter, one.id, 1, TITLE, "Đã có kinh phí.", desk.second_officer, NOW)
    with pytest.raises(Refused, match="passage_changed"):
        service.change(session, desk.matter, one.id, 1, TITLE, "Khác.", desk.officer, NOW)
    assert [said.text for said, _who in found.versions_of(session, one.id)] == ["Đã có kinh phí.", TEXT]


def test_what_is_put_away_is_offered_no_more_and_may_come_back(session: Session) -> None:
    desk = make_desk(session)
    one = add(desk)
    service.put_away(session, desk.matter, one.id, True, desk.officer, NOW)
    assert known(desk, desk.officer) == [] and known(desk, desk.officer, archived=True) == [TITLE]
    with pytest.raises(Refused, match="passage_archived"):
        service.change(session, desk.matter, one.id, 1, TITLE, "Khác.", desk.officer, NOW)
    service.put_away(session, desk.matter, one.id, False, desk.officer, NOW)
    assert known(desk, desk.officer) == [TITLE]


def test_words_are_found_without_accents(session: Session) -> None:
    desk = make_desk(session)
    add(desk), add(desk, title="Thẩm quyền")
    every = found.known(session, desk.matter, desk.officer)
    assert [one.title for one in found.saying(every, "tham quyen")] == ["Thẩm quyền"]


def kept(desk: Desk, enter: Enter) -> Page:
    """The page after a passage was kept through the form."""
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/doan-soan-san/")
    return page.submit({"Tên đoạn": TITLE, "Nội dung đoạn": TEXT}, "Lưu đoạn")


def test_a_passage_stands_behind_what_was_typed_and_its_use_is_counted(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.")
    assert "Đã lưu đoạn soạn sẵn" in kept(desk, enter).text
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    with_it = form.submit({"disposition": "not_accepted", "text": "Đã xem xét."}, INSERT)
    typed = with_it.form(FORM).values()
    assert typed["text"].strip() == f"Đã xem xét.\n\n{TEXT}" and typed["disposition"] == "not_accepted"
    assert with_it.browser.get(with_it.address).form(FORM).values()["text"].strip() == typed["text"].strip()
    saved = with_it.submit({}, FORM)
    assert "Đã lưu" in saved.text
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/doan-soan-san/")
    assert "Đã dùng trong 1 câu trả lời" in listed.click(TITLE).text


def test_what_was_taken_out_again_is_no_use(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.")
    kept(desk, enter)
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    with_it = form.submit({"disposition": "noted", "text": ""}, INSERT)
    with_it.submit({"text": "Ghi nhận ý kiến của ông."}, FORM)
    assert desk.session.scalars(select(PassageUse)).all() == []


def test_what_another_saved_meanwhile_stands_beside_the_passage(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.")
    kept(desk, enter)
    made = desk.draft(number, text="Tiếp thu theo đề nghị.")
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/{made.id}/")
    desk.draft(number, text="Bổ sung hai xe.", response_id=made.id, actor=desk.second_officer)
    page = form.submit({"text": "Bản của tôi."}, INSERT)
    assert page.status == 409 and "Bổ sung hai xe." in page.text and "Bản của tôi." in page.html


def test_a_passage_is_changed_and_put_away_on_its_page(desk: Desk, enter: Enter) -> None:
    page = kept(desk, enter).click(TITLE)
    changed = page.submit({"Nội dung đoạn": "Đã có kinh phí."}, "Lưu đoạn")
    assert "Các bản trước" in changed.text
    assert "không còn được đưa ra" in changed.submit({}, "Cất đoạn này").text
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/doan-soan-san/?archived=1&q=kinh phi")
    assert "đã cất" in listed.text
