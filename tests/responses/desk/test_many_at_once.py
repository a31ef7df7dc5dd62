"""Acts on many comments at once: they take those they can, name the rest, and one answer goes on without those."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import NoneTaken
from consult.responses.answers import answer_state
from consult.responses.desk.assignment import assign
from consult.submissions.acts import service as acts
from tests.builders import NOW
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk


def _at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def test_assigning_takes_those_that_are_to_be_answered(session: Session) -> None:
    desk = make_desk(session)
    one, gone, whole = desk.receive("Một.", "Tố cáo.", "Hai việc.")
    acts.pass_on(session, desk.matter, [gone], "", desk.officer, NOW)
    acts.split(session, desk.matter, whole, [comment("Việc một."), comment("Việc hai.")], desk.officer, NOW)
    done = assign(session, desk.matter, [one, gone, whole], desk.unit.id, None, desk.officer, NOW)
    assert (done.numbers, done.left) == ([one], {"nobody_answers": [gone, whole]})
    with pytest.raises(NoneTaken, match="nobody_answers"):
        assign(session, desk.matter, [gone], desk.unit.id, None, desk.officer, NOW)


def test_what_ended_since_is_taken_from_who_had_it(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.", "Tố cáo.")
    assign(session, desk.matter, numbers, desk.unit.id, None, desk.officer, NOW)
    acts.pass_on(session, desk.matter, numbers[1:], "", desk.officer, NOW)
    assert assign(session, desk.matter, numbers, None, None, desk.officer, NOW).numbers == numbers


def test_the_list_names_what_could_not_be_assigned(desk: Desk, enter: Enter) -> None:
    one, gone = desk.receive("Một.", "Tố cáo.")
    acts.pass_on(desk.session, desk.matter, [gone], "", desk.officer, desk.now)
    desk.session.commit()
    ticked = {"comment": [str(one), str(gone)], "to_unit": str(desk.unit.id)}
    page = enter("officer").get(_at(desk)).submit(ticked, "Giao xử lý")
    assert f"Đã thực hiện với 1 ý kiến: số {one}" in page.text
    assert f"Ý kiến số {gone} đã rút, không hợp lệ, đã tách hoặc đã chuyển" in page.text


def test_an_answer_goes_on_without_what_another_answer_has(desk: Desk, enter: Enter) -> None:
    one, two, three = desk.receive("Một.", "Hai.", "Ba.")
    form = enter("officer").get(_at(desk, f"tra-loi/?comment={one}&comment={two}&comment={three}"))
    desk.draft(two, text="Đã có lời.", actor=desk.second_officer)
    desk.session.commit()
    page = form.submit(
        {"disposition": "accepted", "text": "Tiếp thu cả ba.", "change_path": "d2.k1"}, "Lưu bản trả lời"
    )
    assert page.status == 409 and f"Ý kiến số {two} đã có câu trả lời khác" in page.text
    saved = page.submit({}, f"Lưu cho các ý kiến còn lại: {one}, {three}")
    assert "Đã lưu" in saved.text
    found = answer_state.read(desk.session, desk.matter.id)
    assert sorted(answer.numbers for answer in found) == [[one, three], [two]]


def test_an_answer_goes_on_without_what_ended_while_it_was_written(desk: Desk, enter: Enter) -> None:
    one, two = desk.receive("Một.", "Tố cáo.")
    form = enter("officer").get(_at(desk, f"tra-loi/?comment={one}&comment={two}"))
    acts.pass_on(desk.session, desk.matter, [two], "", desk.officer, desk.now)
    desk.session.commit()
    page = form.submit({"disposition": "accepted", "text": "Tiếp thu.", "change_path": "d2.k1"}, "Lưu bản trả lời")
    assert page.status == 409 and "Nội dung đã thay đổi" in page.text
    saved = page.submit({}, f"Chỉ gửi cho các mục không thay đổi: {one}")
    assert "Đã lưu" in saved.text
    assert [answer.numbers for answer in answer_state.read(desk.session, desk.matter.id)] == [[one]]


def test_every_reason_of_every_comment_is_named_at_once(session: Session) -> None:
    desk = make_desk(session)
    one, two, three = desk.receive("Một.", "Tố cáo.", "Ba.")
    acts.pass_on(session, desk.matter, [two], "", desk.officer, NOW)
    desk.draft(three)
    with pytest.raises(NoneTaken) as refused:
        desk.draft(one, two, three)
    assert refused.value.left == {"not_answerable": [two], "has_response": [three]}
