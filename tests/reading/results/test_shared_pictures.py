"""A picture of a comment is gone with the comment: for who asks anew, who kept it, and who is led to it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import clock
from consult.submissions.models import Submission
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from tests.pages import Browser
from tests.reading.scene import Scene

Ending = Callable[[Scene, int], object]


def _taken_back(scene: Scene, number: int) -> None:
    submission = scene.session.scalars(select(Submission).order_by(Submission.number)).all()[number - 1]
    amendment.withdraw(scene.session, scene.matter, submission, [number], clock.now(), clock.now())


ENDINGS: dict[str, Ending] = {
    "withdrawn by who sent it": _taken_back,
    "withheld": lambda scene, number: scene.decide(number, CommentActKind.WITHHELD, "insult"),
    "not valid": lambda scene, number: scene.decide(number, CommentActKind.INVALID, "off_topic"),
}


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """A matter with one public comment."""
    scene = Scene(app_session)
    scene.release(scene.send("Nên ghi rõ ngày thu gom."))
    return scene


def picture(app: Flask, scene: Scene, known: str = "") -> TestResponse:
    """The picture as a browser or a machine between asks for it that may know one."""
    return app.test_client().get(f"{scene.url}y-kien/1/hinh.png", headers={"If-None-Match": known} if known else {})


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_picture_that_was_kept_is_asked_for_again_and_gone(
    app: Flask, scene: Scene, browser: Browser, ending: str
) -> None:
    kept = picture(app, scene)
    assert kept.status_code == 200 and kept.headers["Cache-Control"] == "no-cache"
    assert picture(app, scene, kept.headers["ETag"]).status_code == 304
    assert app.test_client().head(f"{scene.url}y-kien/1/hinh.png").headers["Cache-Control"] == "no-cache"
    assert "/y-kien/1/hinh.png" in browser.get(f"{scene.url}y-kien/1/").html
    ENDINGS[ending](scene, 1)
    gone = picture(app, scene, kept.headers["ETag"])
    assert gone.status_code == 404 and not gone.data.startswith(b"\x89PNG")
    assert "/y-kien/1/hinh.png" not in browser.get(f"{scene.url}y-kien/1/").html


def test_what_is_covered_in_a_comment_is_not_in_its_picture(app: Flask, scene: Scene) -> None:
    kept = picture(app, scene)
    scene.decide(1, CommentActKind.REDACTED, "personal_data", text="Nên ghi rõ.")
    again = picture(app, scene, kept.headers["ETag"])
    assert again.status_code == 200 and again.data != kept.data


def test_a_name_taken_back_changes_nothing_that_was_never_there(app: Flask, scene: Scene) -> None:
    """No person's name is on any picture: what is kept elsewhere tells of nobody."""
    kept = picture(app, scene)
    scene.session.rollback()
    [submission] = scene.session.scalars(select(Submission)).all()
    amendment.hide_name(scene.session, submission, clock.now())
    assert picture(app, scene).data == kept.data
