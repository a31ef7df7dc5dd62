"""What the rooms stand on, opened with the settings of the site."""

import threading
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

import config
from consult import sandbox
from consult.administration.condition import engine_checks
from consult.administration.condition.checks import checks_of
from consult.administration.condition.findings import Check
from consult.consultations.files.ocr import TextRecogniser
from consult.consultations.files.page_images import PageImages
from consult.consultations.files.pdf_pages import PdfReader
from consult.db import Database, Pool, connect
from consult.exports.table_store import TableStore
from consult.files import virus_scanner
from consult.files.bounded_cache import BoundedCache
from consult.files.damaged import DamageRecord
from consult.files.places.opening import is_elsewhere
from consult.files.store import FileStore
from consult.keys import ring
from consult.keys.ring import BadKey, Purpose
from consult.ledger import keys as ledger_keys
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import STORE, Guard
from consult.ledger.service import Signer
from consult.notices.telephone import condition as call_condition
from consult.replica.measurement import Replica
from consult.sandbox import conversion
from consult.search import condition as search_condition
from consult.search.engines.seam import Search
from consult.search.engines.selection import engine_of
from consult.search.gazetteer import Gazetteer
from consult.search.similar import Vocabulary
from consult.search.thesaurus import Thesaurus
from consult.session_secret import secrets_of
from consult.submissions.inputs import Codes
from consult.witness import condition as witness_condition
from consult.witness.settings import witnesses_of

REPLICA_PATIENCE = 2
"""Seconds that a replica, or who asks the primary about it, is waited for."""
CONVERTED_BYTES = 256 * 1024 * 1024
"""What drafts take on the disk that were turned into Word files."""


def open_stores(app: Flask) -> None:
    """Gives `app` its database, files, index, keys and what else its rooms stand on. Raises config.Misconfigured."""
    app.extensions["consult.database"] = _database_of(app)
    app.extensions["consult.replica"] = _replica_of(app)
    sandbox.share(app.config["INSTANCE"] / "sandbox", app.config["SANDBOX_MEMORY"])
    virus_scanner.use(app.config["SCANNER"])
    conversion.use(app.config["CONVERTER"])
    app.extensions["consult.files"] = FileStore(app.config["FILES_FOLDER"])
    app.extensions["consult.damages"] = DamageRecord(app.extensions["consult.files"])
    app.extensions["consult.pdf_reader"] = PdfReader(TextRecogniser(app.config["RECOGNISER"]))
    app.extensions["consult.page_images"] = PageImages(
        app.extensions["consult.files"],
        BoundedCache(app.config["PAGE_IMAGES_FOLDER"], app.config["PAGE_IMAGES_BYTES"]),
        # Half of those who read go on being given pages, however long the pictures of the others take.
        threading.BoundedSemaphore(max(1, app.config["THREADS"] // 2)),
    )
    app.extensions["consult.converted"] = BoundedCache(app.config["CONVERTED_FOLDER"], CONVERTED_BYTES)
    own = app.config["INSTANCE"] / "tables" if is_elsewhere(app.config["TABLES_FOLDER"]) else None
    app.extensions["consult.tables"] = TableStore(app.config["TABLES_FOLDER"], app.config["TABLES_BYTES"], own)
    app.extensions["consult.search"] = _search_of(app)
    app.extensions["consult.gazetteer"] = Gazetteer()
    app.extensions["consult.vocabulary"] = Vocabulary()
    app.extensions["consult.thesaurus"] = Thesaurus()
    _take_keys(app)
    app.extensions["consult.checks"] = _checks_of(app)
    app.extensions["consult.gauges"] = (partial(witness_condition.gauges, app.extensions),)


def _checks_of(app: Flask) -> tuple[Check, ...]:
    copies = (
        [Check("replica", partial(engine_checks.replica, found))]
        if (found := app.extensions["consult.replica"])
        else []
    )
    return (
        *copies,
        *checks_of(
            app.config,
            app.extensions["consult.database"],
            app.extensions["consult.signer"],
            app.extensions["consult.keys"],
            app.extensions["consult.damages"],
            app.extensions["consult.log_guard"],
        ),
        Check("limits", partial(engine_checks.limits, app.extensions)),
        Check("calls", call_condition.waiting, stored=True),
        Check("witnesses", partial(witness_condition.witnesses, app.extensions), stored=True),
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


def _replica_of(app: Flask) -> Replica | None:
    """What everybody's pages are read from, where a site has it. Raises Misconfigured."""
    url, primary = app.config["DATABASE_REPLICA_URL"], app.config["DATABASE_URL"]
    if not url:
        return None
    if any(make_url(one).get_backend_name() != "postgresql" for one in (url, primary)):
        raise config.Misconfigured("replica_not_postgresql", name="CONSULT_DATABASE_REPLICA_URL")
    pool = Pool(app.config["DATABASE_POOL"], app.config["DATABASE_POOL_MORE"])
    return Replica(
        connect(primary, pool=Pool(1, 1), patience=REPLICA_PATIENCE),
        connect(url, pool=pool, patience=REPLICA_PATIENCE),
        app.config["REPLICA_SECONDS"],
    )


def _search_of(app: Flask) -> Search:
    """The search engine. Raises Misconfigured for PostgreSQL's on another database."""
    engine = app.extensions["consult.database"].engine
    try:
        return engine_of(app.config["SEARCH_ENGINE"], app.config["SEARCH_FOLDER"], engine)
    except ValueError as bad:
        raise config.Misconfigured("not_for_this_database", name="CONSULT_SEARCH_ENGINE") from bad


def _take_keys(app: Flask) -> None:
    """The keys are read once: who changes one starts the site anew."""
    try:
        keys = ring.load(Path(app.config["KEYS_FOLDER"]))
    except BadKey as bad:
        raise config.Misconfigured(bad.code, **bad.values) from bad
    app.extensions["consult.keys"] = keys
    further = app.config["LEDGER_SIGNATURES"] == config.LEDGER_SIGNATURES[1]
    app.extensions["consult.signer"] = Signer(app.config["LEDGER_ORIGIN"], ledger_keys.of(keys), further)
    app.extensions["consult.codes"] = Codes(tuple(key.secret for key in keys.of(Purpose.RECEIPTS)))
    app.extensions["consult.secrets"] = secrets_of(app.config)
    app.extensions["consult.witnesses"] = witnesses_of(app.config["WITNESSES"])
    _guard_log(app)


def _guard_log(app: Flask) -> None:
    """Every log of the database is held against what is kept outside of it."""
    durable = app.config["DATABASE_SYNCHRONOUS"] != "OFF"
    guard = Guard(CheckpointStore(Path(app.config["CHECKPOINTS_FOLDER"]), durable))
    app.extensions["consult.log_guard"] = guard
    app.extensions["consult.database"].engine.update_execution_options(**{STORE: guard})
