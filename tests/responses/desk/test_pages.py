"""The desk's pages as officers, leaders and publishers use them."""

from sqlalchemy import select

from consult.responses.models import ResponseVersion
from consult.submissions.comments import comment_state
from consult.submissions.inputs import AttachmentInput, Sender
from consult.submissions.words import CommentActKind
from tests.builders import make_area
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk


def _at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def test_from_the_list_to_the_published_answer(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Nên thu gom hằng ngày.", "Nên thu gom hai ngày một lần.")
    officer = enter("officer")
    page = officer.get(_at(desk))
    assert "Nên thu gom hằng ngày." in page.text
    form = page.submit({"comment": [str(first), str(second)]}, "Soạn một câu trả lời")
    assert f"Ý kiến số {first}" in form.text and f"Ý kiến số {second}" in form.text
    saved = form.submit({"disposition": "not_accepted", "text": "Vì chưa đủ phương tiện."}, "Lưu bản trả lời")
    assert "Đã lưu" in saved.text
    sheet = enter("leader").get(_at(desk, "phe-duyet/"))
    assert "Vì chưa đủ phương tiện." in sheet.text
    done = sheet.submit({"Chọn trả lời số 1": True}, "Phê duyệt các trả lời đã chọn")
    assert "Không có câu trả lời nào chờ phê duyệt." in done.text
    publisher = enter("publisher")
    done = publisher.get(_at(desk, "cong-bo/")).submit({}, "Công bố các trả lời đã chọn")
    assert "Không có câu trả lời nào đã phê duyệt mà chưa công bố." in done.text
    ended = publisher.get(_at(desk, "ket-thuc/")).submit({}, "Kết thúc và công bố kết quả")
    assert "đã công bố kết quả" in ended.text


def test_a_commune_inside_a_phrase_is_written_small(desk: Desk, enter: Enter) -> None:
    area = make_area(desk.session, "Xã Phong Quang")
    desk.receive("Một.", sender=Sender("Hà Văn A", area_id=area.id))
    assert "Hà Văn A, xã Phong Quang" in enter("officer").get(_at(desk)).text


def test_an_answer_that_lacks_its_reason_comes_back_as_typed(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    form = enter("officer").get(_at(desk, f"tra-loi/?comment={number}"))
    page = form.submit({"disposition": "not_accepted", "change": "Điều 2"}, "Lưu bản trả lời")
    assert page.status == 422
    assert page.errors() == ["Nội dung tiếp thu, giải trình: Xin nhập nội dung này"]
    assert page.form("Lưu bản trả lời").values()["change"] == "Điều 2"


def test_two_officers_on_one_answer_see_both_texts(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    response = desk.draft(number, text="Lần đầu.")
    address = _at(desk, f"tra-loi/{response.id}/")
    one, other = enter("officer").get(address), enter("second_officer").get(address)
    other.submit({"text": "Của người thứ hai.", "change_path": "d2.k1"}, "Lưu bản trả lời")
    page = one.submit({"text": "Của người thứ nhất.", "change_path": "d2.k1"}, "Lưu bản trả lời")
    assert page.status == 409
    assert "Của người thứ hai." in page.text
    assert page.form("Đã xem, gửi lại").values()["text"].strip() == "Của người thứ nhất."
    saved = page.submit({}, "Đã xem, gửi lại")
    assert saved.status == 200
    assert "Của người thứ nhất." in saved.text


def test_two_officers_on_one_fresh_comment_see_both_texts(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    address = _at(desk, f"tra-loi/?comment={number}")
    one, other = enter("officer").get(address), enter("second_officer").get(address)
    other.submit({"disposition": "accepted", "text": "Của người thứ hai.", "change_path": "d2.k1"}, "Lưu bản trả lời")
    page = one.submit({"disposition": "noted", "text": "Của người thứ nhất."}, "Lưu bản trả lời")
    assert page.status == 409
    assert "Của người thứ hai." in page.text and "Của người thứ nhất." in page.text


def test_the_provision_that_was_changed_is_typed_in_words(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Sửa khoản 1.")
    form = enter("officer").get(_at(desk, f"tra-loi/?comment={number}"))
    typed = {"disposition": "accepted", "text": "Đã sửa.", "Điều khoản đã sửa": "khoản 9 điều 9"}
    wrong = form.submit(typed, "Lưu bản trả lời")
    assert wrong.status == 422 and wrong.form("Lưu bản trả lời").values()["change_path"] == "khoản 9 điều 9"
    saved = wrong.submit({"Điều khoản đã sửa": "Khoản 1 điều 2"}, "Lưu bản trả lời")
    assert saved.form("Lưu bản trả lời").values()["change_path"] == "khoản 1 Điều 2"
    desk.session.rollback()
    assert [said.change_path for said in desk.session.scalars(select(ResponseVersion))] == ["d2.k1"]


def test_a_bulk_act_that_fails_changes_nothing_and_keeps_the_ticks(desk: Desk, enter: Enter) -> None:
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    desk.by_two(second, CommentActKind.WITHHELD, "insult")
    desk.session.commit()
    officer = enter("officer")
    officer.get(_at(desk)).submit({"comment": [str(first)]}, "Cho công khai")
    page = officer.get(_at(desk)).submit({"comment": [str(first), str(second)]}, "Cho công khai")
    assert page.status == 409
    assert f"số {first} đã được công khai" in page.text and f"số {second} do hai người quyết định" in page.text
    assert len(page.find("//input[@name = 'comment' and @checked]")) == 2
    assert "đang kiểm tra" in officer.get(_at(desk, f"y-kien/{third}/")).text


def test_a_bulk_act_takes_those_it_can_and_names_the_rest(desk: Desk, enter: Enter) -> None:
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    desk.by_two(second, CommentActKind.WITHHELD, "insult")
    desk.release(third)
    desk.session.commit()
    page = enter("officer").get(_at(desk)).submit({"comment": [str(first), str(second), str(third)]}, "Cho công khai")
    assert page.status == 200 and f"Đã thực hiện với 1 ý kiến: số {first}." in page.text
    assert f"số {third} đã được công khai" in page.text and f"số {second} do hai người quyết định" in page.text
    desk.session.rollback()
    seen = [one.visibility.value for one in comment_state.read(desk.session, desk.matter.id, [first, second, third])]
    assert seen == ["public", "withheld", "public"]


def test_filters(desk: Desk, enter: Enter) -> None:
    first, second, third = desk.receive("Chôn lấp hợp vệ sinh.", "Đốt rác thải.", "Hố ủ phân.")
    officer = enter("officer")
    officer.get(_at(desk)).submit({"comment": [str(second)], "to_unit": "Phòng Môi trường"}, "Giao xử lý")
    desk.answer(third)
    for query, numbers in (
        ("?q=dot+rac", [second]),
        ("?q=khong+co", []),
        ("?outcome=answered", [third]),
        ("?unit=none", [first, third]),
        (f"?unit={desk.unit.id}", [second]),
        ("?mine=1", [second]),
        ("?kind=organisation", []),
        ("?path=d2", [first, second, third]),
        ("?path=d3", []),
        ("?path=%C4%91i%E1%BB%81u+2", [first, second, third]),
        ("?path=Kho%E1%BA%A3n+2+%C4%90i%E1%BB%81u+2", []),
        ("?visibility=in_check", [first, second, third]),
        ("?overdue=1", [first, second]),
        ("?topic=impacts", []),
        ("?page=99&q=%00%27%22", []),
        ("?unit=nonsense", []),
    ):
        page = officer.get(_at(desk, query))
        found = [int(word) for word in page.words("//table//a[contains(@href, '/y-kien/')]")]
        assert found == numbers, query


def test_two_people_withhold(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Lời lẽ xúc phạm.")
    officer, leader = enter("officer"), enter("leader")
    form = officer.get(_at(desk, f"y-kien/{number}/")).click("Đề xuất không công khai")
    form.submit({"reason": "insult", "note": "Xem dòng đầu."}, "Gửi đề xuất")
    own = officer.get(_at(desk, "de-xuat/"))
    assert not own.find("//button[normalize-space() = 'Xác nhận']")
    done = leader.get(_at(desk, "de-xuat/")).submit({}, "Xác nhận")
    assert "Không có đề xuất nào đang chờ." in done.text
    assert "không công khai" in officer.get(_at(desk, f"y-kien/{number}/")).text


def test_a_redaction_keeps_the_original_beside_it(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Ông A ở nhà số 5 xả thải.")
    officer, leader = enter("officer"), enter("leader")
    form = officer.get(_at(desk, f"y-kien/{number}/de-xuat/?kind=redacted"))
    form.submit({"shown_text": "[…] xả thải.", "reason": "personal_data"}, "Gửi đề xuất")
    leader.get(_at(desk, "de-xuat/")).submit({}, "Xác nhận")
    page = officer.get(_at(desk, f"y-kien/{number}/"))
    assert "Ông A ở nhà số 5 xả thải." in page.text and "[…] xả thải." in page.text


def test_a_comment_is_split(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Sửa Điều 2 và Điều 3.")
    officer = enter("officer")
    form = officer.get(_at(desk, f"y-kien/{number}/tach/"))
    wrong = form.submit({"text.0": "Sửa Điều 2.", "place.0": "Điều 99"}, "Tách ý kiến")
    assert wrong.status == 422
    wrong = form.submit({"text.0": "Sửa Điều 2."}, "Tách ý kiến")
    assert wrong.status == 422
    page = form.submit(
        {"text.0": "Sửa Điều 2.", "place.0": "Điều 2", "text.1": "Sửa Điều 3.", "place.1": "điều 3"}, "Tách ý kiến"
    )
    assert f"{number + 1}, {number + 2}" in page.text
    assert "Điều 3" in officer.get(_at(desk, f"y-kien/{number + 2}/")).text


def test_what_is_wrong_with_a_part_is_told_at_its_own_fields(desk: Desk, enter: Enter) -> None:
    """Of parts 1, 4 and 7 of the form the service knows the first, second and third."""
    (number,) = desk.receive("Sửa Điều 2 và Điều 3.")
    form = enter("officer").get(_at(desk, f"y-kien/{number}/tach/"))
    typed = {"text.0": "Sửa Điều 2.", "text.3": "x" * 20_001, "text.6": "Sửa.", "proposed.6": "y" * 20_001}
    wrong = form.submit(typed, "Tách ý kiến")
    assert wrong.status == 422
    assert wrong.find("//*[@role='alert']//a/@href") == ["#field-text.3", "#field-proposed.6"]


def test_a_quarantined_text_is_not_in_the_list_nor_for_publishers(desk: Desk, enter: Enter) -> None:
    sender = Sender(name="Lò Thị Dũng Cảm")
    scan = AttachmentInput("0" * 64, "chung-cu.pdf", "application/pdf", 9)
    (number,) = desk.receive("Tố cáo ông Nguyễn Văn Xấu nhận tiền.", sender=sender, attachments=(scan,))
    officer = enter("officer")
    page = officer.get(_at(desk, f"y-kien/{number}/")).submit({"note": "Có tên người."}, "Tạm giữ")
    assert "Tố cáo ông" in page.text
    assert "Lò Thị Dũng Cảm" in page.text
    hidden = (officer.get(_at(desk)), enter("publisher").get(_at(desk, f"y-kien/{number}/")))
    assert not any(word in page.text for page in hidden for word in ("Tố cáo ông", "Lò Thị Dũng Cảm", "chung-cu.pdf"))
    assert enter("publisher").get(page.link("chung-cu.pdf"), None).status == 404


def test_who_may_not_is_told_nothing(desk: Desk, enter: Enter, browser: Browser) -> None:
    (number,) = desk.receive("Một.")
    assert browser.get(_at(desk)).heading == "Đăng nhập"
    publisher, officer = enter("publisher"), enter("officer")
    assert publisher.get(_at(desk, "tiep-nhan/"), None).status == 404
    assert officer.get(_at(desk, "cong-bo/"), None).status == 404
    assert officer.get(_at(desk, "ket-thuc/"), None).status == 404
    assert officer.get(_at(desk, f"y-kien/{number + 9}/"), None).status == 404
    assert publisher.post(_at(desk), {"act": "release", "comment": number}, None).status in {400, 404}


def test_concluding_shows_what_is_in_the_way(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    page = enter("publisher").get(_at(desk, "ket-thuc/"))
    assert "Còn 1 ý kiến chờ trả lời" in page.text
    assert page.link(str(number)).endswith(f"/y-kien/{number}/")


def test_who_is_told_no_at_the_desk_gets_back_to_their_work(desk: Desk, enter: Enter) -> None:
    officer = enter("officer")
    missing = officer.get(f"/xu-ly/{desk.matter.slug}/nhom/99/", status=404)
    assert missing.click("Việc của tôi").heading == "Việc của tôi"
    assert not officer.get("/khong-co-trang-nay/", status=404).words("//main//a[normalize-space() = 'Việc của tôi']")
