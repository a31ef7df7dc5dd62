"""A corrected answer stands on the public page beside what it said before."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.reading.comments.detail import one_comment
from consult.reading.comments.earlier_answers import earlier_answers
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.responses.models import Response
from tests.pages import Browser
from tests.reading.scene import Scene
from tests.statements import statements_of

OLD, NEW = "Chưa tiếp thu vì thiếu kinh phí.", "Tiếp thu, đã bố trí kinh phí."


def correct(scene: Scene, text: str, disposition: str, number: int) -> None:
    """The answer that there is, written anew, approved and published."""
    desk, now = scene.desk, clock.now() + timedelta(seconds=1)
    response = scene.session.query(Response).one()
    draft_answer(scene.session, scene.matter, [number], disposition, text, desk.officer, now, response.id)
    desk.now = now + timedelta(seconds=1)
    desk.approve(response)
    publish_answers(scene.session, scene.matter, [response.id], desk.publisher, now + timedelta(seconds=2))
    scene.session.commit()


def test_both_wordings_are_read(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    number = scene.send()
    scene.release(number)
    scene.answer(number, disposition="not_accepted", text=OLD)
    app_session.commit()
    page = f"{scene.url}y-kien/{number}/"
    before = browser.get(page)
    assert OLD in before.text and "đã được sửa sau khi công bố" not in before.text
    correct(scene, NEW, "accepted", number)
    told = browser.get(page)
    assert OLD in told.text and NEW in told.text and "đã được sửa sau khi công bố" in told.text
    assert told.text.index(NEW) < told.text.index(OLD)
    assert OLD in "".join(told.words("//details")) and NEW not in "".join(told.words("//details"))
    english = browser.get("/en" + page).text
    assert "was corrected after it was published" in english and OLD in english


def test_nothing_is_told_of_an_answer_that_went_to_its_sender(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    number = scene.send()
    scene.answer(number, disposition="not_accepted", text=OLD)
    correct(scene, NEW, "accepted", number)
    told = browser.get(f"{scene.url}y-kien/{number}/").text
    assert OLD not in told and NEW not in told


def test_one_that_was_never_corrected_costs_nothing(app_session: Session) -> None:
    scene = Scene(app_session)
    number = scene.send()
    scene.release(number)
    scene.answer(number)
    one = one_comment(app_session, scene.matter, number, clock.now())
    with statements_of(app_session) as asked:
        assert not earlier_answers(app_session, scene.matter.id, one.comment.id, one.way, one.answer)
    assert not asked
