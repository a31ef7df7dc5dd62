"""Consult: public consultation and social critique. This module only wires the rooms together."""

from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.exc import ArgumentError
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from consult import database_commands, sandbox
from consult.administration import (
    acts,
    reference_commands,
    running_commands,
    start_checks,
    views_accounts,
    views_bodies,
    views_corrections,
    views_proposals,
)
from consult.administration import commands as administration_commands
from consult.administration import views as administration_views
from consult.administration.backing_up import commands as backup_commands
from consult.administration.condition import commands as condition_commands
from consult.administration.condition import views as condition_views
from consult.administration.condition.checks import checks_of
from consult.administration.condition.findings import Check
from consult.api import openapi
from consult.command_line.starting import in_one_sentence
from consult.comparison.commands import compare_command
from consult.consultations import commands as consultation_commands
from consult.consultations import views as consultation_views
from consult.consultations.page_images import PageImages
from consult.consultations.pdf_pages import PdfReader
from consult.consultations.reading_pages import Reading
from consult.consultations.recognising import Recogniser
from consult.db import Database, Pool
from consult.demo import commands as demo_commands
from consult.demo import sign_in_views as demo_sign_in_views
from consult.exports import commands as export_commands
from consult.exports import views as export_views
from consult.exports.following import Following
from consult.exports.kept import KeptTables
from consult.exports.speaking import printed_notice
from consult.files import scanning
from consult.files.damages import Damages
from consult.files.disposable import DisposableFiles
from consult.files.store import FileStore
from consult.files.sweeping import Sweeping
from consult.files.waiting import WaitingFiles
from consult.keys import ring
from consult.keys.ring import BadKey, Purpose
from consult.ledger import keys as ledger_keys
from consult.ledger.service import Signer
from consult.notices import bounded, operator_commands, requesting
from consult.notices import views as notice_views
from consult.notices.sending import sending_of
from consult.outbox import commands as worker_commands
from consult.outbox.worker import Handler, Worker
from consult.outline.commands import outline_command
from consult.reading import views as reading_views
from consult.reading.freshness import Freshness
from consult.responses import concluding, in_hand, views_status
from consult.responses import views as desk_views
from consult.search import commands as search_commands
from consult.search import condition as search_condition
from consult.search import views as search_views
from consult.search import views_kept
from consult.search.engines import engine_of
from consult.search.gazetteer import Gazetteer
from consult.search.handlers import Indexing
from consult.search.similar import Vocabulary
from consult.sign_in import views as sign_in_views
from consult.sign_in import views_account, views_invitation, views_session
from consult.signing import secrets_of
from consult.submissions import views as submission_views
from consult.submissions import views_joining, views_listening, views_organisation, waiting
from consult.submissions.inputs import Codes
from consult.transparency import commands as transparency_commands
from consult.transparency import views as transparency_views
from consult.web import (
    bounds,
    catalogue,
    compression,
    context,
    errors,
    guard,
    headers,
    health,
    hosts,
    journal,
    limits,
    masking,
    page_cache,
    templating,
)
from consult.web.markup import SpokenEnvironment

ROOT = Path(__file__).resolve().parent.parent
SWEPT = ("FILES_FOLDER", "WAITING_FOLDER", "MAIL_FOLDER", "PAGE_IMAGES_FOLDER")


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application with `settings` over those of the environment (see config.py).

    What keeps it from starting is told in one sentence to commands and to gunicorn, and raised to all others:
    config.Misconfigured, or what the database or the system said.
    """
    with in_one_sentence():
        return _furnished(settings)


def _furnished(settings: dict[str, Any] | None) -> Flask:
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.jinja_environment = SpokenEnvironment
    app.config.update(config.settings())
    app.config.update(settings or {})
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    _open_stores(app)
    start_checks.check(app.config, app.extensions["consult.database"])
    for room in (
        bounds,
        catalogue,
        templating,
        compression,
        headers,
        errors,
        guard,
        limits,
        masking,
        journal,
        views_session,
    ):
        room.register(app)
    _register_rooms(app)
    _register_commands(app)
    _set_up_worker(app)
    context.register(app)
    hosts.register(app)
    if app.config["PROXIES"]:
        # Every proxy adds an address; the one next to us alone says by which name and how securely it was asked.
        proxies = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _open_stores(app: Flask) -> None:
    app.extensions["consult.database"] = _database_of(app)
    sandbox.share(app.config["INSTANCE"] / "sandbox", app.config["SANDBOX_MEMORY"])
    scanning.use(app.config["SCANNER"])
    app.extensions["consult.files"] = FileStore(app.config["FILES_FOLDER"])
    app.extensions["consult.damages"] = Damages(app.extensions["consult.files"])
    app.extensions["consult.pdf_reader"] = PdfReader(Recogniser(app.config["RECOGNISER"]))
    app.extensions["consult.page_images"] = PageImages(
        app.extensions["consult.files"],
        DisposableFiles(app.config["PAGE_IMAGES_FOLDER"], app.config["PAGE_IMAGES_BYTES"]),
    )
    app.extensions["consult.tables"] = KeptTables(app.config["TABLES_FOLDER"], app.config["TABLES_BYTES"])
    app.extensions["consult.search"] = engine_of(app.config["SEARCH_ENGINE"], app.config["SEARCH_FOLDER"])
    app.extensions["consult.gazetteer"] = Gazetteer()
    app.extensions["consult.vocabulary"] = Vocabulary()
    _take_keys(app)
    app.extensions["consult.checks"] = (
        *checks_of(
            app.config,
            app.extensions["consult.database"],
            app.extensions["consult.signer"],
            app.extensions["consult.keys"],
            app.extensions["consult.damages"],
        ),
        Check("index", partial(search_condition.index, app.extensions["consult.search"])),
    )


def _database_of(app: Flask) -> Database:
    try:
        return Database(
            app.config["DATABASE_URL"],
            app.config["INSTANCE"],
            app.config["DATABASE_SYNCHRONOUS"],
            Pool(app.config["DATABASE_POOL"], app.config["DATABASE_POOL_MORE"]),
            app.config["THREADS"],
        )
    except (ArgumentError, ImportError, ValueError) as bad:
        # Not what was given: there may be a password in it.
        raise config.Misconfigured("not_a_database", name="CONSULT_DATABASE_URL") from bad


def _take_keys(app: Flask) -> None:
    """The keys are read once: who changes one starts the site anew."""
    try:
        keys = ring.load(Path(app.config["KEYS_FOLDER"]))
    except BadKey as bad:
        raise config.Misconfigured(bad.code, **bad.values) from bad
    app.extensions["consult.keys"] = keys
    app.extensions["consult.signer"] = Signer(app.config["LEDGER_ORIGIN"], ledger_keys.of(keys))
    app.extensions["consult.codes"] = Codes(tuple(key.secret for key in keys.of(Purpose.RECEIPTS)))
    app.extensions["consult.secrets"] = secrets_of(app.config)


def _keep_pages(app: Flask) -> None:
    """Results stand behind the other pages: nobody's words crowd out what people read."""
    freshness = Freshness(app.extensions["consult.database"].engine)
    views_kept.register(app, partial(freshness, "/lay-y-kien/"))
    page_cache.register(app, freshness)


