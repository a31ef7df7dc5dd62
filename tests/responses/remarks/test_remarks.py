"""What a body remarks on the answer to its letter: written by one, signed by another, public beside the answer."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import User
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.second_words.models import AnswerRemark
from consult.submissions.inputs import CritiqueInput, Letter, Sender
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind, SubmissionKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import second_words as verifying
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.notices.conftest import News, news
from tests.pages import Browser
from tests.reading.scene import Scene
from tests.responses.desk_builder import comment

__all__ = ["news"]
SAID = CritiqueInput("dialogue", {"necessity": "Rất cần thiết."}, "Tán thành.")
REMARK = "Mặt trận chưa đồng tình: lộ trình hai năm chưa được nêu."


@pytest.fixture
def scene(app_session: Session, app: Flask) -> Scene:
    return Scene(app_session)


@pytest.fixture
def people(scene: Scene) -> tuple[User, User, list[int]]:
    """The drafter and the sender of the Front, and the comments of its critique."""
    front = make_organisation(scene.session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
    drafter = make_user(scene.session, front, [Role.DRAFTER], "Lường Thị Soạn")
    sender = make_user(scene.session, front, [Role.SENDER], "Lò Văn Ký")
    letter = Letter("12/MTTQ-BTT", clock.local_day(clock.now()), "Lò Văn Ký", "Chủ tịch", "TM.")
    numbers = scene.desk.receive(
        comment("Cần lộ trình."), at=scene.sent_at, kind=SubmissionKind.CRITIQUE,
        sender=Sender(organisation_id=front.id), letter=letter, critique=SAID,
    )  # fmt: skip
    scene.release(*numbers)
    return drafter, sender, list(numbers)


def test_written_by_one_signed_by_another_and_read_by_all(
    app: Flask, scene: Scene, people: tuple[User, User, list[int]], browser: Browser, news: News
) -> None:
    drafter, sender, (number, *_others) = people
    letter = scene.session.query(Comment).filter_by(number=number).one()
    own = f"/to-chuc/{scene.matter.slug}/da-gui/1/nhan-xet/{number}/"
    scene.session.commit()
    writes = Browser(app)
    sign_in(writes, drafter)
    assert "Chỉ nêu nhận xét được" in writes.get(own, status=409).text
    scene.answer(number)
    scene.session.commit()
    page = writes.get(f"/to-chuc/{scene.matter.slug}/da-gui/1/").click(f"Ý kiến về trả lời số {number}")
    assert page.submit({"remark": " ", "verdict": "unsatisfied"}, "Lưu ý kiến").status == 422
    written = page.submit({"remark": REMARK, "verdict": "unsatisfied"}, "Lưu ý kiến")
    assert REMARK in written.text and "Chỉ người được tổ chức giao quyền gửi" in written.text
    public = f"/lay-y-kien/{scene.matter.slug}/phan-bien/1/"
    assert REMARK not in browser.get(public).text
    news(clock.now())
    signs = Browser(app)
    sign_in(signs, sender)
    signed = signs.get(own).submit({}, "Ký và công khai ý kiến")
    assert "Đã ký và công khai" in signed.text
    told = browser.get(public).text
    assert REMARK in told and "Ý kiến của cơ quan, tổ chức về trả lời này" in told
    assert "The body says of this answer" in browser.get("/en" + public).text
    subjects = {str(one["Subject"]) for one in news(clock.now())}
    assert f"Chưa thỏa đáng: Ủy ban Mặt trận tỉnh nêu ý kiến về trả lời ý kiến số {number}" in subjects
    desk = Browser(app)
    sign_in(desk, scene.desk.people["officer"])
    assert REMARK in desk.get(f"/xu-ly/{scene.matter.slug}/y-kien/{number}/").text
    assert page.submit({"remark": "Đổi ý.", "verdict": "satisfied"}, "Lưu ý kiến").status == 409
    scene.session.rollback()
    log = Log(verifying_log.entries(scene.session, scene.matter.id))
    assert verifying.check_remarks(scene.session, scene.matter.id, log, {letter.id: number}) == 1
    row = scene.session.query(AnswerRemark).filter_by(comment_id=letter.id).one()
    row.text = "Mặt trận đồng tình."
    scene.session.flush()
    with pytest.raises(Tampered):
        verifying.check_remarks(scene.session, scene.matter.id, log, {letter.id: number})


def test_what_is_withheld_takes_its_remark_along(
    app: Flask, scene: Scene, people: tuple[User, User, list[int]], browser: Browser
) -> None:
    drafter, sender, (number, *_others) = people
    own = f"/to-chuc/{scene.matter.slug}/da-gui/1/nhan-xet/{number}/"
    scene.answer(number)
    scene.session.commit()
    for person, fields, button in (
        (drafter, {"remark": REMARK, "verdict": "remark"}, "Lưu ý kiến"),
        (sender, {}, "Ký và công khai ý kiến"),
    ):
        signed_in = Browser(app)
        sign_in(signed_in, person)
        signed_in.get(own).submit(fields, button)
    public = f"/lay-y-kien/{scene.matter.slug}/phan-bien/1/"
    assert REMARK in browser.get(public).text
    scene.decide(number, CommentActKind.WITHHELD, "unlawful")
    scene.session.commit()
    assert REMARK not in browser.get(public).text


def test_another_body_finds_nothing(
    app: Flask, scene: Scene, people: tuple[User, User, list[int]], browser: Browser
) -> None:
    other = make_organisation(scene.session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Hội khác")
    stranger = make_user(scene.session, other, [Role.SENDER], "Người Khác")
    scene.answer(people[2][0])
    scene.session.commit()
    sign_in(browser, stranger)
    assert browser.get(f"/to-chuc/{scene.matter.slug}/da-gui/1/nhan-xet/{people[2][0]}/", status=404).status == 404
