"""The front page of a programme: what was promised, done and late, in all and by the sentence that was signed."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.programme import promises
from consult.programme.front import standing
from consult.programme.front.standing import Standing
from consult.programme.year import tasks
from tests.pages import Browser
from tests.programme.scene import TODAY, make_parties


def test_what_stands_under_which_sentence(session: Session) -> None:
    parties = make_parties(session)
    one, year, now = parties.programme(), TODAY.year, parties.now
    days = (TODAY - timedelta(days=3), TODAY, TODAY + timedelta(days=3))
    late, done, open_ = (parties.task(one, public=False, due_on=day).promise for day in days)
    for actor in (parties.signer, parties.leader):
        tasks.agree(session, one, year, actor, now)
    said = promises.say(session, done, "done", "Xong", TODAY, parties.officer, now)
    promises.release(session, done, said.number, parties.signer, now)
    hidden = parties.recommended(parties.round(one), public=False)
    assert hidden.public_at is None and open_.ended_on is None
    assert standing.of_programme(session, one, TODAY) == Standing(done=1, open=2, late=1)
    assert standing.by_sentence(session, one, TODAY) == {"II.5": Standing(1, 2, 1)}
    assert (list(standing.late(session, one, TODAY)), list(standing.done(session, one))) == ([late], [done])


def test_everybody_reads_it(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    parties.task(one, text="Tập huấn <b>rác</b>")
    page = browser.get(f"/chuong-trinh/{one.matter.slug}/")
    assert "0 việc quá hạn" in page.text and "Không có việc nào quá hạn." in page.text
    assert "Nhiệm vụ: đã thực hiện 0, đang thực hiện 1, quá hạn 0" in page.text
