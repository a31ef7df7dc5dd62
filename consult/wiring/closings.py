"""What was taken back since a backup is taken back again in a database that was set back to it. While anything of it is
still shown, since the log takes nothing yet, the site is closed to all but those who work there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from consult import schema
from consult.administration.accounts import ended_again
from consult.db import Database
from consult.ledger.closing_list import ClosingList
from consult.notices.following import ended_again as following_ended
from consult.outbox.chores import Preparation
from consult.outbox.worker import Handler
from consult.programme.commendations import withdrawn_again
from consult.submissions.closed_again.noting import NotedClosings
from consult.submissions.closed_again.service import ClosedAgain, close_again
from consult.submissions.joining import forgotten_again
from consult.web.requests.maintenance import Maintenance, Switch


@dataclass(frozen=True)
class TakenBack:
    """How many accounts and roles ended again, how many ways to reach somebody were forgotten again, how many comments
    were closed again, and how much of what is not may be read by anybody."""

    accesses: int = 0
    contacts: int = 0
    closed: int = 0
    shown: int = 0


def noted(app: Flask) -> Handler:
    """What notes outside the database of `app` that comments were closed."""
    return NotedClosings(_list_of(app)).handle


def others_noted(app: Flask) -> Mapping[str, tuple[Handler, ...]]:
    """What notes whose access ended, and who is to be reached no more, by the event that tells it."""
    listed = _list_of(app)
    return {
        "access_changed": (ended_again.NotedAccess(listed).handle,),
        "commendation_taken_out": (withdrawn_again.NotedWithdrawals(listed).handle,),
        "following_ended": (following_ended.NotedEndings(listed).handle,),
        "joiner_forgotten": (forgotten_again.NotedForgetting(listed).handle,),
    }


def close(app: Flask, now: datetime) -> TakenBack:
    """Closes again in the database of `app` what the list outside it has as closed, and closes or opens the site by
    what is left. A database of another release is left to its upgrade. Raises what the database says."""
    database: Database = app.extensions["consult.database"]
    if not _list_of(app).path.exists() or schema.state(database.engine) not in schema.WORKS:
        return TakenBack()
    with database.session() as session:
        return _close(app, session, now)


def each_hour(app: Flask) -> Preparation:
    """The chore of a worker that does it: a log takes entries again without anybody's command when its place is mounted
    again, and what people decided whom this database does not know is decided at the desk."""

    def look(session: Session, now: datetime) -> None:
        _close(app, session, now)

    return look


def _close(app: Flask, session: Session, now: datetime) -> TakenBack:
    listed = _list_of(app)
    lines = listed.all()
    accesses = ended_again.end_again(session, lines, now)
    contacts = following_ended.end_again(session, lines) + forgotten_again.forget_again(session, lines, now)
    session.rollback()
    matters = dict.fromkeys(one.consultation_id for one in lines if one.consultation_id is not None)
    done = sum((close_again(session, matter, listed, now) for matter in matters), ClosedAgain())
    done += withdrawn_again.withdraw_again(session, lines, now)
    _announce(app, done, now)
    return TakenBack(accesses, contacts, done.closed, done.shown)


def _announce(app: Flask, done: ClosedAgain, now: datetime) -> None:
    """Closes the site while something is shown that was taken back, and opens it after that. What somebody announced
    themselves is theirs to end."""
    switch: Switch = app.extensions["consult.maintenance"]
    announced = switch.state()
    if done.shown and (announced is None or not announced.closed):
        switch.turn_on(Maintenance(now, closed=True, restored=True))
    elif not done.shown and announced is not None and announced.restored:
        switch.turn_off()


def _list_of(app: Flask) -> ClosingList:
    return ClosingList(app.config["CHECKPOINTS_FOLDER"])
