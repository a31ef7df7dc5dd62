"""Proposals of a quarter in one letter of the Front: chosen, sent by another person, told on both sides."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day, now
from consult.consultations.words import Kind
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.stages import Stage
from consult.submissions.bundles.models import BundledProposal
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import referrals as verifying
from consult.workspace.bundles import choosing
from tests.application import sign_in
from tests.builders import make_consultation, make_organisation, make_user
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, comment, make_desk

LETTER = {"letter_number": "31/MTTQ-BTT", "signatory_office": "Phó Chủ tịch", "signatory_name": "Hoàng Văn Én"}


@dataclass
class House:
    """The body that answers with its page of proposals, the Front with its own page, and the Front's two people."""

    body: Desk
    own: Desk
    drafter: Browser
    sender: Browser

    @property
    def here(self) -> str:
        """Where proposals are chosen; those of the quarter of today."""
        quarter = choosing.quarter_of(local_day(now())).code
        return f"/to-chuc/{self.body.matter.slug}/tong-hop-kien-nghi/?quy={quarter}"

    def chosen(self, *numbers: int, **given: str) -> Page:
        """The drafter ticks proposals of the Front's own page and writes the covering text."""
        page = self.drafter.get(f"{self.here}&tu={self.own.matter.slug}")
        return page.submit({"chosen": [str(one) for one in numbers], **given}, "Đưa vào văn bản")


@pytest.fixture
def house(app: Flask, app_session: Session) -> House:
    body = make_desk(app_session, Stage.OPEN, text=None, kind=Kind.PROPOSALS, days=20, now=now())
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
    own = _page_of(app_session, body, front)
    for text in ("Trạm y tế xuống cấp.", "Thiếu thùng rác ở chợ.", "Chưa kiểm tra."):
        own.receive(comment(text, ""), at=now() - timedelta(minutes=5))
    own.release(1, 2)
    people = [make_user(app_session, front, [role], name) for role, name in (
        (Role.DRAFTER, "Lò Thị Mai"), (Role.SENDER, "Hoàng Văn Én"))]  # fmt: skip
    browsers = [Browser(app), Browser(app)]
    for browser, user in zip(browsers, people, strict=True):
        sign_in(browser, user)
    return House(body, own, *browsers)


def _page_of(session: Session, body: Desk, front: Organisation) -> Desk:
    matter = make_consultation(session, Stage.OPEN, lead=front, text=None, kind=Kind.PROPOSALS, days=20, now=now())
    matter.answering_id = body.body.id
    session.commit()
    officer, other = body.officer, body.second_officer
    return Desk(session, matter, body.body, body.unit, body.people, officer, other, body.leader, body.publisher, now())


def _sent(house: House) -> Page:
    page = house.chosen(1, 2, covering="Quý này Nhân dân phản ánh nhiều về rác thải.")
    typed = {**LETTER, "letter_on": local_day(now()).isoformat()}
    page.submit(typed, "Trình để gửi")
    signing = house.sender.get("/to-chuc/").click("Văn bản góp ý: ")
    return signing.submit(button="Gửi")


def test_one_chooses_another_sends_and_both_sides_tell_it(app: Flask, app_session: Session, house: House) -> None:
    stranger = Browser(app)
    proposal = f"/lay-y-kien/{house.own.matter.slug}/y-kien/1/"
    assert "các ý kiến số 1, 2, 3" in _sent(house).text
    told = stranger.get(proposal).text
    assert "Được đưa vào văn bản: số 31/MTTQ-BTT" in told and house.body.body.name in told
    app_session.rollback()
    entry = app_session.scalars(select(LedgerEntry).filter_by(kind="proposals_bundled")).one()
    assert entry.consultation_id == house.body.matter.id
    told_to = [one.payload for one in app_session.scalars(select(OutboxMessage)) if one.payload.get("change")]
    assert {"comments": [1, 2], "change": "bundled"} in told_to
    house.body.release(1, 2, 3)
    letter = stranger.get(f"/lay-y-kien/{house.body.matter.slug}/van-ban/1/")
    assert "kiến nghị số 1" in letter.text and proposal in letter.html and "rác thải" in letter.text
    letters = stranger.get(proposal).click("số 31/MTTQ-BTT")
    assert f"/lay-y-kien/{house.body.matter.slug}/van-ban/1/" in letters.html
    again = house.drafter.get(f"{house.here}&tu={house.own.matter.slug}").text
    assert "số 31/MTTQ-BTT" in again and "Chưa kiểm tra." not in again


