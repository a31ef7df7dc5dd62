"""What an answer is warned of, and that nobody saves or approves it without having seen that."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import NoneTaken, Refused
from consult.responses.answers import answer_state
from consult.responses.answers.approval import approve
from consult.responses.answers.warnings.rules import says_little
from consult.submissions.inputs import CommentInput
from consult.submissions.words import Stance
from tests.builders import NOW
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk

GOOD = "Giữ như dự thảo vì xe của xã chỉ chạy được hai buổi mỗi tuần."
PLACE = "d2.k1"


def _warned(desk: Desk, *numbers: int, disposition: str = "accepted", text: str = GOOD, **given: str) -> list[str]:
    try:
        desk.draft(*numbers, disposition=disposition, text=text, ticked=(), **given)
    except Refused as refused:
        assert refused.reason == "answer_warnings"
        return str(refused.details["codes"]).split()
    return []


@pytest.mark.parametrize(
    ("text", "little"),
    [
        ("Không tiếp thu.", True),
        ("Không tiếp thu ý kiến này.", True),
        ("KHÔNG TIẾP THU Ý KIẾN CỦA ÔNG BÀ.", True),
        ("Vì không phù hợp.", True),
        ("Vì chưa đủ phương tiện.", False),
        (GOOD, False),
    ],
)
def test_what_only_repeats_the_result_says_little(text: str, little: bool) -> None:
    assert says_little(text) is little


def test_too_short(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    assert _warned(desk, *numbers, disposition="not_accepted", text="Không tiếp thu.") == ["too_short"]
    assert _warned(desk, *numbers, disposition="noted", text="Xin ghi nhận.") == []


def test_one_answer_over_three_clauses(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive(*(comment(f"Ý {path}.", path) for path in ("d1", "d2", "d2.k1")))
    assert _warned(desk, *numbers, disposition="clarified") == ["many_clauses"]
    assert _warned(desk, *numbers[:2], disposition="clarified") == []


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (comment("Ai trả tiền xe?"), True),
        (comment("Ai trả tiền xe? Xin cảm ơn."), True),
        (comment("Chưa rõ ai trả tiền.", stance=Stance.QUESTION), True),
        (comment("Sao không thu hằng ngày?", proposed="Thu gom hằng ngày."), False),
        (comment("Ai cũng hỏi vì sao? Đề nghị ghi rõ ngày thu."), False),
    ],
)
def test_a_question_that_is_accepted(session: Session, said: CommentInput, asks: bool) -> None:
    desk = make_desk(session)
    numbers = desk.receive(said)
    assert _warned(desk, *numbers, change_path=PLACE) == (["question_accepted"] if asks else [])


def test_a_question_may_be_explained(session: Session) -> None:
    desk = make_desk(session)
    assert _warned(desk, *desk.receive("Ai trả tiền xe?"), disposition="clarified") == []


def test_accepted_without_a_place(session: Session) -> None:
    desk = make_desk(session)
    (wish, agrees) = desk.receive("Đề nghị ghi rõ.", comment("Tôi đồng ý.", stance=Stance.SUPPORT))
    assert _warned(desk, wish) == ["no_place"]
    assert _warned(desk, wish, disposition="partly_accepted") == ["no_place"]
    assert _warned(desk, wish, change_path=PLACE) == []
    assert _warned(desk, agrees, text="Cảm ơn ông bà.") == []


def test_the_same_text_for_another_point(session: Session) -> None:
    desk = make_desk(session)
    first, other = desk.receive("Một.", comment("Ba.", "d1"))
    response = desk.draft(first, disposition="clarified", text=GOOD)
    assert _warned(desk, other, disposition="clarified") == ["same_text"]
    desk.draft(first, disposition="clarified", text="Đã viết lại khác hẳn lần trước.", response_id=response.id)
    assert _warned(desk, other, disposition="clarified") == []


def test_the_same_text_for_the_same_clause(session: Session) -> None:
    desk = make_desk(session)
    first, same = desk.receive("Một.", "Hai.")
    desk.draft(first, disposition="clarified", text=GOOD)
    assert _warned(desk, same, disposition="clarified") == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Xem khoản 1 Điều 2 dự thảo.", False),
        ("Nội dung này đã có tại Điều 99 dự thảo Nghị quyết.", True),
        ("Nội dung này đã quy định ở khoản 9 Điều 2 của dự thảo.", True),
        ("Nội dung này đã có tại Điều 99.", True),
        ("Theo khoản 9 Điều 99 Luật Bảo vệ môi trường thì không được.", False),
        ("Luật Đất đai đã quy định việc này tại Điều 99.", False),
        ("Sẽ sửa khoản 5 Điều 2 theo ý kiến này.", True),
        ("Dự thảo ghi “Điều 99” là do lỗi đánh máy.", False),
    ],
)
def test_a_clause_that_is_not_there(session: Session, text: str, missing: bool) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    assert _warned(desk, *numbers, disposition="clarified", text=text) == (["no_such_clause"] if missing else [])


def test_a_clause_that_the_answer_itself_adds(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    said = {"text": "Tiếp thu, bổ sung Điều 12a vào dự thảo.", "change_path": "d12a"}
    assert _warned(desk, *numbers, **said) == []


def test_what_was_ticked_is_kept_and_the_leader_sees_it_before_approving(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Đề nghị ghi rõ.")
    response = desk.draft(*numbers, text=GOOD, ticked=["no_place", "too_short"])
    assert answer_state.one(session, desk.matter.id, response.id).latest.warnings == ["no_place"]
    choice = [(response.id, desk.hash_of(response))]
    with pytest.raises(NoneTaken) as refused:
        approve(session, desk.matter, choice, desk.leader, NOW)
    assert refused.value.reason == "warnings_not_seen"
    assert approve(session, desk.matter, choice, desk.leader, NOW, warned=True).numbers == numbers


def test_nothing_is_saved_before_the_tick(session: Session) -> None:
    desk = make_desk(session)
    assert _warned(desk, *desk.receive("Đề nghị ghi rõ.")) == ["no_place"]
    assert answer_state.read(session, desk.matter.id) == []


def test_the_pages_ask_for_one_tick_each(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Đề nghị ghi rõ.")
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    warned = form.submit({"disposition": "accepted", "text": GOOD}, "Lưu bản trả lời")
    assert warned.status == 409 and "chưa ghi điều khoản đã sửa" in warned.text
    assert warned.form("Lưu bản trả lời").values()["text"].strip() == GOOD
    saved = warned.submit({"Tôi đã xem các lưu ý trên và vẫn lưu như vậy": True}, "Lưu bản trả lời")
    assert "Đã lưu" in saved.text
    leader = enter("leader")
    sheet = leader.get(f"/xu-ly/{desk.matter.slug}/phe-duyet/")
    assert "Người soạn đã được lưu ý" in sheet.text and "chưa ghi điều khoản đã sửa" in sheet.text
    left = sheet.submit({"Chọn trả lời số 1": True}, "Phê duyệt các trả lời đã chọn")
    assert left.status == 409 and "đánh dấu đã xem trước khi phê duyệt" in left.text
    ticked = {"Chọn trả lời số 1": True, "Tôi đã xem các lưu ý ở những câu trả lời được chọn": True}
    assert "Không có câu trả lời nào chờ" in left.submit(ticked, "Phê duyệt các trả lời đã chọn").text


def test_who_cannot_name_the_place_says_so_in_the_form_and_presses_once(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Đề nghị ghi rõ.")
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    said = {"Tiếp thu nhưng chưa ghi được điều khoản đã sửa: tôi đã xem và vẫn lưu như vậy": True}
    saved = form.submit({"disposition": "accepted", "text": GOOD, **said}, "Lưu bản trả lời")
    assert "Đã lưu" in saved.text and saved.status == 200
    assert "chưa ghi điều khoản đã sửa" in enter("leader").get(f"/xu-ly/{desk.matter.slug}/phe-duyet/").text
