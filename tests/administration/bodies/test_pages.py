"""Merging, dividing and taking back, as an administrator goes through the pages; Back and a second tab too."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Membership, Organisation
from consult.people.words import OrganisationKind, Role
from tests.administration.bodies.documents import decided
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.files.made import pdf
from tests.pages import Browser

PDF = pdf()
LOOK = "Xem trước khi nhập"


@pytest.fixture
def office(app: Flask, app_session: Session) -> Browser:
    """A browser with an administrator."""
    browser = Browser(app)
    sign_in(browser, make_user(app_session, make_organisation(app_session, name="Sở Y tế"), [Role.ADMINISTRATOR]))
    return browser


@pytest.fixture
def union(app_session: Session) -> Organisation:
    """A union with somebody who signs."""
    body = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Phụ nữ xã A")
    make_user(app_session, body, [Role.SENDER], name="Ma Thị Hoa")
    return body


def fresh(session: Session, body: Organisation) -> Organisation:
    """As it is now."""
    session.rollback()
    session.expire_all()
    return session.get_one(Organisation, body.id)


def test_a_body_is_merged_after_a_question_and_taken_back_after_another(
    office: Browser, app_session: Session, union: Organisation
) -> None:
    make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Phụ nữ xã B")
    page = office.get(f"/quan-tri/to-chuc/{union.id}/").click("Nhập vào tổ chức đã có")
    page = page.submit({"q": "phu nu"}, button="Tìm")
    wrong = page.submit({"into": "Hội Phụ nữ xã B"}, button=LOOK)
    assert wrong.status == 422 and wrong.text.count("Xin nhập") >= 3, "without the document nothing is asked"
    given = {"into": "Hội Phụ nữ xã B", **decided()}
    assert page.submit({**given, "document_file": (b"\x89PNG\r\n\x1a\n", "a.png")}, button=LOOK).status == 422
    asked = page.submit({**given, "document_file": (PDF, "qd.pdf")}, button=LOOK)
    assert "Tệp kèm theo: qd.pdf" in asked.text
    assert "Hội Phụ nữ xã B kế thừa" in asked.text and "giữ nguyên" in asked.text
    assert fresh(app_session, union).valid_to is None, "it is only asked"
    done = asked.submit(button="Nhập tổ chức")
    assert done.heading == "Hội Phụ nữ xã B" and fresh(app_session, union).valid_to is not None
    assert asked.submit(button="Nhập tổ chức").status in {200, 409}, "Back and once more does nothing twice"
    page = office.get(f"/quan-tri/to-chuc/{union.id}/")
    assert "nhập vào tổ chức khác" in page.text and "Số 12/QĐ-UBND ngày 1/7/2025 của" in page.text
    assert office.get(str(page.find("//a[.='qd.pdf']/@href")[0])).body == PDF
    page = page.click("Hoàn tác").submit(button="Hoàn tác")
    assert page.heading == union.name and fresh(app_session, union).valid_to is None and "đã hoàn tác" in page.text
    seat = app_session.scalars(select(Membership).where(Membership.organisation_id == union.id)).one()
    assert seat.until is None


def test_what_is_wrong_with_a_merger_comes_back_beside_it(
    office: Browser, app_session: Session, union: Organisation
) -> None:
    make_organisation(app_session, OrganisationKind.INVESTOR, name="Chủ dự án A")
    page = office.get(f"/quan-tri/to-chuc/{union.id}/sap-nhap/?q=du an")
    wrong = page.submit({"into": "Chủ dự án A", **decided()}, button=LOOK)
    assert wrong.status == 422 and "bên được hỏi và bên đánh giá" in wrong.text
    assert page.submit({"day": ""}, button=LOOK).status == 422


def test_a_body_is_divided_with_its_people(office: Browser, app_session: Session, union: Organisation) -> None:
    page = office.get(f"/quan-tri/to-chuc/{union.id}/").click("Chia tách")
    assert page.submit({"name-0": "Hội một", **decided()}, button="Xem trước khi chia tách").status == 422
    assert (
        page.submit({"name-0": "Hội một", "name-2": "Hội ba", **decided()}, button="Xem trước khi chia tách").status
        == 422
    )
    seat = app_session.scalars(select(Membership).where(Membership.organisation_id == union.id)).one()
    given = {"name-0": "Hội một", "name-1": "Hội hai", f"seat-{seat.id}": "2", **decided()}
    asked = page.submit(given, button="Xem trước khi chia tách")
    assert "Hội một, Hội hai" in asked.text
    asked.submit(button="Chia tách tổ chức")
    held = select(Organisation.name).join(Membership, Membership.organisation_id == Organisation.id)
    fresh(app_session, union)
    now = app_session.scalars(held.where(Membership.user_id == seat.user_id, Membership.until.is_(None)))
    assert list(now) == ["Hội hai"]


def test_a_body_typed_at_the_desk_waits_on_the_list_until_it_is_confirmed(
    office: Browser, app_session: Session
) -> None:
    typed = make_organisation(app_session, OrganisationKind.MEMBER, name="Hội Sinh vật cảnh")
    typed.typed_at = NOW
    app_session.commit()
    page = office.get("/quan-tri/to-chuc/")
    assert "chờ xác nhận" in page.text and "(chưa xác nhận)" in page.text
    page = office.get(f"/quan-tri/to-chuc/{typed.id}/")
    done = page.submit(button="Xác nhận là tổ chức riêng")
    assert "Đã xác nhận tổ chức" in done.text and "(chưa xác nhận)" not in office.get("/quan-tri/to-chuc/").text
    assert page.submit(button="Xác nhận là tổ chức riêng").status in {200, 409}
