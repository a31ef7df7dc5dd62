"""The list of very many comments: few statements, pages by numbers, and what it can be narrowed and ordered by."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.db import new_id
from consult.reading.comments import filters as narrowing
from consult.reading.comments.filters import CommentFilters
from consult.reading.comments.listing import CommentPage, page_of
from consult.stages import Stage
from consult.submissions.acts.service import release
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.sender import amendment
from consult.submissions.words import SubmissionKind, Topic
from tests.builders import NOW
from tests.pages import Browser
from tests.reading.scene import Scene, every_state
from tests.responses.desk_builder import Desk, comment, make_desk

MOST = {"y-kien/": 3, "y-kien/?tai=d2": 3, "y-kien/?ket-qua=answered": 3, "y-kien/?thu-tu=cung-y-kien": 3,
        "y-kien/?nguon=comment": 3, "y-kien/1/": 6, "": 6, "y-kien/thong-ke/": 5}  # fmt: skip
"""How many statements each page may take when it is made anew."""
LOOKING = 4
"""So many more take the first page on which something is looked for, of each version of a matter: its sums, letters,
the times of its answers, and what was published late."""


def numbers(page: CommentPage) -> list[int]:
    """The numbers on a page, in order."""
    return [item.comment.number for item in page.items]


def join(session: Session, desk: Desk, number: int, times: int, taken_back: bool = False) -> None:
    """So many are of one opinion with a comment."""
    (found,) = session.query(Comment).filter_by(consultation_id=desk.matter.id, number=number)
    for turn in range(times):
        code = f"{number}-{turn}-{taken_back}"
        session.add(
            Joiner(consultation_id=desk.matter.id, id=new_id(), number=number * 100 + turn + 50 * taken_back,
                   comment_id=found.id, at=NOW, receipt={}, withdrawn_at=NOW if taken_back else None,
                   idempotency_hash=code, code_hash=code, secret_hash=code)
        )  # fmt: skip
    session.commit()


@pytest.fixture
def statements(app: Flask) -> Callable[[str], int]:
    """How many statements a page takes, without the cache in front: it would hide them. What is found once for each
    version of a matter was found before; that it is within LOOKING is looked at on the way."""
    app.extensions["consult.page_cache"].limit = 0
    browser, engine = Browser(app), app.extensions["consult.database"].engine

    def counted(address: str) -> int:
        first, again = said_by(address), said_by(address)
        assert len(first) <= len(again) + LOOKING, first
        return len(again)

    def said_by(address: str) -> list[str]:
        said: list[str] = []
        event.listen(engine, "before_cursor_execute", listener := lambda *told: said.append(told[2]))
        browser.get(address)
        event.remove(engine, "before_cursor_execute", listener)
        return [statement for statement in said if statement != "BEGIN"]

    return counted


def test_pages_keep_within_their_statements_however_many_comments(
    app_session: Session, statements: Callable[[str], int]
) -> None:
    scene = Scene(app_session)
    scene.desk.receive(comment("Một.", "d2.k1", proposed="Phân thành bốn nhóm:", reason="Vì rác."), at=scene.sent_at)
    scene.desk.receive(*(comment(f"Ý kiến {number}") for number in range(4)), at=scene.sent_at)
    scene.release(1, 2, 3)
    scene.answer(1, 2, change="Sửa", change_path="d2.k2")
    few = {rest: statements(scene.url + rest) for rest in MOST}
    scene.desk.receive(*(comment(f"Ý kiến {number}", proposed="Bốn nhóm.") for number in range(195)), at=scene.sent_at)
    scene.release(*range(6, 201))
    scene.answer(199, 200)
    many = {rest: statements(scene.url + rest) for rest in MOST}
    assert {rest: count for rest, count in many.items() if count > MOST[rest]} == {}
    assert all(many[rest] <= max(few[rest], MOST[rest]) for rest in MOST)


def test_pages_of_everything_go_by_numbers(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(*(comment(f"Ý kiến {number}") for number in range(45)))
    pages = [page_of(session, desk.matter, CommentFilters(), number) for number in (1, 2, 3, 4)]
    assert [numbers(page) for page in pages] == [
        list(range(45, 25, -1)),
        list(range(25, 5, -1)),
        list(range(5, 0, -1)),
        [],
    ]
    assert (pages[0].total, pages[0].last, pages[0].more) == (45, 3, False)


def test_what_is_looked_for_is_counted_up_to_a_bound_and_goes_on_before_a_number(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(session)
    desk.receive(*(comment(f"Ý kiến {number}") for number in range(50)))
    monkeypatch.setattr(narrowing, "MOST_COUNTED", 40)
    monkeypatch.setattr("consult.reading.comments.listing.MOST_COUNTED", 40)
    looked_for = CommentFilters(source=SubmissionKind.COMMENT)
    first, last = (page_of(session, desk.matter, looked_for, number) for number in (1, 2))
    assert (first.total, first.more, first.last, first.before) == (40, True, 2, 0)
    assert (numbers(last)[-1], last.before) == (11, 11)
    rest = page_of(session, desk.matter, CommentFilters(source=SubmissionKind.COMMENT, before=last.before), 1)
    assert (numbers(rest), rest.more) == (list(range(10, 0, -1)), False)


def test_the_most_joined_come_first(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(*(comment(f"Ý kiến {number}") for number in range(5)))
    for number, times in ((2, 1), (3, 4), (5, 1)):
        join(session, desk, number, times)
    join(session, desk, 4, 3, taken_back=True)
    page = page_of(session, desk.matter, CommentFilters(most_joined=True), 1)
    assert [(item.comment.number, item.comment.joiners) for item in page.items] == [(3, 4), (5, 1), (2, 1)]


def test_an_answer_is_told_when_anybody_it_answers_may_be_read(session: Session) -> None:
    desk = make_desk(session)
    shown, hidden, alone = desk.receive("Công khai.", "Chưa công khai.", "Một mình.")
    release(session, desk.matter, [shown], desk.officer, NOW)
    desk.answer(shown, hidden, text="Trả lời chung.")
    desk.answer(alone, text="Chỉ người gửi đọc.")
    found = {item.comment.number: item.answer for item in page_of(session, desk.matter, CommentFilters(), 1).items}
    assert [found[number].text for number in (shown, hidden, alone)] == ["Trả lời chung.", "Trả lời chung.", None]  # type: ignore[union-attr]


def test_comments_on_a_report_are_told_apart_by_topic(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    scene.matter.kind = Kind.EIA_REPORT
    app_session.commit()
    first, second = scene.send("Về bụi.", path=""), scene.send("Về nước.", path="")
    app_session.execute(update(Comment).where(Comment.number == second).values(topic=Topic.MEASURES))
    app_session.commit()
    scene.release(first, second)
    page = browser.get(scene.url + "y-kien/?noi-dung=measures")
    assert f"Ý kiến số {second}" in page.text and f"Ý kiến số {first}" not in page.text
    for wrong in ("noi-dung=x", "thu-tu=x", "truoc=x", "truoc=%C2%B2", f"truoc={'9' * 40}"):
        browser.get(f"{scene.url}y-kien/?{wrong}", status=404)
    plain = Scene(app_session)
    browser.get(plain.url + "y-kien/?noi-dung=measures", status=404)


def test_a_long_text_is_whole_but_folded_and_a_wording_stands_against_its_clause(
    app_session: Session, browser: Browser
) -> None:
    scene = Scene(app_session)
    long = "Đề nghị xem lại. " * 60 + "Hết."
    said = comment(long, "d2.k2", proposed="Hộ gia đình giao chất thải đúng giờ, đúng nơi.")
    scene.release(*scene.desk.receive(said, at=scene.sent_at))
    for address in ("y-kien/", "y-kien/1/"):
        page = browser.get(scene.url + address)
        assert "Hết." in page.text
        assert page.words("//main//ins") and page.words("//main//del")
    assert browser.get(scene.url + "y-kien/").find("//main//article//details/summary")


def test_numbers_of_who_took_part_are_told_in_a_drawing_a_table_and_a_file(
    app_session: Session, browser: Browser
) -> None:
    scene, _ = every_state(app_session)
    page = browser.get(scene.url).click("Thống kê tham gia")
    drawings = page.find("//main//*[local-name() = 'svg'][@role = 'img']")
    assert len(drawings) == 4
    for drawing in drawings:
        names = drawing.get("aria-labelledby").split()
        assert all(page.words(f"//*[@id = '{name}']") for name in names)
    assert "13 ý kiến" in page.text
    csv = browser.get(scene.url + "thong-ke.csv").body.decode("utf-8-sig")
    assert csv.splitlines()[:3] == ["breakdown,what,number", "total,comments,13", "total,joiners,0"]
    assert clock.local_day(scene.sent_at).isoformat()[:4] in csv


def test_few_people_are_not_told_on_the_page(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    assert "Chưa có ý kiến nào." in browser.get(scene.url + "y-kien/thong-ke/").text
    scene.send()
    assert "dưới 5" in browser.get(scene.url + "y-kien/thong-ke/").text
    assert "sender,citizens,<5" in browser.get(scene.url + "thong-ke.csv").body.decode()


def test_nobody_finds_by_its_topic_what_is_not_public(session: Session) -> None:
    """A topic is part of what was said: a list of all on one topic would tell it."""
    desk = make_desk(session, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY)
    public, waiting = desk.receive(
        comment("Về bụi.", "", topic=Topic.MEASURES), comment("Về nước.", "", topic=Topic.MEASURES)
    )
    release(session, desk.matter, [public], desk.officer, NOW)
    assert waiting != public
    assert numbers(page_of(session, desk.matter, CommentFilters(topic=Topic.MEASURES), 1)) == [public]


def test_what_was_withdrawn_is_found_as_that_and_not_by_its_answer(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    stays, goes = desk.receive("Một.")[0], desk.receive("Hai.")[0]
    desk.answer(stays, goes)
    [own] = session.query(Comment).filter_by(consultation_id=desk.matter.id, number=goes)
    sent = session.get_one(Submission, (desk.matter.id, own.submission_id))
    amendment.withdraw(session, desk.matter, sent, [goes], NOW, NOW)
    assert numbers(page_of(session, desk.matter, CommentFilters(result="accepted"), 1)) == [stays]
    assert numbers(page_of(session, desk.matter, CommentFilters(result="withdrawn"), 1)) == [goes]
