"""A scanner that opens every address in every mail, twice and by HEAD too, changes nothing."""

import re
from email.message import EmailMessage

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation import publication
from consult.db import Base
from consult.notices.following import followers, subjects
from consult.notices.words import Followed
from consult.submissions.inputs import Sender
from consult.submissions.words import ContactKind
from tests.notices.conftest import News
from tests.notices.mailbox import body_of
from tests.reading.scene import Scene

LAN = Sender("Lan", contact_kind=ContactKind.MAIL, contact="lan@example.invalid")


def everything(session: Session) -> dict[str, list[str]]:
    """Every row of every table."""
    session.rollback()
    return {
        name: sorted(str(tuple(row)) for row in session.execute(select(table)))
        for name, table in Base.metadata.tables.items()
    }


def addresses(mails: list[EmailMessage]) -> set[str]:
    """The paths of all that mails lead to, in their words and in their heads."""
    said = [f"{body_of(mail)} {' '.join(map(str, mail.values()))}" for mail in mails]
    return {found for words in said for found in re.findall(r"https?://[^/\s<>]+(/[^\s<>]*)", words)}


def test_nothing_is_confirmed_ended_or_answered(app: Flask, app_session: Session, news: News) -> None:
    scene = Scene(app_session)
    subject = subjects.find(app_session, Followed.MATTER, scene.matter.slug, clock.now())
    followers.subscribe(app_session, subject, "ba@example.invalid", "vi", clock.now())
    followers.subscribe(app_session, subject, "tu@example.invalid", "en", clock.now())
    scene.send("Nên ghi rõ ngày thu gom.", sender=LAN)
    scene.release(1)
    mails = news(clock.now())
    scene.answer(1)
    publication.withdraw(app_session, scene.matter, "Soạn lại.", scene.desk.publisher, clock.now())
    mails += news(clock.now())
    opened = addresses(mails)
    assert len(mails) >= 4 and any("/thu/" in one for one in opened) and any("/thoi/" in one for one in opened)
    before = everything(app_session)
    for address in sorted(opened) * 2:
        for ask in (app.test_client().get, app.test_client().head):
            assert ask(address).status_code < 500, address
    assert everything(app_session) == before
