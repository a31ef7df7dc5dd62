"""Answers and sums are published as they were shown to who publishes them, and not otherwise."""

from sqlalchemy import select

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.responses.models import Response, ResponsePublication, ResponseVersion
from consult.submissions.acts import service as acts
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.words import CommentActKind
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


def _amend(desk: Desk, number: int, text: str) -> None:
    """Its sender changes a comment, by whatever way they came."""
    desk.session.rollback()
    found = desk.session.scalars(select(Comment).filter_by(consultation_id=desk.matter.id, number=number)).one()
    before = found.versions[-1]
    desk.session.add(
        CommentVersion(consultation_id=desk.matter.id, id=new_id(), comment_id=found.id, version=before.version + 1,
                       at=clock.now(), text=text)
    )  # fmt: skip
    desk.session.commit()
    desk.session.expire_all()


def test_a_text_that_nobody_read_does_not_become_public(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Đồng ý lùi hạn.", "Nên thu gom hằng ngày.")
    listed = enter("officer").get(_at(desk))
    _amend(desk, first, "KHÔNG lùi hạn.")
    refused = listed.submit({"comment": [str(first)]}, "Cho công khai")
    assert refused.status == 409 and "Đồng ý lùi hạn." in refused.text and "KHÔNG lùi hạn." in refused.text
    assert not _acts(desk)
    both = listed.submit({"comment": [str(first), str(second)]}, "Cho công khai")
    assert both.status == 409 and "1 mục không có gì thay đổi" in both.text and "KHÔNG lùi hạn." in both.text
    assert [(act.comment.number, act.kind.value) for act in _acts(desk)] == [(second, "released")]
    assert both.submit({}, "Đã xem, gửi lại").status == 200
    assert {act.comment.number for act in _acts(desk)} == {first, second}


def test_an_answer_is_written_approved_and_published_to_the_words_that_were_read(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Đề nghị lùi hạn.")
    answer = {"disposition": "accepted", "text": "Tiếp thu, lùi đến 2028.", "change_path": "d2.k1"}
    drafting = enter("officer").get(_at(desk, f"tra-loi/?comment={number}"))
    _amend(desk, number, "KHÔNG lùi hạn.")
    refused = drafting.submit(answer, "Lưu bản trả lời")
    assert refused.status == 409 and "KHÔNG lùi hạn." in refused.text and "Đề nghị lùi hạn." in refused.text
    assert not desk.session.scalars(select(ResponseVersion)).all()
    assert refused.submit({}, "Đã xem, gửi lại").status == 200
    approving = enter("leader").get(_at(desk, "phe-duyet/"))
    _amend(desk, number, "Giữ nguyên hạn.")
    refused = approving.submit({"Chọn trả lời số 1": True}, "Phê duyệt các trả lời đã chọn")
    assert refused.status == 409 and "Giữ nguyên hạn." in refused.text and "KHÔNG lùi hạn." in refused.text
    edited = enter("officer").get(_at(desk, f"tra-loi/{desk.session.scalars(select(Response)).one().id}/"))
    edited.submit({"text": "Giữ nguyên hạn như đề nghị."}, "Lưu bản trả lời")
    _approve(desk, enter)
    publishing = enter("publisher").get(_at(desk, "cong-bo/"))
    _amend(desk, number, "Thôi, lùi đến 2030.")
    refused = publishing.submit({}, "Công bố các trả lời đã chọn")
    assert refused.status == 409 and "Thôi, lùi đến 2030." in refused.text
    assert not desk.session.scalars(select(ResponsePublication)).all()


def test_a_second_person_confirms_what_they_read(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Ông A vi phạm.")
    kind = CommentActKind.REDACTED
    act = acts.propose(
        desk.session, desk.matter, number, kind, "personal_data", desk.officer, clock.now(), {"text": "[…] vi phạm."}
    )
    waiting = enter("second_officer").get(_at(desk, "de-xuat/"))
    desk.session.rollback()
    act.details = {**act.details, "text": "Ông A […]."}
    desk.session.commit()
    refused = waiting.submit({}, "Xác nhận")
    assert refused.status == 409 and "Ông A […]." in refused.text
    desk.session.rollback()
    desk.session.expire_all()
    assert act.effective_at is None


def _acts(desk: Desk) -> list[CommentAct]:
    desk.session.rollback()
    return list(desk.session.scalars(select(CommentAct)))
