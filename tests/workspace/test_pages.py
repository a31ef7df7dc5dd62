"""The organisation's workspace as its people use it: a whole critique, from the letter asking to the receipt."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.people.models import Membership, Organisation, User
from consult.people.words import Level, OrganisationKind, Role
from consult.submissions.models import Critique, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import SubmissionKind
from consult.workspace.models import OrganisationDraft
from tests.application import sign_in
from tests.builders import DRAFT, make_consultation, make_organisation, make_publisher, make_user
from tests.consultations.revised import revise
from tests.files.signed_pdfs import added_to, signed
from tests.pages import Browser, Page
from tests.pdfs import words_pdf

PDF = (words_pdf(["Văn bản góp ý"]), "ban-quet.pdf")
LETTER = {
    "letter_number": "12/MTTQ-BTT",
    "letter_on": "2026-11-20",
    "signing_line": "TM. BAN THƯỜNG TRỰC; KT. CHỦ TỊCH",
    "signatory_office": "Phó Chủ tịch",
    "signatory_name": "Hoàng Văn Én",
}
CRITIQUE = {
    "form": "conference",
    "held_on": "2026-11-18",
    "participants": "Ban Thường trực; Hội đồng tư vấn; Sở Nông nghiệp và Môi trường",
    "criteria.necessity": "Cần thiết ban hành.",
    "criteria.conformity": "Phù hợp với chủ trương, pháp luật.",
    "criteria.soundness": "Cần làm rõ kinh phí.",
    "impact.society": "Tác động đến hộ nghèo.",
    "criteria.balance": "Bảo đảm hài hòa.",
    "conclusion": "Thống nhất về chủ trương, đề nghị chỉnh sửa.",
}


@dataclass
class House:
    """An open matter, a Front committee of its level, and its two people at their desks."""

    consultation: Consultation
    front: Organisation
    drafter: Browser
    sender: Browser
    drafter_user: User


@pytest.fixture
def house(app: Flask, app_session: Session) -> House:
    consultation = make_consultation(app_session, now=now(), slug="phan-loai-rac")
    front = make_organisation(
        app_session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"
    )
    writes = make_user(app_session, front, [Role.DRAFTER], "Lò Thị Mai")
    sends = make_user(app_session, front, [Role.SENDER], "Hoàng Văn Én")
    drafter, sender = Browser(app), Browser(app)
    sign_in(drafter, writes)
    sign_in(sender, sends)
    return House(consultation, front, drafter, sender, writes)


def begun(browser: Browser, kind: str) -> Page:
    page = browser.get("/to-chuc/").click("Soạn văn bản")
    return page.submit(button={"critique": "Soạn văn bản phản biện xã hội", "formal": "Soạn văn bản góp ý"}[kind])


def test_a_whole_critique_goes_through_two_people(house: House, app_session: Session) -> None:
    page = begun(house.drafter, "critique")
    assert page.heading == "Văn bản phản biện xã hội"
    page = page.submit({**LETTER, **CRITIQUE, "scan": PDF, "tai": "du-thao/1/d2"}, "Chọn khoản, điểm")
    page = page.submit({"tai": "du-thao/1/d2.k1.pdd"}, "Thêm ý kiến về nội dung này")
    assert "Chất thải nguy hại" in page.text and "điểm đ khoản 1 Điều 2" in page.text
    page = page.submit({"comments.0.text": "Nên nêu rõ nơi nhận.", "comments.0.stance": "support_with_changes",
                        "tai": ""}, "add")  # fmt: skip
    page = page.submit({"comments.1.text": "Thống nhất về chủ trương."}, "Trình để gửi")
    assert not page.errors() and page.heading == "Kiểm tra trước khi gửi", page.text[:900]
    assert "Đã trình" in page.text and "Lò Thị Mai" in page.text
    assert "6 nội dung phản biện được trả lời riêng" in page.text
    assert "Gửi" not in page.words("//main//button")

    page = house.sender.get("/to-chuc/")
    assert "Chờ người có thẩm quyền gửi" in page.text
    page = page.click("Văn bản phản biện xã hội: Quyết định quy định")
    assert [said in page.text for said in ("ban-quet.pdf", "Cần làm rõ kinh phí.", "Hội đồng tư vấn")] == [True] * 3
    receipt = page.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận văn bản" and "các ý kiến số 1, 2, 3, 4, 5, 6, 7, 8" in receipt.text
    sent = receipt.click("Xem văn bản đã gửi")
    assert "chờ trả lời" in sent.text and "Tác động đến hộ nghèo." in sent.text
    assert "Ý kiến số 8: phản biện: kết luận, kiến nghị" in sent.text
    assert "không thay cho văn bản" in sent.click("Bản in").text
    submission = app_session.scalars(select(Submission)).one()
    assert submission.kind is SubmissionKind.CRITIQUE and submission.letter_number == "12/MTTQ-BTT"
    assert submission.signing_line == "TM. BAN THƯỜNG TRỰC; KT. CHỦ TỊCH"
    critique = app_session.scalars(select(Critique)).one()
    assert critique.criteria["impact"]["society"] == "Tác động đến hộ nghèo."
    assert app_session.scalar(select(Attachment.file_name).where(Attachment.submission_id == submission.id))
    home = house.drafter.get("/to-chuc/")
    assert "số 12/MTTQ-BTT" in home.text and "Không có bản soạn nào." in home.text


def test_pressing_send_twice_is_sending_once(house: House, app_session: Session) -> None:
    page = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Đồng ý."}, "Trình để gửi")
    check = house.sender.get(page.address)
    first, second = check.submit(button="Gửi"), check.submit(button="Gửi")
    assert first.words("//*[@class='code']") == second.words("//*[@class='code']")
    assert len(app_session.scalars(select(Submission)).all()) == 1
    assert house.drafter.get(page.address).heading == "Văn bản đã gửi"


def test_what_is_missing_is_told_and_nothing_typed_is_lost(house: House) -> None:
    page = begun(house.drafter, "critique").submit({"comments.0.text": "Một", "letter_on": "2099-01-01"},
                                                   "Trình để gửi")  # fmt: skip
    assert page.status == 422 and "Số, ký hiệu văn bản: Xin nhập nội dung này" in page.errors()
    assert "Ngày văn bản: Thời điểm này chưa đến" in page.errors()
    assert page.form("comments.0.text").values()["comments.0.text"] == "Một"
    assert page.submit(button="Lưu").form("comments.0.text").values()["letter_on"] == "2099-01-01"


def test_whoever_wrote_in_it_does_not_send_it(app: Flask, app_session: Session, house: House) -> None:
    page = begun(house.sender, "formal").submit({**LETTER, "comments.0.text": "Đồng ý."}, "Trình để gửi")
    assert "Ông/bà đã tham gia soạn văn bản này" in page.text and "Gửi" not in page.words("//main//button")
    token = page.find("//input[@name='csrf_token']/@value")[0]
    another = Browser(app)
    sign_in(another, make_user(app_session, house.front, [Role.SENDER], "Bế Thị Lan"))
    address = page.address.split("?")[0].replace("kiem-tra/", "gui/")
    [shown] = another.get(page.address).find("//form[contains(@action, '/gui/')]//input[@name='shown']/@value")
    refused = house.sender.post(address, {"csrf_token": token, "version": "2", "shown": shown}, 409)
    assert "một người khác có thẩm quyền gửi" in refused.text


def test_a_newer_version_is_shown_beside_what_was_typed(house: House) -> None:
    mine = begun(house.drafter, "formal")
    house.sender.get(mine.address).submit({"letter_number": "7/CV"}, "Lưu")
    page = mine.submit({"letter_number": "8/CV", "comments.0.text": "Của tôi"}, "Lưu")
    assert "7/CV" in page.text and "8/CV" in page.text
    saved = page.submit({"pick.0": "mine"}, "Ghép vào bản soạn")
    assert saved.status == 200 and saved.form("letter_number").values()["letter_number"] == "8/CV"
    assert saved.form("letter_number").values()["comments.0.text"] == "Của tôi"


def test_who_may_not_lead_a_critique_is_told_why_and_offered_an_opinion(
    app: Flask, app_session: Session, house: House
) -> None:
    temple = make_organisation(app_session, OrganisationKind.RELIGIOUS, Level.PROVINCE, "Ban Trị sự")
    monk = Browser(app)
    sign_in(monk, make_user(app_session, temple, [Role.DRAFTER], "Thích An"))
    page = monk.get("/to-chuc/").click("Soạn văn bản")
    assert "tham gia phản biện xã hội nhưng không chủ trì" in page.text
    fields = {"csrf_token": page.find("//input[@name='csrf_token']/@value")[0], "organisation": str(temple.id)}
    page = monk.post("/to-chuc/phan-loai-rac/soan/", {**fields, "kind": "critique"}, 409)
    assert "Chưa bắt đầu soạn" in page.text
    assert page.submit(button="Soạn văn bản góp ý").heading == "Văn bản góp ý"


def test_a_draft_does_not_exist_for_others(app: Flask, app_session: Session, house: House) -> None:
    draft = begun(house.drafter, "formal").submit({"scan": PDF, **LETTER, "comments.0.text": "Mật"}, "Lưu")
    scan = draft.link("ban-quet.pdf")
    assert house.sender.get(scan).headers["Content-Disposition"].startswith("attachment")
    other = make_organisation(app_session, OrganisationKind.MEMBER)
    stranger = Browser(app)
    sign_in(stranger, make_user(app_session, other, [Role.DRAFTER, Role.SENDER], "Người khác"))
    own = draft.address.split("?")[0]
    for address in (own, own + "kiem-tra/", own + "bo/", own + "chon/?tai=d2", scan, f"/to-chuc/{house.front.id}/"):
        stranger.get(address, 404)
    assert "Mật" not in stranger.get("/to-chuc/").text
    handed = draft.submit(button="Trình để gửi")
    house.sender.get(handed.address).submit(button="Gửi")
    stranger.get("/to-chuc/phan-loai-rac/da-gui/1/", 404)
    stranger.get("/to-chuc/phan-loai-rac/da-gui/1/ban-in/", 404)


def test_a_draft_is_put_away_after_asking(house: House, app_session: Session) -> None:
    page = begun(house.drafter, "formal").submit(button="Bỏ bản soạn").submit(button="Bỏ bản soạn")
    assert "Đã bỏ bản soạn." in page.text
    draft = app_session.scalars(select(OrganisationDraft)).one()
    house.drafter.get(f"/to-chuc/phan-loai-rac/ban-soan/{draft.id}/", 404)


def test_comments_and_scans_are_taken_out_again(house: House) -> None:
    page = begun(house.drafter, "formal").submit({"comments.0.text": "Một", "scan": PDF}, "add")
    page = page.submit({"comments.1.text": "Hai"}, "remove:1")
    assert page.form("comments.0.text").values()["comments.0.text"] == "Hai"
    assert "ban-quet.pdf" in page.text
    scan_id = page.find("//button[starts-with(@value, 'detach:')]/@value")[0]
    assert "ban-quet.pdf" not in page.submit(button=scan_id).text
    wrong = page.browser.get(page.address).submit({"scan": (b"MZ", "x.pdf"), "letter_number": "9"}, "Lưu")
    assert wrong.status == 422 and wrong.form("comments.0.text").values()["letter_number"] == "9"


def test_a_signed_pdf_says_what_was_checked_of_it_and_what_was_not(house: House) -> None:
    page = begun(house.drafter, "formal").submit({"scan": (added_to(signed()), "van-ban.pdf")}, "Lưu")
    assert "Chữ ký số ghi tên Hoàng Văn Én" in page.text and "sau khi ký có nội dung được ghi thêm" in page.text
    assert "Chưa xác minh chứng thư" in page.text and "hợp lệ" not in page.text
    page = page.submit({"scan": PDF}, "Lưu")
    assert "Tệp không có chữ ký số." in page.text


def test_who_works_for_several_organisations_chooses(app: Flask, app_session: Session, house: House) -> None:
    user = make_user(app_session, house.front, [Role.DRAFTER], "Hai Vai")
    other = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Liên hiệp Phụ nữ tỉnh")
    both = Browser(app)
    app_session.add(_seat(user, other))
    app_session.commit()
    sign_in(both, user)
    page = both.get("/to-chuc/").click("Hội Liên hiệp Phụ nữ tỉnh")
    assert page.heading == "Hội Liên hiệp Phụ nữ tỉnh"
    page = page.click("Soạn văn bản").submit(button="Soạn văn bản phản biện xã hội")
    assert "Văn bản thống nhất với Ủy ban Mặt trận" in page.text and "Hội Liên hiệp Phụ nữ tỉnh" in page.text
    page = page.submit({**LETTER, **CRITIQUE, "comments.0.text": "Đồng ý."}, "Trình để gửi")
    assert page.status == 409 and "xin nhập số và ngày văn bản thống nhất" in page.text


def _seat(user: User, organisation: Organisation) -> Membership:
    return Membership(
        id=new_id(), user_id=user.id, organisation_id=organisation.id, role=Role.DRAFTER, since=user.created_at
    )


ONE_MORE = DRAFT.replace(
    "### Điều 3. Hiệu lực thi hành",
    "### Điều 3. Kinh phí\n\nNgân sách xã chi trả tiền xe.\n\n### Điều 4. Hiệu lực thi hành",
)


def test_the_check_page_says_that_a_clause_is_of_an_older_draft(house: House, app_session: Session) -> None:
    page = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Chung.", "tai": "du-thao/1/d3"}, "add")
    revise(app_session, house.consultation, make_publisher(app_session), ONE_MORE, now())
    app_session.commit()
    checked = page.submit({"comments.1.text": "Nên lùi."}, "Trình để gửi")
    assert "Điều 3 (bản dự thảo lần 1): trong bản dự thảo lần 2 là Điều 4." in checked.text
