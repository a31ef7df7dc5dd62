"""Who begins, or goes on with, a letter in a matter is told which letters their body has there already."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.people.words import OrganisationKind, Role
from consult.submissions.models import Submission
from consult.submissions.sender.amendment import withdraw
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.pages import Browser
from tests.workspace.conftest import settings
from tests.workspace.test_pages import LETTER, House, begun, house

__all__ = ["house", "settings"]
SAID = {**LETTER, "comments.0.text": "Nên lùi một năm."}
TOLD = "Tổ chức đã có 1 văn bản trong đợt này"
CHECK = "Xem toàn bộ"


def colleague(app: Flask, session: Session, house: House) -> Browser:
    user = make_user(session, house.front, [Role.DRAFTER], "Bế Thị Sau")
    session.commit()
    browser = Browser(app)
    sign_in(browser, user)
    return browser


def test_who_begins_or_goes_on_with_a_second_letter_is_told_of_the_first(
    app: Flask, app_session: Session, house: House
) -> None:
    other = colleague(app, app_session, house)
    open_before = begun(other, "formal")
    first = begun(house.drafter, "formal").submit(SAID, CHECK)
    assert TOLD not in first.text and TOLD not in other.get("/to-chuc/").click("Soạn văn bản").text
    house.sender.get(first.address).submit(button="Gửi")
    kinds = other.get("/to-chuc/").click("Soạn văn bản")
    assert TOLD in kinds.text and f"số {LETTER['letter_number']}" in kinds.text
    assert f"{LETTER['signatory_name']} ký" in kinds.text and "tiếp nhận" in kinds.text
    [link] = kinds.find("//div[contains(@class, 'notice')]//a/@href")
    assert other.get(str(link)).heading == "Văn bản đã gửi"
    going_on = other.get(open_before.address)
    assert TOLD in going_on.text
    assert TOLD in going_on.submit({**SAID, "letter_number": "99/MTTQ"}, CHECK).text


def test_a_letter_that_was_withdrawn_says_so_and_other_bodies_hear_of_none(
    app: Flask, app_session: Session, house: House
) -> None:
    sent = begun(house.drafter, "formal").submit(SAID, CHECK)
    house.sender.get(sent.address).submit(button="Gửi")
    app_session.rollback()
    letter = app_session.scalars(select(Submission)).one()
    withdraw(app_session, house.consultation, letter, [1], now(), now())
    app_session.commit()
    kinds = house.drafter.get("/to-chuc/").click("Soạn văn bản")
    assert TOLD in kinds.text and "đã rút" in kinds.text
    youth = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Đoàn Thanh niên")
    user = make_user(app_session, youth, [Role.DRAFTER], "Lý Văn Khác")
    app_session.commit()
    stranger = Browser(app)
    sign_in(stranger, user)
    assert "văn bản trong đợt này" not in stranger.get("/to-chuc/").click("Soạn văn bản").text
