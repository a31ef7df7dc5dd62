"""`flask --app consult demo`: a lively example, in a database of its own."""

import shutil
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, inspect, select

import config as settings
from consult import clock, schema, sqlite
from consult.administration.site.installation import made_by_demo, mark_as_demo
from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.consultations.models import Consultation
from consult.consultations.words import DRAFTS
from consult.demo import playing, telling
from consult.demo.content import Calendar
from consult.files.places.opening import is_elsewhere, place_at
from consult.keys import ring
from consult.keys.ring import Purpose
from consult.keys.service import make_first, note
from consult.ledger import keys as ledger_keys
from consult.ledger.service import Signer
from consult.people.models import User
from consult.submissions.inputs import Codes
from consult.transparency.site_log.service import SiteLogRound
from consult.web import context


@command("demo", bare=True)
@with_appcontext
def demo() -> None:
    """Makes the demonstration once, and says who can sign in."""
    config = current_app.config
    if config["ENVIRONMENT"] == "production":
        raise failed("demo.not_in_production")
    config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    made = _made_already()
    if not made:
        _make(config)
    with context.database().session() as session:
        matters = session.scalar(select(func.count()).where(Consultation.kind.in_(DRAFTS)))
        click.echo(say("demo.kept" if made else "demo.made", matters=matters))
        click.echo(say("demo.who_can_sign_in"))
        for line in telling.who_can_sign_in(session):
            click.echo(line)


def _made_already() -> bool:
    """Whether the demo is there; refuses to touch a database of anybody else's."""
    engine = context.database().engine
    if sqlite.is_missing(engine.url) or not inspect(engine).has_table("installation_fact"):
        return False
    with context.database().session() as session:
        if made_by_demo(session):
            return True
        if session.scalar(select(func.count()).select_from(User)):
            raise failed("demo.not_ours")
    return False


def _make(config: dict[str, Any]) -> None:
    calendar = Calendar(clock.local_day(clock.now()))
    schema.upgrade(config["DATABASE_URL"])
    _forget_leftovers(config)
    make_first(config["KEYS_FOLDER"], calendar.at(playing.SINCE))
    keys = ring.load(config["KEYS_FOLDER"])
    signer = Signer(config["LEDGER_ORIGIN"], ledger_keys.of(keys))
    worker, now = current_app.extensions["consult.worker"], clock.now()
    click.echo(say("demo.making"))
    worker.prepare(now)
    with context.database().session() as session:
        note(session, keys)
        codes = Codes(tuple(key.secret for key in keys.of(Purpose.RECEIPTS)))
        playing.play(session, context.files(), signer, codes, worker, now, calendar)
        mark_as_demo(session, now)
    while worker.work_once(clock.now()):
        pass
    with context.database().session() as session:
        SiteLogRound(signer).note(session, clock.now())


def _forget_leftovers(config: dict[str, Any]) -> None:
    """A demo that was cut off before its database was marked leaves keys and files that nothing names, and one that was
    deleted its checkpoints. A store, and a place for checkpoints that is set, may be those of another site: nothing of
    them is cleared."""
    for folder in ("KEYS_FOLDER", "SEARCH_FOLDER", "MAIL_FOLDER"):
        shutil.rmtree(config[folder], ignore_errors=True)
    if config["CHECKPOINTS_FOLDER"] == settings.checkpoints_beside(config["INSTANCE"]):
        # Kept beside the instance, so that it outlives a demo that was deleted: nobody's log goes on from it.
        shutil.rmtree(config["CHECKPOINTS_FOLDER"], ignore_errors=True)
    if not is_elsewhere(config["FILES_FOLDER"]):
        place_at(config["FILES_FOLDER"]).clear("")
