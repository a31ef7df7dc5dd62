"""What is printed for the notice board and read out in the village hall: all that a person there needs, and of people
nothing that is not public."""

import time

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Summary
from consult.db import new_id
from consult.people.models import Area
from consult.reading.board import answers, notice
from consult.responses.intake.forms import blocks
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind
from consult.web.catalogue import say
from tests.builders import make_area
from tests.pages import Browser
from tests.reading.scene import CONTACT, SECRET_NAME, Scene
from tests.tagged_pdfs import pages_of, problems_of, text_of

WORDS = {
    "short_name": "Phân loại rác", "question": "Nhà mình phân được ba nhóm không?",
    "changes": "Mỗi nhà **phân rác**:\n\n- rác thực phẩm\n- rác khác", "for_whom": "Mọi hộ gia đình.",
}  # fmt: skip


@pytest.fixture
def scene(app_session: Session, app: Flask) -> Scene:
    scene = Scene(app_session)
    body = scene.matter.lead
    body.telephone, body.address, body.hours = "0209 3 870 000", "Số 1 đường Trường Chinh", "7 giờ 30 – 17 giờ"
    scene.matter.plain_words = WORDS
    scene.matter.project = {"meeting_on": "2026-12-01", "meeting_place": "Nhà văn hóa thôn Nà Hái"}
    app_session.commit()
    return scene


@pytest.fixture
def commune(scene: Scene) -> Area:
    return make_area(scene.session, "Xã Phủ Thông", code="02014")


def tell(scene: Scene, language: str, title: str, text: str) -> None:
    row = {"title": title, "question": "", "text": text, "at": clock.now(), "by_id": scene.desk.people["officer"].id}
    scene.session.add(Summary(consultation_id=scene.matter.id, id=new_id(), language=language, removed_at=None, **row))
    scene.matter.touch()
    scene.session.commit()


def write(scene: Scene, area: Area | None, people: int, text: str = "Cần nước sạch.") -> list[int]:
    return [
        scene.send(text, sender=Sender(SECRET_NAME, False, area.id if area else None, contact=CONTACT))
        for _ in range(people)
    ]


def of_area(scene: Scene, area: Area) -> str:
    return f"{scene.url}niem-yet/tra-loi/{area.code}/{area.valid_from.isoformat()}.pdf"


def test_the_notice_says_what_for_whom_until_when_and_whom_to_call(scene: Scene, browser: Browser) -> None:
    tell(scene, "tyz", "Pjấu khỉ", "Ngòn nẩy, mọi lườn pjấu khỉ slam ăn.")
    tell(scene, "km", "ភាសាខ្មែរ", "ភាសាខ្មែរ")
    pdf = browser.get(f"{scene.url}niem-yet/thong-bao.pdf").body
    text = text_of(pdf)
    assert not problems_of(pdf)
    for words in (
        "THÔNG BÁO LẤY Ý KIẾN", "Phân loại rác", WORDS["question"], "Mỗi nhà phân rác:", "– rác khác",
        WORDS["for_whom"],
        "Nhận góp ý đến hết ngày", "Ngày 1/12/2026, Nhà văn hóa thôn Nà Hái", "0209 3 870 000", "Trường Chinh",
        "7 giờ 30", scene.matter.lead.name, f"/{scene.matter.slug}", "Pjấu khỉ", "mọi lườn pjấu khỉ slam ăn",
        "tom-tat/km/",
    ):  # fmt: skip
        assert words in text, words
    assert "□" not in text.replace("ភ", "")


def test_without_telephone_or_words_and_after_the_end_there_is_a_notice_too(scene: Scene, browser: Browser) -> None:
    body = scene.matter.lead
    body.telephone = body.address = body.hours = scene.matter.summary = ""
    scene.matter.plain_words, scene.matter.project = {}, {}
    scene.matter.withdrawn_at, scene.matter.withdrawn_reason = clock.now(), "Soạn lại 😀" + "x" * 900
    scene.matter.touch()
    scene.session.commit()
    for name in ("thong-bao", "phieu-gop-y"):
        pdf = browser.get(f"{scene.url}niem-yet/{name}.pdf").body
        assert not problems_of(pdf) and "đã dừng" in text_of(pdf) and "Điện thoại:" not in text_of(pdf)


def test_the_form_has_the_fields_of_the_site_and_codes_that_the_desk_finds(scene: Scene, browser: Browser) -> None:
    pdf = browser.get(f"{scene.url}niem-yet/phieu-gop-y.pdf").body
    text = text_of(pdf)
    assert not problems_of(pdf)
    for words in (
        "Nội dung ý kiến", "Đề nghị sửa thành", "Lý do", "Họ và tên", "Cho công khai họ tên", "☐ Đồng ý",
        "Không đồng ý", "không bao giờ công khai", "Mọi ý kiến đều được trả lời", "1/d2.k1", "khoản 1 Điều 2",
    ):  # fmt: skip
        assert words in text, words
    assert blocks({}) == 1


