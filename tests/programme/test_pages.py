"""The year's plan on its pages: written at the Front, public once it is made so, taken away as a paper."""

from flask import Flask
from sqlalchemy.orm import Session

from consult.official_papers.layout import pdf, word
from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.pages import Browser, Page
from tests.workspace.papers.test_papers import lines_of

LINE = {
    "Nội dung": "Dự thảo <b>Quy hoạch</b> tỉnh",
    "Hình thức": "Hội nghị",
    "Thời gian": "Quý II",
    "ground": "request",
}
YEAR = 2027


def at(app: Flask, session: Session, body: Organisation, role: Role) -> Browser:
    """Somebody of a body, signed in."""
    browser = Browser(app)
    sign_in(browser, make_user(session, body, [role]))
    return browser


def filled(page: Page, subject: str, **more: str) -> Page:
    """One more line."""
    return page.submit(
        {"subject": subject, "form": "conference", "quarter": "2", "ground": "request", **more}, button="Lưu"
    )


def test_from_the_first_line_to_the_public_page(app: Flask, app_session: Session, browser: Browser) -> None:
    body = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban MTTQ Việt Nam tỉnh")
    writer, signer = (at(app, app_session, body, role) for role in (Role.DRAFTER, Role.SENDER))
    base = f"/to-chuc/ke-hoach-phan-bien/{body.id}/{YEAR}/"
    address = f"/ke-hoach-phan-bien/{YEAR}/{body.id}/"
    page = filled(writer.get(base), LINE["Nội dung"])
    assert LINE["Nội dung"] in page.text
    assert "Kế hoạch chưa có nội dung" not in page.text
    browser.get(address, status=404)
    assert "Chưa có kế hoạch nào" in browser.get("/ke-hoach-phan-bien/").text
    signer.get(base).submit({"number": "12/KH-MTTQ"}, button="Công khai kế hoạch")
    shown = browser.get("/ke-hoach-phan-bien/").click("Ủy ban MTTQ Việt Nam tỉnh").text
    assert "12/KH-MTTQ" in shown
    assert LINE["Nội dung"] in shown
    lined = writer.get(base).click(f"Điều chỉnh: {LINE['Nội dung']}")
    assert lined.submit({"quarter": "3"}, button="Lưu").status == 422
    lined.submit({"quarter": "3", "reason": "Theo lịch trình mới"}, button="Lưu")
    assert "Theo lịch trình mới" in browser.get(address).text
    for ending, check in (("docx", word.check), ("pdf", pdf.check)):
        found = check(browser.get(f"{address}ke-hoach.{ending}").body)
        assert [one for one in found if one["state"] not in ("good", "unknown")] == []
    said = lines_of(browser.get(f"{address}ke-hoach.docx").body)
    assert "Số: 12/KH-MTTQ" in said
    assert said[said.index(LINE["Nội dung"]) : said.index(LINE["Nội dung"]) + 3][2] == f"Quý III/{YEAR}"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE)
    writer = at(app, app_session, body, Role.DRAFTER)
    page = writer.get(f"/to-chuc/ke-hoach-phan-bien/{body.id}/{YEAR}/")
    again = page.submit({"subject": "Dự thảo đề án"}, button="Lưu")
    assert again.status == 422
    assert "Dự thảo đề án" in again.text


def test_others_have_no_plan(app: Flask, app_session: Session) -> None:
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE)
    union = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL)
    stranger = at(app, app_session, union, Role.DRAFTER)
    for body in (front, union):
        stranger.get(f"/to-chuc/ke-hoach-phan-bien/{body.id}/{YEAR}/", status=404)
        stranger.get(f"/to-chuc/ke-hoach-phan-bien/{body.id}/", status=404)
