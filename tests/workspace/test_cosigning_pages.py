"""A body is asked on the pages to sign a letter of another one, reads it, confirms it, and follows its answers."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.bodies import changes
from consult.clock import local_day, now
from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.sign_in.actors import actor_of
from consult.submissions.acts import service as acts
from consult.workspace.models import DraftCosigner
from tests.administration.bodies.documents import DECISION
from tests.application import sign_in
from tests.builders import make_actor, make_organisation, make_user
from tests.pages import Browser
from tests.workspace.test_pages import LETTER, House, begun, house

__all__ = ["house"]
CHECK = "Xem toàn bộ"
SAID = {**LETTER, "comments.0.text": "Nên lùi một năm."}


@pytest.fixture
def women(app_session: Session, house: House) -> Organisation:
    body = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Liên hiệp Phụ nữ tỉnh")
    app_session.commit()
    return body


@pytest.fixture
def at_work(app: Flask, app_session: Session, women: Organisation) -> Callable[..., Browser]:
    def signed_in(*roles: Role, body: Organisation = women, name: str = "Ma Thị Hoa") -> Browser:
        user = make_user(app_session, body, list(roles), name)
        app_session.commit()
        browser = Browser(app)
        sign_in(browser, user)
        return browser

    return signed_in


def test_a_letter_is_confirmed_sent_and_followed_by_both(
    app: Flask, app_session: Session, house: House, women: Organisation, at_work: Callable[..., Browser]
) -> None:
    signs, other = at_work(Role.SENDER), at_work(Role.SENDER, body=make_organisation(app_session), name="Lý Văn An")
    page = begun(house.drafter, "formal").submit({**SAID, "note.letter": "Ghi chú mật."}, CHECK)
    asked = page.submit({"organisation": str(women.id)}, "Đề nghị cùng ký")
    assert "chưa xác nhận" in asked.text and "Vẫn gửi được" in asked.text
    read = signs.get("/to-chuc/").click("Văn bản góp ý: ")
    assert "Nên lùi một năm." in read.text and "Ghi chú mật." not in read.text
    other.get(read.address, 404)
    assert read.submit(button="Không cùng ký").status == 422
    stale = signs.get(read.address)
    house.drafter.get(page.address).click("Sửa bản soạn").submit({"comments.0.text": "Nên lùi hai năm."}, "Lưu")
    late = stale.submit(button="Xác nhận cùng ký")
    assert late.status == 409 and "Nên lùi hai năm." in late.text and "lùi một năm" not in late.text
    done = signs.get(read.address).submit(button="Xác nhận cùng ký")
    assert "Đã xác nhận cùng ký lúc" in done.text
    sending = house.sender.get(page.address)
    assert "đã xác nhận lúc" in sending.text and "Vẫn gửi được" not in sending.text
    receipt = sending.submit(button="Gửi")
    assert receipt.status == 200 and "Hội Liên hiệp Phụ nữ tỉnh (xác nhận ngày" in receipt.text
    theirs = signs.get(read.address)
    assert theirs.heading == "Văn bản đã gửi" and "cùng ký. Việc sửa, rút do bên gửi" in theirs.text
    assert "Hội Liên hiệp Phụ nữ tỉnh" in theirs.click("Bản in").text
    assert "Sửa số, ngày, người ký" not in theirs.text
    assert "cùng ký với" in signs.get("/to-chuc/").text
    for path in ("sua/", "nhan-xet/1/"):
        signs.get(f"/to-chuc/phan-loai-rac/da-gui/1/{path}", 404)
    other.get("/to-chuc/phan-loai-rac/da-gui/1/", 404)
    public = Browser(app)
    assert "Phụ nữ" not in public.get("/lay-y-kien/phan-loai-rac/van-ban/1/", None).text
    officer = make_actor(app_session, house.consultation.lead, Role.OFFICER)
    acts.release(app_session, house.consultation, [1], officer, now())
    assert "Hội Liên hiệp Phụ nữ tỉnh" in public.get("/lay-y-kien/phan-loai-rac/van-ban/1/").text


def test_what_is_sent_names_who_was_listed_when_it_was_read(
    house: House, women: Organisation, at_work: Callable[..., Browser]
) -> None:
    signs = at_work(Role.SENDER, Role.DRAFTER)
    page = begun(house.drafter, "formal").submit(SAID, CHECK)
    page.submit({"organisation": str(women.id)}, "Đề nghị cùng ký")
    read = signs.get("/to-chuc/").click("Văn bản góp ý: ")
    read.submit(button="Xác nhận cùng ký")
    opened = house.sender.get(page.address)
    signs.get(read.address).submit({"reason": "Chưa thống nhất."}, "Không cùng ký")
    assert opened.submit(button="Gửi").status == 409, "who is named is no more as it was read"
    again = house.sender.get(page.address)
    assert "Chưa thống nhất." in again.text and "Vẫn gửi được" in again.text
    assert "Phụ nữ" not in again.submit(button="Gửi").text
    told = signs.get(read.address)
    assert "Văn bản đã được gửi, không có tên" in told.text and "Nên lùi" not in told.text


def test_the_heir_of_a_body_confirms_under_its_name(
    app: Flask, app_session: Session, house: House, women: Organisation
) -> None:
    user = make_user(app_session, women, [Role.SENDER], "Ma Thị Hoa")
    app_session.commit()
    page = begun(house.drafter, "formal").submit(SAID, CHECK)
    page.submit({"organisation": str(women.id)}, "Đề nghị cùng ký")
    heir = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội mới")
    boss = make_user(app_session, heir, [Role.ADMINISTRATOR], "Quản trị")
    app_session.commit()
    acting = actor_of(app_session, app_session.get_one(User, boss.id), now())
    changes.merge(app_session, women.id, heir.id, local_day(now()), DECISION, acting, now())
    browser = Browser(app)
    sign_in(browser, user)
    cosigner = app_session.scalars(select(DraftCosigner)).one()
    read = browser.get(f"/to-chuc/phan-loai-rac/cung-ky/{cosigner.id}/")
    assert "Đã xác nhận" in read.submit(button="Xác nhận cùng ký").text
    assert "Hội Liên hiệp Phụ nữ tỉnh" in house.sender.get(page.address).submit(button="Gửi").text
    assert browser.get("/to-chuc/phan-loai-rac/da-gui/1/").status == 200
