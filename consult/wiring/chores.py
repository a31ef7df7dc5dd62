"""What workers do every hour beside their events, and when they end."""

import socket
from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import DBAPIError

from consult import clock
from consult.administration.condition.alert_round import AlertRound
from consult.administration.condition.common_alerts import CommonAlerts
from consult.administration.condition.outages import OutageWatch
from consult.administration.condition.watch_checks import CertificateCheck
from consult.files.places.opening import is_elsewhere, place_at
from consult.files.temporary_files import TemporaryFileSweep
from consult.notices import mail_limits, operator_alerts
from consult.notices.daily import mails as daily_mails
from consult.notices.following import followers, programme_mails
from consult.outbox.chores import Preparation
from consult.programme.promised.reminders import PromiseReminders
from consult.programme.reminders import PlanReminders
from consult.programme.sightings.solved import SolvedQuestions
from consult.submissions.acts import dividing
from consult.submissions.form.unsent import UnsentForms
from consult.transparency import rehashing
from consult.transparency.site_log.service import SiteLogRound
from consult.web.parked_answers import ParkedAnswers
from consult.wiring import closings, erasures
from consult.witness.rounds import WitnessRound

SWEPT = (
    "FILES_FOLDER",
    "WAITING_FOLDER",
    "ANSWERS_FOLDER",
    "UNSENT_FOLDER",
    "MAIL_FOLDER",
    "PAGE_IMAGES_FOLDER",
    "CONVERTED_FOLDER",
)


def of_each_machine(app: Flask, watch: OutageWatch) -> tuple[Preparation, ...]:
    """What every worker does every hour: about the folders and the processes of its machine."""
    return (
        TemporaryFileSweep([app.config[name] for name in SWEPT if not is_elsewhere(app.config[name])]).sweep,
        UnsentForms(app.config["UNSENT_FOLDER"]).sweep,
        ParkedAnswers(app.config["ANSWERS_FOLDER"]).sweep,
        app.extensions["consult.case_packages"].sweep,
        # Kept in a folder that is each machine's own where files lie on a store; where it is not, one is enough.
        CertificateCheck(app.config).look,
        watch.look,
    )


def of_the_site(app: Flask) -> tuple[Preparation, ...]:
    """What one worker does every hour, however many there are."""
    return (
        daily_mails.plan,
        programme_mails.plan,
        mail_limits.forget,
        followers.forget_unconfirmed,
        rehashing.rehash_all,
        # After them: a log that was found good takes what it lacks of what was erased again.
        erasures.each_hour(app),
        closings.each_hour(app),
        dividing.divide_all,
        WitnessRound(app.extensions["consult.witnesses"], app.extensions["consult.signer"]).ask,
        # After the witnesses: what they signed stands in it.
        app.extensions["consult.archives"].look,
        PlanReminders(
            app.config["PLAN_REMINDER_MONTH"], app.config["PLAN_REMINDER_DAYS"], app.config["PLAN_AFTER_DAYS"]
        ).remind,
        PromiseReminders(app.config["PROMISE_REMINDER_DAYS"]).remind,
        SolvedQuestions(app.config["SOLVED_WEEKS"]).ask,
        # Last: what the others found is told at once.
        _alerts_of(app).look,
    )


def every_minute(app: Flask) -> tuple[Preparation, ...]:
    """What the worker does every minute."""
    return (SiteLogRound(app.extensions["consult.signer"]).note,)


def _alerts_of(app: Flask) -> AlertRound:
    """What mails the operators, which `check --alert` uses too. Each machine remembers for itself what is its own: a
    disk that is full on one of two would turn good and bad again with every look of theirs."""
    checks = app.extensions["consult.checks"]
    folder = app.config["INSTANCE"] / app.config["CONDITION_FOLDER"].name
    wanted = bool(operator_alerts.addresses(app.config))
    where = app.config["COMMON_ALERTS"]
    common = CommonAlerts(place_at(where), socket.gethostname()) if where else None
    alerts = AlertRound(checks, folder, operator_alerts.AlertMails(app.config).send, wanted, common)
    app.extensions["consult.alerts"] = alerts
    return alerts


def leave(app: Flask, watch: OutageWatch, _finish: bool) -> None:
    """Writes down when the worker ended in good order; a database that is away by then has seen the end itself."""
    with suppress(DBAPIError), app.extensions["consult.database"].session() as session:
        watch.leave(session, clock.now())
