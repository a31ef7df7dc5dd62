"""The desk's papers: who takes which away, what they say, and that they are as the decree has them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.invitation_models import Invitation, OfficialLetter
from consult.consultations.words import Kind, LetterPurpose, Procedure
from consult.db import new_id
from consult.official_papers.layout import pdf, word
from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from tests.application import sign_in
from tests.builders import make_consultation, make_organisation, make_user
from tests.pages import Browser
from tests.workspace.papers.test_papers import lines_of

EIA = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY}
PROJECT = {
    "name": "Mỏ đá <Nà Hái> & Co",
    "meeting_on": "2026-12-02",
    "meeting_place": "Nhà văn hóa thôn",
    "villages": "Nà Hái",
}
OF_POSTING = {"gui-lay-y-kien", "xac-nhan-dang-tai"}
OF_BOTH = {"yeu-cau-tham-van", "bien-ban-hop"}


def at_desk(app: Flask, session: Session, body: Organisation) -> Browser:
    """An officer of a body, signed in."""
    browser = Browser(app)
    sign_in(browser, make_user(session, body, [Role.OFFICER]))
    return browser


@pytest.fixture
def base(app: Flask, app_session: Session) -> tuple[str, Browser, Browser]:
    """The address of the papers of an ĐTM matter, an officer of who posts it, and one of the investor."""
    investor = make_organisation(app_session, OrganisationKind.INVESTOR, name="Công ty Khai khoáng")
    matter = make_consultation(app_session, now=now(), slug="mo-da", answering=investor, project=PROJECT, **EIA)
    for number in range(3):
        asked = make_organisation(app_session, OrganisationKind.MEMBER, name=f"Hội {number}")
        app_session.add(
            Invitation(
                consultation_id=matter.id, id=new_id(), organisation_id=asked.id, recorded_at=now(),
                recorded_by_id=matter.created_by_id,
            )
        )  # fmt: skip
    app_session.commit()
    officers = (at_desk(app, app_session, matter.lead), at_desk(app, app_session, investor))
    return ("/xu-ly/mo-da/van-ban-di/", *officers)


def test_who_posts_takes_all_and_the_investor_what_is_its_own(base: tuple[str, Browser, Browser]) -> None:
    address, posting, investor = base
    every = OF_POSTING | OF_BOTH
    for browser, wanted in ((posting, every), (investor, OF_BOTH)):
        shown = browser.get(address).text
        taken = {name for name in every if browser.get(f"{address}{name}.docx", status=None).status == 200}
        assert taken == wanted
        assert ("Giấy xác nhận đăng tải" in shown) is (browser is posting)


def test_each_is_as_the_decree_has_it(base: tuple[str, Browser, Browser]) -> None:
    address, posting, _investor = base
    for name in OF_POSTING | OF_BOTH:
        for ending, check in (("docx", word.check), ("pdf", pdf.check)):
            found = check(posting.get(f"{address}{name}.{ending}").body)
            assert [one for one in found if one["state"] not in ("good", "unknown")] == [], (name, ending)


def test_the_request_says_the_words_of_the_annex(base: tuple[str, Browser, Browser]) -> None:
    address, _posting, investor = base
    said = lines_of(investor.get(f"{address}yeu-cau-tham-van.docx").body)
    assert any(line.startswith("Thực hiện Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020, Công ty") for line in said)
    assert any(PROJECT["name"] in line for line in said)
    assert any("trong thời hạn không quá 15 ngày" in line for line in said)
    assert said[-3:] == ["1. Hội 0", "2. Hội 1", "3. Hội 2"]
    assert [line for line in said if line.startswith("Số:")] == ["Số:\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0/.............."]


def test_the_certificate_counts_and_says_when_it_is_too_early(base: tuple[str, Browser, Browser]) -> None:
    address, posting, _investor = base
    said = " ".join(lines_of(posting.get(f"{address}xac-nhan-dang-tai.docx").body))
    assert "chưa xác nhận, thời gian nhận ý kiến chưa kết thúc" in said
    assert "có 0 ý kiến" in said
    assert "ngày, tính cả ngày đầu và ngày cuối)" in said


def test_the_minutes_have_the_three_parts_and_three_places_to_sign(base: tuple[str, Browser, Browser]) -> None:
    address, posting, _investor = base
    said = lines_of(posting.get(f"{address}bien-ban-hop.docx").body)
    heads = [
        "1. Thành phần tham dự", "2. Nội dung và diễn biến cuộc họp", "3. Kết luận, kết thúc cuộc họp",
        "ĐẠI DIỆN ỦY BAN NHÂN DÂN XÃ", "ĐẠI DIỆN CHỦ DỰ ÁN", "ĐẠI DIỆN CỘNG ĐỒNG DÂN CƯ", "DANH SÁCH NGƯỜI DỰ HỌP",
    ]  # fmt: skip
    assert [line for line in said if line in heads] == heads
    assert any("ngày 02 tháng 12 năm 2026" in line for line in said)
    assert not any(line.startswith("Số:") for line in said)


def test_a_paper_that_asks_is_that_of_its_letter(base: tuple[str, Browser, Browser], app_session: Session) -> None:
    address, posting, investor = base
    first, second, _third = app_session.scalars(select(Invitation).order_by(Invitation.id)).all()
    letter = OfficialLetter(
        id=new_id(), consultation_id=first.consultation_id, purpose=LetterPurpose.INVITATION, number="12/STNMT",
        on=date(2026, 11, 5), signer_name="Lò Văn Ký", signer_office="GIÁM ĐỐC", recorded_at=now(),
        recorded_by_id=first.recorded_by_id,
    )  # fmt: skip
    app_session.add(letter)
    first.letter_id = second.letter_id = letter.id
    first.silence_is_consent = True
    app_session.commit()
    assert "Theo công văn số 12/STNMT ngày 5/11/2026" in posting.get(address).text
    asking, request = (
        lines_of(browser.get(f"{address}{name}.docx?cong-van={letter.id}").body)
        for browser, name in ((posting, "gui-lay-y-kien"), (investor, "yeu-cau-tham-van"))
    )
    for said in (asking, request):
        assert "Số: 12/STNMT" in said
        assert not any("Hội 2" in line for line in said)
        assert any("có đánh dấu (*) trong danh sách không có ý kiến" in line for line in said)
    assert "Lò Văn Ký" in asking and "GIÁM ĐỐC" in asking
    assert request[-2:] == ["1. Hội 0 (*)", "2. Hội 1"]
    others = lines_of(posting.get(f"{address}gui-lay-y-kien.docx").body)
    assert any("Hội 2" in line for line in others) and not any("Hội 0" in line for line in others)
    assert not any("thống nhất" in line for line in others)
    posting.get(f"{address}gui-lay-y-kien.docx?cong-van={new_id()}", status=404)
