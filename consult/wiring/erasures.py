"""What was erased by law is erased again in a database that was set back: every kind of it, before the site serves."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from consult import schema
from consult.db import Database
from consult.ledger.erasure_list import Erasure, ErasureList
from consult.outbox.chores import Preparation
from consult.outbox.worker import Handler
from consult.programme.commendations import erasing
from consult.responses.data_requests import erasing_again

KINDS: Mapping[str, Callable[[Session, Erasure, datetime], list[int]]] = {
    erasing_again.KIND: erasing_again.submission,
    erasing.KIND: erasing.erase_again,
}
"""Who erases what again, by the kind that the list names."""


def noted(app: Flask) -> Handler:
    """What notes an erasure outside the database of `app`."""
    return erasing_again.NotedErasures(ErasureList(app.config["CHECKPOINTS_FOLDER"])).handle


def erase_again(app: Flask, now: datetime) -> int:
    """Erases in the database of `app` whatever the list outside it names and is there all the same; gives how many
    erasures that were. A database of another release is left to its upgrade. Raises what the database says."""
    database: Database = app.extensions["consult.database"]
    listed = ErasureList(app.config["CHECKPOINTS_FOLDER"]).all()
    if not listed or schema.state(database.engine) not in schema.WORKS:
        return 0
    again = 0
    with database.session() as session:
        for one in listed:
            again += one.kind in KINDS and bool(KINDS[one.kind](session, one, now))
    return again


def each_hour(app: Flask) -> Preparation:
    """The chore of a worker that closes what waited for a log: that takes entries again without anybody's command when
    its place is mounted again, or a damaged entry is mended."""

    def look(session: Session, now: datetime) -> None:
        for one in ErasureList(app.config["CHECKPOINTS_FOLDER"]).all():
            if one.kind == erasing_again.KIND:
                erasing_again.close(session, one, now)

    return look