def _register_rooms(app: Flask) -> None:
    health.register(app)
    app.register_blueprint(reading_views.blueprint)
    _keep_pages(app)
    app.register_blueprint(consultation_views.blueprint)
    for views in (submission_views, views_joining, views_listening, views_organisation, views_status):
        app.register_blueprint(views.blueprint)
    app.register_blueprint(desk_views.blueprint)
    app.register_blueprint(export_views.blueprint)
    _register_people(app)
    app.register_blueprint(condition_views.blueprint)
    for outlet in (views_corrections, search_views, openapi, transparency_views):
        app.register_blueprint(outlet.blueprint)
    notice_views.register(app)
    demo_sign_in_views.register(app)


def _register_commands(app: Flask) -> None:
    database_commands.register(app)
    consultation_commands.register(app)
    export_commands.register(app)
    for command in (
        administration_commands.create_admin,
        worker_commands.worker,
        search_commands.reindex,
        transparency_commands.group,
        outline_command,
        compare_command,
        demo_commands.demo,
        running_commands.run_all,
        reference_commands.seed_reference,
        backup_commands.backup,
        backup_commands.restore,
        operator_commands.tell_operator,
        condition_commands.check,
    ):
        app.cli.add_command(command)


def _register_people(app: Flask) -> None:
    for views in (sign_in_views, views_account, views_invitation):
        app.register_blueprint(views.blueprint)
    app.extensions["consult.in_hand"] = in_hand.comments_in_hand
    for views in (administration_views, views_accounts, views_bodies, views_proposals):
        app.register_blueprint(views.blueprint)


def _set_up_worker(app: Flask) -> None:
    """Which event of the outbox goes to which handlers."""
    indexing = Indexing(app.extensions["consult.search"])
    sending = sending_of(app.config, ROOT / "templates" / "notices")
    pages = Reading(app.extensions["consult.files"], app.extensions["consult.pdf_reader"])
    tables = Following(app.extensions["consult.tables"], app.config["INSTANCE"], printed_notice(app.config["DEMO"]))
    app.extensions["consult.following_tables"] = tables
    handlers: dict[str, tuple[Handler, ...]] = {
        "pages_waiting": (pages.handle,),
        "matter_published": (indexing.matters, tables.after),
        "matter_discarded": (acts.after_discarded,),
        "matter_changed": (indexing.matters, tables.after),
        "matter_closed_period": (concluding.seal, tables.after),
        "comment_received": (
            indexing.opinions,
            partial(requesting.after_received, most=app.config["MAILS_OF_ADDRESS"]),
            tables.after,
        ),
        "comment_changed": (indexing.opinions, tables.after),
        "answers_published": (
            indexing.opinions,
            partial(requesting.after_answered, most=app.config["MAILS_OF_ADDRESS"]),
            tables.after,
        ),
        "account_mail_changed": (requesting.after_mail_changed,),
        "table_due": (tables.due,),
        "account_invited": (requesting.after_invited,),
        "account_changed": (requesting.after_account_changed,),
        "listening_asked": (requesting.after_listening_asked,),
        "mail_requested": (sending.send,),
        "files_left_waiting": (waiting.Clearing(WaitingFiles(app.config["WAITING_FOLDER"])).handle,),
    }
    app.extensions["consult.worker"] = Worker(
        app.extensions["consult.database"].session,
        handlers,
        single=frozenset({"mail_requested", "pages_waiting"}),
        preparations=(indexing.prepare, tables.prepare),
        chores=(Sweeping([app.config[name] for name in SWEPT]).sweep, bounded.forget),
    )
