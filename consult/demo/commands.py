"""`flask --app consult demo`: a lively example, in a database of its own."""

import shutil
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from consult import clock, schema
from consult.administration.installation import made_by_demo, mark_as_demo
from consult.consultations.models import Consultation
from consult.demo import playing
from consult.demo.content import Calendar
from consult.ledger import keys
from consult.ledger.service import Signer
from consult.people.models import Membership, User
from consult.submissions.inputs import Codes
from consult.web import context
from consult.web.catalogue import say


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Makes the demonstration once, and says who can sign in."""
    config = current_app.config
    if config["ENVIRONMENT"] == "production":
        raise click.ClickException("The demo is not for production.")
    config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    made = _made_already()
    if not made:
        _make(config)
    with context.database().session() as session:
        matters = session.scalar(select(func.count()).select_from(Consultation))
        click.echo(f"{matters} illustrative matters. Who can sign in, by one click on /dang-nhap/:")
        _say_who(session)


def _made_already() -> bool:
    """Whether the demo is there; refuses to touch a database of anybody else's."""
    engine = context.database().engine
    if not inspect(engine).has_table("installation_fact"):
        return False
    with context.database().session() as session:
        if made_by_demo(session):
            return True
        if session.scalar(select(func.count()).select_from(User)):
            raise click.ClickException("This database is not the demo's and is left alone; set CONSULT_INSTANCE.")
    return False


def _make(config: dict[str, Any]) -> None:
    calendar = Calendar(clock.local_day(clock.now()))
    schema.upgrade(config["DATABASE_URL"])
    _forget_leftovers(config)
    keys.create(Path(config["LEDGER_KEY_FOLDER"]), calendar.at(playing.SINCE))
    signer = Signer(config["LEDGER_ORIGIN"], keys.load(config["LEDGER_KEY_FOLDER"]))
    worker, now = current_app.extensions["consult.worker"], clock.now()
    with context.database().session() as session:
        click.echo("Making the demonstration …")
        codes = Codes(config["SECRET_KEY"])
        playing.play(session, context.files(), signer, codes, worker, now, calendar)
        mark_as_demo(session, now)
    while worker.work_once(clock.now()):
        pass


def _forget_leftovers(config: dict[str, Any]) -> None:
    """A demo that was cut off before its database was marked leaves keys and files that nothing names."""
    for folder in ("LEDGER_KEY_FOLDER", "FILES_FOLDER", "SEARCH_FOLDER", "MAIL_FOLDER"):
        shutil.rmtree(config[folder], ignore_errors=True)


def _say_who(session: Session) -> None:
    people = session.scalars(select(User).order_by(User.created_at, User.name)).all()
    held = session.scalars(select(Membership).order_by(Membership.role)).all()
    for user in people:
        roles = [f"{say('role.' + seat.role)}, {seat.organisation.name}" for seat in held if seat.user_id == user.id]
        click.echo(f"  {user.name}: {'; '.join(roles)}")
