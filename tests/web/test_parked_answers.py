"""What a signed-in form answers has an address of its own: reload, Back and a second tab find it, and nobody else."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.words import Role
from consult.web import parked_answers
from tests.application import sign_in
from tests.builders import make_user
from tests.collections.conftest import Site, site
from tests.pages import Browser
from tests.submissions.conftest import settings
from tests.workspace.test_pages import LETTER, House, begun, house

__all__ = ["house", "settings", "site"]


def test_what_is_wrong_in_a_form_is_found_again_by_who_typed_it(site: Site, app_session: Session) -> None:
    form = site.secretary.get(site.work("them-dau-moi/"))
    wrong = form.submit({"lines": "Thôn 3\nthôn 3"}, button="Thêm các đầu mối này")
    assert wrong.status == 422 and wrong.opened and "giu=" in wrong.address
    for _time in range(2):
        again = site.secretary.get(wrong.address, status=422)
        assert "Thôn 3\nthôn 3" in again.html.replace("\r\n", "\n") and again.headers["Cache-Control"] == "no-store"
    other, colleague = Browser(site.app), make_user(app_session, site.scene.front, [Role.DRAFTER], "Vi Văn Bình")
    sign_in(other, colleague)
    assert "thôn 3" not in other.get(wrong.address).html, "a colleague has the form as it is"
    assert Browser(site.app).get(wrong.address).heading == "Đăng nhập"
    assert again.submit({"lines": "Thôn 3"}, button="Thêm các đầu mối này").status == 200


def test_a_question_of_the_address_stays(site: Site) -> None:
    form = site.secretary.get(f"{site.work('y-kien/')}?quan-diem=oppose")
    assert "giu=" not in form.address
    wrong = site.secretary.get(site.work("tai-lieu-hop/")).submit(
        {"clauses.0.question": "Thu mấy ngày?"}, "Lưu bộ tài liệu"
    )
    assert wrong.status == 422
    twice = wrong.submit({}, "Lưu bộ tài liệu")
    assert twice.status == 422 and twice.address.count("giu=") == 1


def test_a_receipt_is_found_again_and_leads_on_once_it_was_let_go(
    house: House, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Đồng ý."}, "Trình để gửi")
    receipt = house.sender.get(page.address).submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận văn bản" and receipt.opened
    again = house.sender.get(receipt.address)
    assert again.words("//*[@class='code']") == receipt.words("//*[@class='code']")
    assert house.drafter.get(receipt.address).heading == "Văn bản đã gửi", "codes are for who sent"
    monkeypatch.setattr(parked_answers, "LIFE", -parked_answers.LIFE)
    assert house.sender.get(receipt.address).heading == "Văn bản đã gửi"
