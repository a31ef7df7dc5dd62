"""A site with one public comment, whose database is set back."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.stages import Stage
from consult.submissions.inputs import Sender
from tests.administration.condition.test_condition import stamp
from tests.builders import DRAFT
from tests.responses.desk_builder import SIGNER, Desk, make_desk

SAID, OTHER = "Lời phảigỡ về ông hàng xóm cạnh bãi rác", "Người khác nói chuyện ngày thu gom"
NAME = "Hoàng Thị Phảigiấu"


@pytest.fixture
def desk(app: Flask, app_session: Session) -> Desk:
    """A matter that is open, with the public comment 1 of a named person, and comment 2 that nobody looked at yet."""
    app.extensions["consult.signer"] = SIGNER
    stamp(app)
    app.extensions["consult.files"].put(DRAFT.encode())
    desk = make_desk(app_session, Stage.OPEN, now=clock.now())
    desk.receive(SAID, sender=Sender(NAME, publish_name=True))
    desk.receive(OTHER)
    desk.release(1)
    desk.session.commit()
    return desk
