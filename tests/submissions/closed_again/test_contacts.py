"""Who asked not to be reached any more after a backup is not reached by it."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.notices.following import followers
from consult.notices.following.subjects import Subject
from consult.notices.models import Follower
from consult.notices.words import Followed
from consult.submissions.joining import service as joining
from consult.submissions.joining.service import NewJoining, join
from consult.submissions.models import Joiner
from tests.application import CODES
from tests.faults import Kept
from tests.responses.desk_builder import SIGNER, Desk
from tests.submissions.closed_again.worked import work

ADDRESS = "lam@example.invalid"


@pytest.fixture
def before(app: Flask, desk: Desk, tmp_path: Path) -> Kept:
    """The database with somebody who follows the matter, and somebody who joined a comment; both can be reached."""
    session, matter = desk.session, desk.matter
    followers.subscribe(session, Subject(Followed.MATTER, matter.slug, str(matter.id), matter), ADDRESS, "vi", desk.now)
    followers.confirm(session, session.scalars(select(Follower.token)).one(), desk.now)
    join(session, matter, 1, NewJoining("a" * 32, desk.now, contact=ADDRESS), desk.now, SIGNER, CODES)
    work(app, session)
    return Kept.of(app, tmp_path)


def reached(session: Session) -> list[str]:
    session.rollback()
    session.expire_all()
    return [
        *session.scalars(select(Follower.address)),
        *(one for one in session.scalars(select(Joiner.contact)) if one),
    ]


def test_both_are_forgotten_again(app: Flask, desk: Desk, before: Kept) -> None:
    session = desk.session
    assert reached(session) == [ADDRESS, ADDRESS]
    followers.end(session, session.scalars(select(Follower.token)).one(), desk.now)
    joining.forget_contact(session, session.scalars(select(Joiner)).one(), desk.now)
    work(app, session)
    assert reached(session) == []
    session.close()
    before.go_back()
    assert reached(session) == [ADDRESS, ADDRESS]
    session.rollback()
    done = app.extensions["consult.close_again"](clock.now())
    assert (done.contacts, reached(session)) == (2, [])
    session.rollback()
    assert app.extensions["consult.close_again"](clock.now() + timedelta(hours=1)).contacts == 0


def test_who_follows_anew_goes_on(app: Flask, desk: Desk, before: Kept) -> None:
    session = desk.session
    token, matter = session.scalars(select(Follower.token)).one(), desk.matter
    subject = Subject(Followed.MATTER, matter.slug, str(matter.id), matter)
    followers.end(session, token, desk.now)
    followers.end(session, token, desk.now)
    followers.subscribe(session, subject, ADDRESS, "vi", desk.now)
    work(app, session)
    assert app.extensions["consult.close_again"](clock.now()).contacts == 0
    assert reached(session) == [ADDRESS, ADDRESS]
