"""Many answers approved, sent back and published over HTTP, in few clicks and loads."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from consult.db import writing
from consult.people.words import Role
from consult.responses.answers import answer_state
from consult.responses.models import ResponseApproval, ResponseVersion
from consult.responses.words import AnswerState
from consult.submissions.comments import comment_state
from consult.submissions.inputs import CommentInput
from consult.submissions.sender import amendment
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.sheets.conftest import Many

ALL = "Phê duyệt tất cả 205 câu trả lời"


def at(desk: Desk, rest: str) -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def states(desk: Desk) -> dict[AnswerState, int]:
    desk.session.rollback()
    found = [one.state for one in answer_state.read(desk.session, desk.matter.id)]
    return {state: found.count(state) for state in set(found)}


def test_two_hundred_answers_are_approved_in_one_click_and_two_loads(desk: Desk, enter: Enter, many: Many) -> None:
    many(205)
    # The sheet; the button, and where it leads.
    sheet = enter("leader").get(at(desk, "phe-duyet/"))
    done = sheet.submit({}, ALL)
    assert "Đã phê duyệt tất cả câu trả lời trong danh sách." in done.text
    assert states(desk) == {AnswerState.APPROVED: 205}
    # So it is published: the page, the button.
    published = enter("publisher").get(at(desk, "cong-bo/")).submit({}, "Công bố các trả lời đã chọn")
    assert "Đã công bố các trả lời đã chọn." in published.text
    assert states(desk) == {AnswerState.PUBLISHED: 205}


def test_each_answer_stands_on_one_page_and_its_ticks_are_of_that_page(desk: Desk, enter: Enter, many: Many) -> None:
    many(205)
    leader = enter("leader")
    page, ticks = leader.get(at(desk, "phe-duyet/")), []
    while True:
        ticks.append([one.get("value") for one in page.find("//input[@name = 'response']")])
        following = page.find("//a[@rel = 'next']")
        if not following:
            break
        page = leader.get(str(following[0].get("href")))
    assert len(ticks) > 1 and len({one for each in ticks for one in each}) == sum(map(len, ticks)) == 205
    assert f"Trang {len(ticks)} trên {len(ticks)}: {len(ticks[-1])} trong 205 câu trả lời" in page.text
    chosen = [str(one) for one in ticks[-1]]
    done = page.submit({"response": chosen}, "Phê duyệt các trả lời đã chọn")
    assert states(desk) == {AnswerState.APPROVED: len(chosen), AnswerState.DRAFTED: 205 - len(chosen)}
    assert f"Trang {len(ticks) - 1} trên {len(ticks) - 1}" in done.text


def test_who_signs_and_who_writes_are_told_that_a_comment_changed_since(desk: Desk, enter: Enter) -> None:
    """Before either presses anything: the answer was written to other words."""
    [number] = desk.receive("Một.")
    response = desk.draft(number)
    say_again(desk, number, "Nói lại.")
    told = f"Người gửi đã sửa ý kiến số {number} sau khi câu trả lời được soạn."
    sheet = enter("leader").get(at(desk, "phe-duyet/"))
    assert told in sheet.text and "cần soạn lại" in sheet.text
    writer = enter("officer")
    form = writer.get(at(desk, f"tra-loi/{response.id}/"))
    assert told in form.text
    form.submit({"disposition": "noted", "text": "Ghi nhận lời nói lại."}, button="Lưu bản trả lời")
    assert told not in writer.get(at(desk, f"tra-loi/{response.id}/")).text


def test_what_a_page_showed_of_a_comment_is_told_as_it_was_then(desk: Desk, enter: Enter) -> None:
    """Not as it was when the answer was written: the page was opened in between."""
    [number] = desk.receive("Lời thứ nhất.")
    response = desk.draft(number)
    say_again(desk, number, "Lời thứ hai.")
    sheet = enter("leader").get(at(desk, "phe-duyet/"))
    say_again(desk, number, "Lời thứ ba.")
    [value] = [str(one.get("value")) for one in sheet.find("//input[@name = 'response']")]
    told = sheet.submit({"response": [value]}, "Phê duyệt các trả lời đã chọn")
    assert value.startswith(str(response.id)) and told.heading == "Nội dung đã thay đổi"
    assert "Lời thứ hai." in told.text and "Lời thứ ba." in told.text and "Lời thứ nhất." not in told.text


def say_again(desk: Desk, number: int, text: str) -> None:
    """Its sender says something else."""
    desk.session.rollback()
    desk.session.expire_all()
    [one] = comment_state.read(desk.session, desk.matter.id, [number])
    with writing(desk.session, desk.matter.id):
        written = desk.session.scalars(select(ResponseVersion.written_at)).one()
        amendment.add_version(desk.session, desk.matter, one, CommentInput(text), written + timedelta(microseconds=1))
    desk.session.commit()


def test_all_means_those_that_were_listed(desk: Desk, enter: Enter, many: Many) -> None:
    numbers = many(4)
    sheet = enter("leader").get(at(desk, "phe-duyet/"))
    desk.draft(*desk.receive("Đến sau."))
    desk.session.commit()
    refused = sheet.submit({}, "Phê duyệt tất cả 4 câu trả lời")
    assert refused.status == 409 and "Danh sách đã thay đổi" in refused.text
    assert states(desk) == {AnswerState.DRAFTED: len(numbers) + 1}


@pytest.fixture
def sheet(desk: Desk, enter: Enter, many: Many) -> Page:
    many(4)
    return enter("leader").get(at(desk, "phe-duyet/"))


def test_answers_go_back_each_with_its_remark(desk: Desk, sheet: Page) -> None:
    ticks: dict[str, object] = {f"Chọn trả lời số {number}": True for number in (1, 2, 3)}
    wrong = sheet.submit({**ticks, "Nhận xét về trả lời số 1": "Nêu rõ điều luật."}, "Gửi lại để sửa")
    assert wrong.status == 422
    done = wrong.submit({"Ý kiến của lãnh đạo": "Viết lại cho dễ hiểu."}, "Gửi lại để sửa")
    assert states(desk) == {AnswerState.SENT_BACK: 3, AnswerState.DRAFTED: 1}, done.text
    notes = desk.session.scalars(select(ResponseApproval.note))
    assert sorted(notes) == ["Nêu rõ điều luật.", "Viết lại cho dễ hiểu.", "Viết lại cho dễ hiểu."]


def test_a_remark_is_never_lost_because_a_box_was_not_ticked(desk: Desk, sheet: Page) -> None:
    typed = {"Chọn trả lời số 1": True, "Nhận xét về trả lời số 2": "Nêu rõ điều luật."}
    wrong = sheet.submit(typed, "Phê duyệt các trả lời đã chọn")
    assert wrong.status == 422 and "nhận xét ghi cho một câu trả lời chưa được chọn" in wrong.text
    done = wrong.submit({"Chọn trả lời số 1": False, "Chọn trả lời số 2": True}, "Gửi lại để sửa")
    assert states(desk) == {AnswerState.SENT_BACK: 1, AnswerState.DRAFTED: 3}, done.text


def test_a_sheet_is_drawn_up_printed_approved_and_shown_when_it_is_published(
    desk: Desk, enter: Enter, many: Many
) -> None:
    many(4)
    officer = enter("officer")
    drawn = officer.get(at(desk, "phe-duyet/")).submit({}, "Lập phiếu trình để in")
    assert "Phiếu trình 1" in drawn.text and "mã khớp với danh sách" in drawn.text
    (mark,) = (one.text or "" for one in drawn.find("//code"))
    written = officer.client.get(at(desk, "phieu-trinh/1/danh-sach.json"))
    assert sha256(written.data).hexdigest() == mark
    word = officer.client.get(at(desk, "phieu-trinh/1/phieu-trinh.docx"))
    with ZipFile(BytesIO(word.data)) as package:
        said = package.read("word/document.xml").decode()
    assert (
        " ".join(mark[start : start + 8] for start in range(0, 64, 8)) in said
        and "PHIẾU TRÌNH" in said
        and said.count("Cơ quan chủ trì tiếp thu") == 4
    )
    assert officer.client.get(at(desk, "phieu-trinh/1/phieu-trinh.pdf")).data.startswith(b"%PDF")
    enter("leader").get(at(desk, "phe-duyet/")).submit({}, "Phê duyệt tất cả 4 câu trả lời")
    publishing = enter("publisher").get(at(desk, "cong-bo/"))
    assert f"Phiếu trình 1, mã {mark[:16]}" in publishing.text
    publishing.submit({}, "Công bố các trả lời đã chọn")
    assert officer.get(at(desk, "phieu-trinh/1/")).text.count("công bố lúc") == 4
    assert mark[:16] in officer.get(at(desk, "phieu-trinh/")).text


def test_what_was_answered_before_and_is_not_public_is_named_and_released(
    app: Flask, desk: Desk, enter: Enter, browser: Browser
) -> None:
    first, second = (desk.receive(text)[0] for text in ("Một.", "Hai."))
    desk.answer(first, second)
    both = make_user(desk.session, desk.body, [Role.OFFICER, Role.PUBLISHER], "Người Hai Việc")
    desk.session.commit()
    alone = enter("publisher").get(at(desk, "cong-bo/"))
    assert "2 ý kiến đang kiểm tra, câu trả lời đã công bố trước đây" in alone.text
    assert "Cán bộ xử lý hoặc lãnh đạo cho công khai" in alone.text
    sign_in(browser, both)
    done = browser.get(at(desk, "cong-bo/")).submit({}, "Công khai nội dung 2 ý kiến này")
    assert "Đã công bố trả lời mà nội dung ý kiến chưa công khai" not in done.text
    assert "Hai." in Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{second}/").text
