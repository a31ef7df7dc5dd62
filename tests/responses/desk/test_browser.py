"""The desk in a real browser: every page at phone and desk width, usable by everybody, never wider than the screen."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from consult.people.words import OrganisationKind
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CritiqueInput, Sender
from consult.submissions.words import CommentActKind, Stance, SubmissionKind
from tests.application import sign_in
from tests.builders import make_organisation
from tests.live import DESK, PHONE, Visitor
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment

LONG = "Đề nghị quy định rõ ngày thu gom đối với từng thôn, tổ dân phố và nơi tập kết chất thải cồng kềnh. " * 4


def _fill(desk: Desk) -> None:
    front = make_organisation(desk.session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban Mặt trận Tổ quốc tỉnh")
    desk.receive(
        comment(LONG, stance=Stance.SUPPORT_WITH_CHANGES, proposed="Thu gom thứ Ba, thứ Sáu.", reason="Dân ở xa."),
        comment("Điểm đ chưa rõ.", "d2.k1.pdd", stance=Stance.QUESTION),
        comment("Ông A ở nhà số 5 xả thải.", ""),
        sender=Sender(name="Lý Thị Hoa", publish_name=True, contact="0912 345 678"),
    )
    critique = CritiqueInput("conference", {"necessity": "Cần thiết."}, "Cơ bản thống nhất, đề nghị sửa Điều 2.")
    desk.receive(LONG, kind=SubmissionKind.CRITIQUE, critique=critique, sender=Sender(organisation_id=front.id))
    desk.draft(4, disposition="partly_accepted", text="Tiếp thu ngày thu gom; nơi tập kết do xã quy định. " * 5)
    ready = desk.draft(2, disposition="clarified", text="Điểm đ theo Luật Bảo vệ môi trường.")
    desk.approve(ready)
    acts.propose(desk.session, desk.matter, 3, CommentActKind.WITHHELD, "personal_data", desk.officer, desk.now)


PAGES = (
    ("officer", ""),
    ("officer", "y-kien/1/"),
    ("officer", "y-kien/4/"),
    ("officer", "y-kien/1/de-xuat/?kind=redacted"),
    ("officer", "y-kien/1/tach/"),
    ("officer", "tra-loi/?comment=1"),
    ("officer", "tiep-nhan/"),
    ("leader", "de-xuat/"),
    ("leader", "phe-duyet/"),
    ("publisher", "cong-bo/"),
    ("publisher", "ket-thuc/"),
)


@pytest.mark.browser
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_the_desk_is_for_everybody(
    app: Flask, desk: Desk, visitor: Callable[..., Visitor], screen: object
) -> None:
    _fill(desk)
    for who in ("officer", "leader", "publisher"):
        person = visitor(screen=screen)
        person.context.add_cookies([{"name": "consult", "value": _cookie(app, desk, who), "url": person.address}])
        for _who, rest in (page for page in PAGES if page[0] == who):
            person.open(f"/xu-ly/{desk.matter.slug}/{rest}")
            person.check()


@pytest.mark.browser
def test_a_leader_chooses_all_answers_at_once(app: Flask, desk: Desk, visitor: Callable[..., Visitor]) -> None:
    _fill(desk)
    desk.draft(1, text="Tiếp thu.")
    person = visitor(screen=PHONE)
    person.context.add_cookies([{"name": "consult", "value": _cookie(app, desk, "leader"), "url": person.address}])
    page = person.open(f"/xu-ly/{desk.matter.slug}/phe-duyet/")
    page.get_by_label("Chọn tất cả").check()
    for number in (1, 3):
        expect(page.get_by_label(f"Chọn trả lời số {number}")).to_be_checked()
    person.check()


def _cookie(app: Flask, desk: Desk, who: str) -> str:
    """The session cookie of somebody who has signed in."""
    browser = Browser(app)
    sign_in(browser, desk.people[who])
    cookie = browser.client.get_cookie("consult")
    assert cookie is not None
    return cookie.value
