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