def test_thousands_of_clauses_leave_the_form_usable(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "MOST_CODES", 2)
    found = notice.clause_codes_of(scene.session, scene.matter, lambda code, **values: say(code, **values))
    assert len(found.codes) == 2 and found.left > 0


def test_people_of_a_commune_hear_what_they_said_and_was_answered(
    scene: Scene, commune: Area, browser: Browser
) -> None:
    here = write(scene, commune, 5, "Cần nước sạch về thôn.")
    there = write(scene, None, 6, "Cần đường.")
    hidden = write(scene, commune, 1, "Chuyện riêng của nhà bà Lan.")
    scene.release(*here, *there)
    scene.decide(hidden[0], CommentActKind.WITHHELD, "personal_data")
    scene.answer(*here, text="Tiếp thu, kéo nước về thôn.")
    scene.answer(*there, text="Ghi nhận về đường.")
    scene.answer(*hidden, text="Trả lời riêng cho bà Lan.")
    pdf = browser.get(of_area(scene, commune)).body
    text = text_of(pdf)
    assert not problems_of(pdf)
    for words in (
        "Trả lời ý kiến của bà con xã Phủ Thông",
        "Cần nước sạch về thôn.",
        "kéo nước về thôn",
        "2 ý kiến khác",
    ):
        assert words in text, words
    for words in ("bà Lan", "Cần đường", "Ghi nhận về đường", SECRET_NAME, CONTACT):
        assert words not in text, words
    whole = text_of(browser.get(f"{scene.url}niem-yet/tra-loi.pdf").body)
    assert "Cần đường" in whole and "bà Lan" not in whole and "Phủ Thông" not in whole
    page = browser.get(f"{scene.url}niem-yet/")
    assert of_area(scene, commune) in page.html
    assert of_area(scene, commune) in browser.get(f"/dia-ban/02014/{commune.valid_from.isoformat()}/").html


def test_fewer_than_five_people_have_no_sheet_of_their_own(scene: Scene, commune: Area, browser: Browser) -> None:
    few, others = write(scene, commune, 4), write(scene, None, 9)
    scene.release(*few, *others)
    scene.answer(*few, *others)
    browser.get(of_area(scene, commune), 404)
    browser.get(f"{scene.url}niem-yet/tra-loi/99999/2025-07-01.pdf", 404)
    assert "02014" not in browser.get(f"{scene.url}niem-yet/").html
    assert browser.get(f"{scene.url}niem-yet/tra-loi.pdf").body.startswith(b"%PDF")


def test_before_anything_was_answered_there_is_nothing_to_read_out(scene: Scene, browser: Browser) -> None:
    browser.get(f"{scene.url}niem-yet/tra-loi.pdf", 404)
    assert "Chưa có trả lời công khai nào" in browser.get(f"{scene.url}niem-yet/").text
    assert f"{scene.url}niem-yet/" in browser.get(scene.url).html


def test_what_is_taken_back_leaves_the_sheet(scene: Scene, commune: Area, browser: Browser) -> None:
    here = write(scene, commune, 6, "Nhà tôi ở cuối thôn.")
    other = scene.send("Thôn cần cầu.", sender=Sender(SECRET_NAME, False, commune.id))
    scene.release(*here, other)
    for number in here:
        scene.answer(number, text="Ghi nhận.")
    scene.answer(other, text="Sẽ làm cầu.")
    assert "cuối thôn" in text_of(browser.get(of_area(scene, commune)).body)
    for number in here:
        scene.decide(number, CommentActKind.WITHHELD, "personal_data")
    text = text_of(browser.get(of_area(scene, commune)).body)
    assert "cuối thôn" not in text and "Thôn cần cầu" in text


def test_many_answers_leave_a_sheet_that_has_an_end(
    scene: Scene, commune: Area, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST_ANSWERS", 3)
    numbers = write(scene, commune, 8, "Dài " * 400 + "\u202e" + "w" * 700)
    scene.release(*numbers)
    scene.answer(*numbers[:4], text="Chung. " + "Rất dài. " * 400)
    for number in numbers[4:]:
        scene.answer(number, text="Riêng.")
    began = time.monotonic()
    pdf = browser.get(of_area(scene, commune)).body
    text = text_of(pdf)
    assert not problems_of(pdf) and pages_of(pdf) < 12 and time.monotonic() - began < 10
    assert "Còn 2 ý kiến nữa đã được trả lời" in text and "trả lời còn dài" in text


def test_in_english_a_notice_is_english_around_vietnamese_names(scene: Scene, browser: Browser) -> None:
    tell(scene, "en", "Sorting waste", "Sort your waste at home.")
    pdf = browser.get(f"/en{scene.url}niem-yet/thong-bao.pdf").body
    assert not problems_of(pdf, "en") and "Sort your waste at home." in text_of(pdf)
    for name in ("phieu-gop-y.pdf", ""):
        assert browser.get(f"/en{scene.url}niem-yet/{name}").status == 200
