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
    assert "Sửa số, ngày, người ký" not in house.drafter.get(sent.address).text
    page = sent.click("Sửa số, ngày, người ký, nội dung chung")
    stale = house.sender.get(page.address)
    wrong = page.submit({"letter_number": "", "letter_on": "2100-01-01"}, "Gửi bản sửa")
    assert wrong.status == 422 and wrong.form("letter_on").values()["letter_on"] == "2100-01-01"
    amended = wrong.submit({"letter_number": "99/MTTQ-BTT", "letter_on": LETTER["letter_on"]}, "Gửi bản sửa")
    assert "Bản sửa lần 1" in amended.text and LETTER["letter_number"] in amended.text
    assert stale.submit({"letter_number": "100/MTTQ"}, "Gửi bản sửa").status == 409, "it was amended meanwhile"
    assert "99/MTTQ-BTT" in amended.click("Bản in").text
    assert "bản sửa lần 1" in Browser(app).get("/nhat-ky/phan-loai-rac/").text
    assert house.drafter.get("/to-chuc/phan-loai-rac/da-gui/1/sua/").submit(button="Gửi bản sửa").status == 409


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
