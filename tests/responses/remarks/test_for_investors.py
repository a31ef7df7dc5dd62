"""Where an investor answers: a second word reaches it, since the final answer is its own, and never tells whose letter
it is."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.files.signed_files import KeptFile
from consult.people.words import Role
from consult.responses.answers.approval import approve
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import NewDialogue
from consult.responses.remarks import papers
from consult.responses.remarks.papers import NewPaper
from consult.responses.remarks.said import Said
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.words import Verdict
from consult.submissions.models import Comment, Submission
from tests.builders import make_actor
from tests.notices.conftest import News, news
from tests.responses.investor_scene import PLANTED, Project, make_project

__all__ = ["news"]
TERMS = SecondWordTerms(10, 15)
WHY = "Chưa nêu cách che chắn bụi."


@pytest.fixture
def project(app: Flask, app_session: Session) -> Project:
    return make_project(app, app_session)


def said(project: Project) -> None:
    """The parish's letter is answered by the investor, and says on paper that the answer does not satisfy."""
    desk, session, now = project.desk, project.desk.session, clock.now()
    body = session.merge(desk.matter.answering)
    roles = (Role.OFFICER, Role.LEADER)
    officer, leader = (make_actor(session, body, role, user=project.investor[role.value]) for role in roles)
    desk.release(project.paper)
    made = draft_answer(session, desk.matter, [project.paper], "clarified", "Sẽ che chắn.", officer, now)
    approve(session, desk.matter, [(made.id, desk.hash_of(made))], leader, now)
    publish_answers(session, desk.matter, [made.id], desk.publisher, now)
    letter = letter_of(project)
    scan = KeptFile("a" * 64, "b.pdf", "application/pdf", 1)
    unsatisfied = Said(Verdict.UNSATISFIED, WHY)
    new = NewPaper("90/KIN", None, "Hoàng Văn Kín", clock.local_day(now), "", {project.paper: unsatisfied}, None, scan)
    papers.record(session, desk.matter, letter, new, TERMS, desk.officer, clock.now())
    session.commit()


def letter_of(project: Project) -> Submission:
    rows = project.desk.session.query(Submission).join(Submission.comments)
    own = (Comment.number == project.paper, Submission.consultation_id == project.desk.matter.id)
    found: Submission = rows.filter(*own).one()
    return found


def test_the_investor_is_told_and_finds_it_on_the_page_of_work(project: Project, news: News) -> None:
    news(clock.now())
    said(project)
    mails = news(clock.now())
    subject = f"Chưa thỏa đáng: cần trả lời cuối ý kiến số {project.paper}"
    told = {str(mail["To"]): mail for mail in mails if str(mail["Subject"]) == subject}
    for who in ("officer", "leader"):
        mail = told[project.investor[who].mail]
        assert not [words for words in (*PLANTED, "Giáo xứ", "90/KIN") if words in mail.as_string()]
    browser = project.enter("investor officer")
    work = browser.get("/xu-ly/")
    assert "Trả lời chưa thỏa đáng, chờ trả lời cuối" in work.text
    listed = browser.get(f"{project.base}?final=1")
    assert "1 ý kiến khớp với bộ lọc" in listed.text
    case = browser.get(f"{project.base}y-kien/{project.paper}/")
    assert WHY in case.text and "Soạn trả lời cuối" in case.text
    assert not [words for words in (*PLANTED, "90/KIN") if words in case.html + listed.html]
    browser.get(f"{project.base}van-ban/1/thoa-dang/", status=404)


def test_who_posts_the_matter_has_the_letter_in_its_own_list(project: Project) -> None:
    said(project)
    work = project.enter("officer").get("/xu-ly/")
    assert "Văn bản chưa thỏa đáng chờ trả lời cuối" in work.text
    assert "Trả lời chưa thỏa đáng, chờ trả lời cuối" not in work.text


def test_the_investor_is_told_when_and_where_a_dialogue_is_held(project: Project, news: News) -> None:
    said(project)
    news(clock.now())
    desk, now = project.desk, clock.now()
    new = NewDialogue(now + timedelta(days=3), "Trụ sở Sở", "Ông Kín", [project.paper])
    dialogues.call(desk.session, desk.matter, letter_of(project), new, TERMS, desk.officer, clock.now())
    desk.session.commit()
    told = {str(mail["To"]): mail for mail in news(clock.now()) if "Đối thoại lúc" in str(mail["Subject"])}
    assert {project.investor["officer"].mail, project.investor["leader"].mail} <= set(told)
    assert desk.people["officer"].mail not in told and desk.people["leader"].mail in told
    text = told[project.investor["officer"].mail].get_body(("plain",))
    assert text is not None and "Trụ sở Sở" in text.get_content() and "Ông Kín" not in text.get_content()
