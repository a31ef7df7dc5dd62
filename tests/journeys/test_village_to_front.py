"""An opinion spoken in a village goes up to the province, and its answer comes down again: each person at a screen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import letter
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.inputs import NewOpinion
from consult.collections.models import Branch, Collection
from consult.collections.recording import service as recording
from consult.collections.service import NewCollection, open_collection
from consult.people.words import Role
from consult.submissions.views_frame import site_codes
from consult.submissions.words import SubmissionKind
from consult.workspace import content, sending
from consult.workspace.versions import saving
from tests.arriving import given
from tests.builders import make_actor
from tests.collections.scene import key, paper
from tests.collections.story_people import Story, begun
from tests.journeys.going import let_in, stay
from tests.live import DESK, PHONE, Visitor
from tests.responses.intake.test_keyboard import scan

pytestmark = pytest.mark.browser
Comes = Callable[..., Visitor]
VILLAGE = "Thôn Bản Mạ"


@pytest.fixture
def story(app: Flask, app_session: Session) -> Story:
    return begun(app, app_session)


def collected(story: Story, *said: NewOpinion) -> tuple[Collection, Branch, str]:
    """A collection of the Front with one village, what its people said, and the link of the village."""
    session = story.desk.session
    with story.app.app_context():
        codes = site_codes()
    writer = make_actor(session, story.front, Role.DRAFTER, user=story.people["mai"])
    new = NewCollection("Bà con nói gì về phân loại rác", consultation_id=story.desk.matter.id)
    made = open_collection(session, story.front.id, new, writer, now())
    [village] = branches.add(session, made, None, [NewBranch(VILLAGE)], codes, now())
    if said:
        recording.record(session, village, paper(len(said)), said, key(), None, codes, now())
    return made, village, f"/thu-thap/vao/{keys.of_branch(village, codes)}/"


def front_opens(story: Story, person: Visitor) -> Page:
    """The page of the collection, on the way that its secretary takes."""
    page = let_in(story.app, person, story.people["mai"])
    page.goto("/to-chuc/")
    page.get_by_role("link", name="Thu thập ý kiến từ chi nhánh").click()
    page.get_by_role("link", name="Bà con nói gì").click()
    return page


def test_what_a_village_says_stands_in_a_letter_that_two_write(story: Story, visitor: Comes) -> None:
    _made, _village, link = collected(story)
    minutes_are_photographed(visitor(screen=PHONE), link)
    mai, binh = visitor(screen=DESK), visitor(screen=PHONE)
    page = front_opens(story, mai)
    assert "3 ý kiến; 1 buổi ghi nhận; cuộc họp: 40 lượt người" in page.inner_text("main")
    stay(mai)
    page.get_by_role("link", name="Đọc và tổng hợp ý kiến").click()
    for number in (1, 2):
        page.get_by_label(f"Ý kiến số {number}").check()
    page.get_by_role("button", name="Viết ý kiến tổng hợp từ các ý kiến đã chọn").click()
    page.get_by_label("Nội dung ý kiến tổng hợp").fill("Đề nghị thu gom hằng ngày, có xe nhỏ vào ngõ.")
    mai.check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "dựa trên 2 ý kiến: 1, 2" in page.inner_text("main")
    stay(mai)
    page.get_by_label("Đưa vào").select_option(label="Bản soạn mới: văn bản phản biện xã hội")
    page.get_by_role("button", name="Đưa các ý kiến đã chọn vào bản soạn").click()
    two_write(story, mai, binh, page.url)


def minutes_are_photographed(person: Visitor, link: str) -> None:
    """Forty people of a village met: the secretary photographs the signed minutes and copies three lines of them."""
    page = person.open(link)
    person.check()
    page.get_by_role("link", name="Ghi một cuộc họp").click()
    page.get_by_label("Nơi họp").fill("Nhà văn hóa thôn")
    page.get_by_label("Ngày", exact=True).fill("2026-11-20")
    page.get_by_label("Số người dự").fill("40")
    given(
        page.get_by_label("Ảnh chụp hoặc bản quét biên bản"),
        {"name": "bien-ban.png", "mimeType": "image/png", "buffer": scan(300, 400)},
    )
    page.get_by_label("Biên bản này đã ký").check()
    person.check()
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    page.get_by_role("link", name="Chép nhiều ý kiến một lần").click()
    page.get_by_label("Các ý kiến").fill("khoản 1 Điều 2: Thu hằng ngày.\nkhoản 1 Điều 2: Có xe nhỏ.\nĐiều 3: Lùi lại.")
    person.check()
    page.get_by_role("button", name="Ghi nhận từng dòng").click()
    assert all(words in page.inner_text("main") for words in ("Thu hằng ngày.", "Có xe nhỏ.", "Lùi lại."))
    stay(person)


def two_write(story: Story, mai: Visitor, binh: Visitor, draft: str) -> None:
    """Both have the draft before them: what only one wrote stays, and where both wrote one is asked."""
    mine, theirs = mai.page, let_in(story.app, binh, story.people["binh"])
    theirs.goto(draft)
    mine.goto(draft)
    mine.get_by_label("Sự cần thiết").fill("Cần thiết ban hành.")
    mine.get_by_label("Kết luận chung").fill("Thống nhất về chủ trương.")
    mine.get_by_role("button", name="Lưu", exact=True).click()
    mai.check()
    theirs.get_by_label("Bảo đảm hài hòa").fill("Bảo đảm.")
    theirs.get_by_label("Kết luận chung").fill("Chưa thống nhất.")
    theirs.get_by_role("button", name="Lưu", exact=True).click()
    assert theirs.inner_text("h1") == "Hai người cùng sửa một ô"
    stay(binh)
    theirs.get_by_label("Giữ bản đang lưu").check()
    theirs.get_by_role("button", name="Ghép vào bản soạn").click()
    binh.check()
    mine.reload()
    wanted = ("Cần thiết ban hành.", "Thống nhất về chủ trương.", "Bảo đảm.")
    labels = ("Sự cần thiết", "Kết luận chung", "Bảo đảm hài hòa")
    assert tuple(mine.get_by_label(label).input_value() for label in labels) == wanted
    assert mine.get_by_label("Nội dung ý kiến").first.input_value() == "Đề nghị thu gom hằng ngày, có xe nhỏ vào ngõ."


def handed_over(story: Story, made: Collection) -> None:
    """What the village said stands in an opinion of the Front that its signatory has before them."""
    session, matter = story.desk.session, story.desk.matter
    writer = make_actor(session, story.front, Role.DRAFTER, user=story.people["mai"])
    point = NewPoint("Đề nghị thu hằng ngày, có xe nhỏ.", "du-thao/1/d2.k1", "support_with_changes")
    consolidating.write(session, made, point, [1, 2], writer, now())
    draft = letter.put(session, made, [1], None, SubmissionKind.FORMAL, writer, now())
    typed = replace(
        content.read(draft.content), letter_number="12/MTTQ", letter_on="2026-11-20", signatory_office="Chủ tịch",
        signatory_name="Hoàng Văn Én",
    )  # fmt: skip
    saving.save(session, matter, draft.id, typed, draft.version, writer, now())
    story.front.reviewer_id = None
    session.commit()
    sending.hand_over(session, matter, draft.id, writer, now())


def the_department_answers(story: Story, visitor: Comes) -> None:
    """An officer at a desk writes, the leader approves on a telephone, and it is published."""
    officer, leader, publisher = visitor(screen=DESK), visitor(screen=PHONE), visitor(screen=DESK)
    page = let_in(story.app, officer, story.people["officer"])
    page.goto(story.at_desk())
    page.get_by_label("Chọn ý kiến số 1").check()
    page.get_by_role("button", name="Soạn một câu trả lời").click()
    page.get_by_label("Tiếp thu", exact=True).check()
    page.get_by_label("Nội dung tiếp thu, giải trình").fill("Tiếp thu, thu gom hằng ngày.")
    officer.check()
    page.get_by_role("button", name="Lưu bản trả lời").click()
    page.get_by_label("Tôi đã xem các lưu ý trên").check()
    page.get_by_role("button", name="Lưu bản trả lời").click()
    page = let_in(story.app, leader, story.people["leader"])
    page.goto(story.at_desk("phe-duyet/"))
    page.get_by_label("Chọn trả lời số 1").check()
    page.get_by_label("Tôi đã xem các lưu ý ở những câu trả lời").check()
    leader.check()
    page.get_by_role("button", name="Phê duyệt các trả lời đã chọn").click()
    assert "Không có câu trả lời nào chờ phê duyệt." in page.inner_text("main")
    page = let_in(story.app, publisher, story.people["publisher"])
    page.goto(story.at_desk("cong-bo/"))
    publisher.check()
    page.get_by_role("button", name="Công bố các trả lời đã chọn").first.click()
    assert "Không có câu trả lời nào đã phê duyệt mà chưa công bố." in page.inner_text("main")


ASKED = NewOpinion("Đề nghị thu hằng ngày.", "d2.k1", person_name="Bà Lý", contact="0912 345 678")


def test_an_answer_comes_down_to_the_village_and_to_who_asked(story: Story, visitor: Comes) -> None:
    made, _village, link = collected(story, ASKED, NewOpinion("Có xe nhỏ vào ngõ.", "d2.k1"))
    handed_over(story, made)
    signer = visitor(javascript=False, screen=PHONE)
    page = let_in(story.app, signer, story.people["en"])
    page.goto("/to-chuc/")
    page.get_by_role("link", name="Văn bản góp ý:").click()
    signer.check()
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert page.inner_text("h1") == "Đã tiếp nhận văn bản"
    stay(signer)
    the_department_answers(story, visitor)
    village = visitor(screen=PHONE)
    page = village.open(link)
    page.get_by_role("link", name="2 ý kiến đã có trả lời").click()
    # For each opinion, and for who is called.
    expect(page.get_by_text("Tiếp thu, thu gom hằng ngày.")).to_have_count(3)
    village.check()
    page.get_by_label("Bà Lý: 0912 345 678").check()
    page.get_by_role("button", name="Đã gọi báo").click()
    page.get_by_role("button", name="Đã đọc tờ trả lời tại cuộc họp").click()
    assert "Đã đọc tại cuộc họp" in page.inner_text("main") and "0912" not in page.inner_text("main")
    stay(village)
    front = visitor(screen=DESK)
    page = front_opens(story, front)
    page.get_by_role("link", name="Chuyển trả lời xuống đầu mối").click()
    assert "2 trong 2" in page.inner_text("main") and "đã đọc, ghi lúc" in page.inner_text("main")
    front.check()
