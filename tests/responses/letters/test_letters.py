"""A letter on the desk as one case: its points, how far they are, what is missing, who may see it, and its list."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound
from consult.people.words import Level, OrganisationKind
from consult.responses.letters.case import LetterCase, letter_case
from consult.responses.letters.listing import WAITING, listed, waiting_in
from consult.responses.questions.pauses import term_of
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CommentInput, CritiqueInput, Letter, Sender
from consult.submissions.models import Comment
from consult.submissions.words import SubmissionKind
from consult.work import queues
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW, make_organisation
from tests.notices.conftest import News, news
from tests.pages import Browser
from tests.reading.scene import Scene
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.statements import statements_of

__all__ = ["news"]
CONCLUSION = "Mặt trận thống nhất về chủ trương.\n1. Kiến nghị làm rõ lộ trình.\n2. Kiến nghị bố trí kinh phí."
SAID = CritiqueInput(
    "dialogue", {"necessity": "Rất cần thiết.", "balance": "Không có ý kiến.", "differing": "Hộ nghèo chưa đồng tình."},
    CONCLUSION,
)  # fmt: skip


def front_of(session: Session, name: str = "Ủy ban Mặt trận tỉnh") -> Sender:
    """A body that sends letters."""
    body = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, name)
    return Sender(organisation_id=body.id)


def send(desk: Desk, sender: Sender, *comments: CommentInput, **given: object) -> list[int]:
    """A critique of a body, with a comment by clause."""
    letter = Letter("12/MTTQ-BTT", clock.local_day(desk.now), "Lò Văn Ký", "Chủ tịch", "TM. BAN THƯỜNG TRỰC")
    said = {"kind": SubmissionKind.CRITIQUE, "critique": SAID, **given}
    return desk.receive(*(comments or (comment("Cần lộ trình."),)), sender=sender, letter=letter, **said)


def case(desk: Desk, number: int = 1, days: int = 0, set_apart: bool = True) -> LetterCase:
    """The letter that came as the submission `number`, so many days from now."""
    today = clock.local_day(desk.now + timedelta(days=days))
    term = term_of(desk.session, desk.matter)
    return letter_case(desk.session, desk.matter, number, term, today, set_apart)


def test_everything_that_a_critique_says_stands_in_its_order(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    send(desk, front_of(session))
    found = case(desk)
    assert [one.critique_part for one in found.general] == ["necessity"]
    assert [one.text for one in found.by_clause] == ["Cần lộ trình."]
    parts = [one.critique_part for one in found.at_the_end]
    assert parts[-1] == "differing" and set(parts[:-1]) == {"conclusion"} and len(parts) >= 3
    assert [part for part, _text in found.unowed] == ["balance"]
    assert found.owed == found.points == found.waiting
    assert found.unwritten == [one.number for one in found.points]


def test_how_far_each_point_is(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    one, two, three, *rest = send(desk, front_of(session))
    desk.release(one)
    desk.answer(one)
    desk.approve(desk.draft(two))
    desk.draft(three)
    found = case(desk)
    assert (found.waiting_as("approved"), found.waiting_as("drafted")) == ([two], [three])
    assert sorted(found.unwritten) == sorted(rest)
    assert len(found.owed) - len(found.waiting) == 1
    term = term_of(session, desk.matter)
    assert term is not None and found.due == term.due("critique", found.submission.received_at)
    assert found.due is not None
    late = letter_case(session, desk.matter, 1, term, found.due + timedelta(days=2), True)
    assert late.overdue == 2


def test_a_point_that_was_split_is_read_in_its_parts(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    number, *_rest = send(desk, front_of(session))
    before = len(case(desk).points)
    acts.split(session, desk.matter, number, [comment("Một.", "d1"), comment("Hai.", "d2")], desk.officer, desk.now)
    found = case(desk)
    assert len(found.points) == before + 1
    assert [one.text for one in found.by_clause] == ["Một.", "Hai."]


def test_what_is_set_apart_is_closed_to_who_may_not_read_it(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    number, *_rest = send(desk, front_of(session))
    acts.quarantine(session, desk.matter, number, "Ghi chú", desk.officer, desk.now)
    assert not case(desk).closed
    found = case(desk, set_apart=False)
    assert found.closed and found.by_clause[0].text == ""


def test_only_letters_are_cases(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Của công dân.")
    for number in (1, 2):
        with pytest.raises(NotFound):
            case(desk, number)


def test_the_list_counts_points_and_its_statements_do_not_grow(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Của công dân.")
    first = send(desk, front_of(session))
    term, today = term_of(session, desk.matter), clock.local_day(desk.now)
    with statements_of(session) as few:
        listed(session, desk.matter, "", 1, term, today)
    for name in ("Hội Phụ nữ", "Hội Nông dân", "Đoàn Thanh niên"):
        send(desk, front_of(session, name), kind=SubmissionKind.FORMAL, critique=None)
    session.expire_all()
    with statements_of(session) as many:
        found = listed(session, desk.matter, "", 1, term, today)
    assert len(many) <= len(few) + 3  # what was expired is read again
    assert [(one.sender, one.answered, one.owed) for one in found.rows[:2]] == [
        ("Ủy ban Mặt trận tỉnh", 0, len(first)), ("Hội Phụ nữ", 0, 1),
    ]  # fmt: skip
    assert waiting_in(session, [desk.matter]) == {desk.matter.id: 4}
    last = session.query(Comment).order_by(Comment.number.desc()).first()
    assert last is not None
    desk.answer(last.number)
    assert waiting_in(session, [desk.matter]) == {desk.matter.id: 3}
    assert len(listed(session, desk.matter, WAITING, 1, term, today).rows) == 3
    waits = {one.queue: one.count for one in queues.waiting(session, desk.officer, NOW)}
    assert waits[Queue.LETTERS] == 3


def test_the_way_to_a_letter_and_through_it(app: Flask, app_session: Session, browser: Browser, news: News) -> None:
    scene = Scene(app_session)
    scene.desk.receive(comment("Của công dân.", ""), at=scene.sent_at)
    number, *rest = send(scene.desk, front_of(app_session), at=scene.sent_at)
    app_session.commit()
    address = f"/xu-ly/{scene.matter.slug}/van-ban/2/"
    assert any(address in one.get_content() for one in news(clock.now()))
    sign_in(browser, scene.desk.people["officer"])
    work = browser.get("/xu-ly/")
    assert work.find("//a[contains(@href, '/van-ban/?loc=cho')]")[0].text == "1"
    rows = browser.get(f"/xu-ly/{scene.matter.slug}/van-ban/?loc=cho")
    assert f"0 trên {len(rest) + 1} nội dung" in rows.text
    page = rows.click("Văn bản phản biện xã hội số 12/MTTQ-BTT")
    assert page.address == address
    assert "không ghi nhận là không hợp lệ" in page.text and "Luật không quy định số ngày" in page.text
    assert page.find("//h2[@id='con-thieu']") and "Lò Văn Ký" in page.text
    form = page.click(f"Soạn trả lời {number}")
    assert "Cần lộ trình." in form.text
    assert browser.get(f"/xu-ly/{scene.matter.slug}/").find(f"//a[@href='{address}']")
    assert browser.get(f"/xu-ly/{scene.matter.slug}/y-kien/{number}/").click("Xem cả văn bản").address == address
    browser.get(f"/xu-ly/{scene.matter.slug}/van-ban/1/", status=404)
    stranger = Browser(app)
    assert "12/MTTQ-BTT" not in stranger.get(address, status=None).text
