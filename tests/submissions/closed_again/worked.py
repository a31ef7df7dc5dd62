"""What the worker of a test does."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock


def work(app: Flask, session: Session) -> None:
    """What the worker has to do."""
    session.rollback()
    while app.extensions["consult.worker"].work_once(clock.now() + timedelta(minutes=1)):
        pass
