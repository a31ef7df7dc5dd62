"""Answers and sums are published as they were shown to who publishes them, and not otherwise."""

from consult.consultations.models import Consultation
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk


def _at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def _approve(desk: Desk, enter: Enter) -> None:
    enter("leader").get(_at(desk, "phe-duyet/")).submit({"Chọn trả lời số 1": True}, "Phê duyệt các trả lời đã chọn")


def test_an_answer_approved_anew_in_other_words_is_looked_at_again(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.")
    response = desk.draft(number, disposition="not_accepted", text="Vì chưa đủ phương tiện.")
    desk.approve(response)
    shown = enter("publisher").get(_at(desk, "cong-bo/"))
    form = enter("officer").get(_at(desk, f"tra-loi/{response.id}/"))
    form.submit({"text": "Vì chưa đủ kinh phí."}, "Lưu bản trả lời")
    _approve(desk, enter)
    refused = shown.submit({}, "Công bố các trả lời đã chọn")
    assert refused.status == 409 and "Đã có người thay đổi nội dung" in refused.text
    assert "Vì chưa đủ kinh phí." in refused.text and "Vì chưa đủ phương tiện." in refused.text
    done = enter("publisher").get(_at(desk, "cong-bo/")).submit({}, "Công bố các trả lời đã chọn")
    assert done.status == 200 and "Không có câu trả lời nào đã phê duyệt" in done.text


def test_a_matter_is_not_concluded_with_other_sums_than_were_shown(desk: Desk, enter: Enter) -> None:
    publisher = enter("publisher")
    page = publisher.get(_at(desk, "ket-thuc/"))
    token = page.form("shown").values()["csrf_token"]
    refused = publisher.post(
        _at(desk, "ket-thuc/"), {"csrf_token": token, "shown": "conclusion/sums:sums=of another day"}, status=409
    )
    assert "Đã có người thay đổi nội dung" in refused.text
    desk.session.rollback()
    assert desk.session.get_one(Consultation, desk.matter.id).concluded_at is None
    assert "đã công bố kết quả" in refused.submit({}, "Đã xem, gửi lại").text
