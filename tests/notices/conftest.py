"""A desk on the site as it is wired, and the mails that its worker sends."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.outbox.worker import Worker
from tests.builders import NOW
from tests.notices.mailbox import in_folder
from tests.responses.desk_builder import Desk, make_desk

News = Callable[..., list[EmailMessage]]


@pytest.fixture
def news(app: Flask) -> News:
    """Lets the worker do what is due (by default now), and gives the mails since it was asked last."""
    worker: Worker = app.extensions["consult.worker"]
    known: set[str] = set()

    def after_the_worker(now: datetime = NOW) -> list[EmailMessage]:
        while worker.work_once(now):
            pass
        new = [mail for mail in in_folder(Path(app.config["MAIL_FOLDER"])) if mail["Message-ID"] not in known]
        known.update(mail["Message-ID"] for mail in new)
        return new

    return after_the_worker


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter whose desk answers."""
    return make_desk(app_session, title="Quyết định về phân loại rác\r\nBcc: ai@example.invalid")


def by_recipient(mails: list[EmailMessage]) -> dict[str, str]:
    """The subjects by who got them; nobody gets two of one event."""
    found = {str(mail["To"]): str(mail["Subject"]) for mail in mails}
    assert len(found) == len(mails)
    return found