def test_who_put_them_in_does_not_send_them(house: House, app_session: Session) -> None:
    page = house.chosen(1, covering="Kính gửi.").submit({**LETTER, "letter_on": "2026-01-05"}, "Trình để gửi")
    assert "Gửi" not in page.words("//main//button")
    app_session.rollback()
    assert app_session.scalars(select(BundledProposal)).all() == []


def test_what_is_taken_out_of_the_draft_is_not_named(house: House, app_session: Session) -> None:
    page = house.chosen(1, 2, covering="Kính gửi.")
    key = page.form().values()["comments.2.key"]
    typed = {**LETTER, "letter_on": local_day(now()).isoformat()}
    page.submit(typed, f"remove:{key}").submit(button="Trình để gửi")
    house.sender.get("/to-chuc/").click("Văn bản góp ý: ").submit(button="Gửi")
    app_session.rollback()
    assert [one.number for one in app_session.scalars(select(BundledProposal))] == [1]


def test_more_go_into_the_same_draft_once(house: House) -> None:
    house.chosen(1, covering="Kính gửi.")
    again = house.chosen(1, 2)
    assert [name in again.form().values() for name in ("comments.2.key", "comments.3.key")] == [True, False]


def test_what_is_missing_is_told_and_what_was_ticked_stays(house: House) -> None:
    page = house.chosen(covering="Kính gửi.")
    assert page.status == 422
    assert page.form("Lời dẫn").values()["covering"] == "Kính gửi."
    assert house.chosen(2).status == 422


def test_the_paper_names_each_of_them(house: House) -> None:
    page = house.chosen(1, 2, covering="Quý này Nhân dân phản ánh.")
    data = house.drafter.client.get(f"{page.address.partition('?')[0]}van-ban/kien-nghi.docx").data
    with ZipFile(BytesIO(data)) as paper:
        words = paper.read("word/document.xml").decode()
    assert "Quý này Nhân dân phản ánh." in words and "Kiến nghị số 2" in words and house.body.body.name in words


def test_others_find_no_such_page(app: Flask, app_session: Session, house: House) -> None:
    parish = make_organisation(app_session, OrganisationKind.RELIGIOUS, Level.COMMUNE, "Giáo xứ")
    browser = Browser(app)
    sign_in(browser, make_user(app_session, parish, [Role.DRAFTER]))
    assert browser.get(house.here, status=404).status == 404


def test_another_list_than_the_log_has_is_found(house: House, app_session: Session) -> None:
    _sent(house)
    app_session.rollback()
    log = Log(verifying_log.entries(app_session, house.body.matter.id))
    assert verifying.check_bundled(app_session, house.body.matter.id, log) == 2
    app_session.scalars(select(BundledProposal)).first().number = 3
    with pytest.raises(Tampered):
        verifying.check_bundled(app_session, house.body.matter.id, log)


def test_a_proposal_that_is_not_public_any_more_is_not_sent(house: House, app_session: Session) -> None:
    page = house.chosen(1, 2, covering="Kính gửi.")
    key = page.form().values()["comments.1.key"]
    draft = page.address
    page.submit({**LETTER, "letter_on": local_day(now()).isoformat()}, "Trình để gửi")
    house.own.by_two(1, CommentActKind.WITHHELD, "personal_data")
    told = house.sender.get("/to-chuc/").click("Văn bản góp ý: ")
    assert "không còn được công khai" in told.text and "Gửi" not in told.words("//main//button")
    house.drafter.get(draft).submit(button=f"remove:{key}").submit(button="Trình để gửi")
    house.sender.get("/to-chuc/").click("Văn bản góp ý: ").submit(button="Gửi")
    app_session.rollback()
    assert [one.number for one in app_session.scalars(select(BundledProposal))] == [2]
