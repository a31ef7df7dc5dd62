"""A letter is amended on the pages of its body, and everybody reads that it was."""

from flask import Flask

from tests.pages import Browser
from tests.workspace.test_pages import CRITIQUE, LETTER, House, begun, house

__all__ = ["house"]


def test_the_old_version_stands_beside_the_new(app: Flask, house: House) -> None:
    said = {**LETTER, **CRITIQUE, "comments.0.text": "Nên lùi một năm."}
    handed = begun(house.drafter, "critique").submit(said, "Trình để gửi")
    receipt = house.sender.get(handed.address).submit(button="Gửi")
    assert receipt.status == 200
    sent = house.sender.get("/to-chuc/phan-loai-rac/da-gui/1/")
    assert "Sửa văn bản đã gửi" not in house.drafter.get(sent.address).text
    page = sent.click("Sửa văn bản đã gửi")
    stale = house.sender.get(page.address)
    wrong = page.submit({"letter_number": "", "letter_on": "2100-01-01"}, "Gửi bản sửa")
    assert wrong.status == 422 and wrong.form("letter_on").values()["letter_on"] == "2100-01-01"
    amended = wrong.submit({"letter_number": "99/MTTQ-BTT", "letter_on": LETTER["letter_on"]}, "Gửi bản sửa")
    assert "Bản sửa lần 1" in amended.text and LETTER["letter_number"] in amended.text
    assert stale.submit({"letter_number": "100/MTTQ"}, "Gửi bản sửa").status == 409, "it was amended meanwhile"
    assert "99/MTTQ-BTT" in amended.click("Bản in").text
    assert "bản sửa lần 1" in Browser(app).get("/nhat-ky/phan-loai-rac/").text
    assert house.drafter.get("/to-chuc/phan-loai-rac/da-gui/1/sua/").submit(button="Gửi bản sửa").status == 409


def test_points_are_added_and_taken_out_on_the_page(app: Flask, house: House) -> None:
    handed = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Nên lùi."}, "Trình để gửi")
    house.sender.get(handed.address).submit(button="Gửi")
    page = house.sender.get("/to-chuc/phan-loai-rac/da-gui/1/").click("Sửa văn bản đã gửi")
    more = page.submit({"tai": "du-thao/1/d2", "letter_number": "99/MTTQ-BTT"}, "Thêm ý kiến")
    assert more.form("letter_number").values()["letter_number"] == "99/MTTQ-BTT", "what was typed stays"
    wrong = more.submit({"comments.1.proposed": "Bỏ Điều 2."}, "Gửi bản sửa")
    assert wrong.status == 422 and "Điều 2" in wrong.text
    sent = wrong.submit({"comments.1.text": "Điều 2 trái luật.", "out": "1"}, "Gửi bản sửa")
    assert sent.status == 200 and "Ý kiến số 2: Điều 2" in sent.text and "Gửi thêm khi sửa văn bản" in sent.text
    assert "Ý kiến này đã rút." in sent.click("Bản in").text
    told = Browser(app).get("/nhat-ky/phan-loai-rac/").text
    assert "Người gửi rút ý kiến số 1" in told and "ý kiến số 2" in told
    again = sent.click("Sửa văn bản đã gửi")
    assert "Ý kiến số 1:" not in again.text and "Ý kiến số 2:" in again.text


def test_what_was_typed_while_a_colleague_sent_goes_into_an_amendment(house: House) -> None:
    page = begun(house.drafter, "formal")
    handed = page.submit({**LETTER, "comments.0.text": "Nên lùi một năm."}, "Trình để gửi")
    typing = house.drafter.get(page.address)
    house.sender.get(handed.address).submit(button="Gửi")
    typing.submit({"comments.0.text": "Nên lùi hai năm.", "signing_line": "TM. BAN"}, "Lưu")
    beside = house.sender.get("/to-chuc/phan-loai-rac/da-gui/1/").click("Xem và chọn (bản 3)")
    form = beside.click("Đưa vào bản sửa của văn bản đã gửi")
    values = form.form("letter_number").values()
    assert (values["comments.0.text"], values["signing_line"]) == ("Nên lùi hai năm.", "TM. BAN")
    sent = form.submit(button="Gửi bản sửa")
    assert "Nên lùi hai năm." in sent.text and "Có nội dung không nằm trong văn bản đã gửi" not in sent.text


def test_what_was_typed_while_a_colleague_sent_is_kept_beside_the_letter(house: House) -> None:
    page = begun(house.drafter, "formal")
    handed = page.submit({**LETTER, "comments.0.text": "Nên lùi một năm."}, "Trình để gửi")
    typing = house.drafter.get(page.address)
    assert house.sender.get(handed.address).submit(button="Gửi").status == 200
    told = typing.submit({"comments.0.text": "Nên lùi hai năm.", "signing_line": "TM."}, "Lưu")
    assert told.status == 200 and told.heading == "Bản 3" and "Nên lùi hai năm." in told.text
    assert "Nội dung ông/bà vừa gõ được giữ" in told.text and "đã được gửi nên không sửa được" in told.text
    listed = told.click("Các bản đã lưu")
    assert "Không nằm trong văn bản đã gửi." in listed.text
    sent = house.sender.get("/to-chuc/phan-loai-rac/da-gui/1/")
    further = sent.click("Xem và chọn (bản 3)").submit(button="Soạn văn bản tiếp theo từ bản này")
    assert further.form("letter_number").values()["comments.0.text"] == "Nên lùi hai năm."
    assert "Có nội dung không nằm trong văn bản đã gửi" not in house.sender.get(sent.address).text


def test_what_was_typed_while_a_colleague_put_the_draft_away_brings_it_back(house: House) -> None:
    page = begun(house.drafter, "formal")
    typing = house.drafter.get(page.address)
    page.submit(button="Bỏ bản soạn").submit(button="Bỏ bản soạn")
    told = typing.submit({"comments.0.text": "Vẫn nên lùi."}, "Lưu")
    assert told.status == 200 and "bản soạn được mở lại" in told.text
    assert "Vẫn nên lùi." in told.html
