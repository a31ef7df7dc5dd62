"""Consult: public consultation and social critique. This module only wires the rooms together."""

from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from consult import database_commands
from consult.administration import start_checks
from consult.consultations import commands as consultation_commands
from consult.consultations import views as consultation_views
from consult.db import Database
from consult.demo import sign_in_views as demo_sign_in_views
from consult.files.store import FileStore
from consult.ledger import keys
from consult.ledger.service import Signer
from consult.reading import views as reading_views
from consult.reading.freshness import Freshness
from consult.responses import views_status
from consult.sign_in import views as sign_in_views
from consult.sign_in import views_account, views_invitation, views_session
from consult.submissions import views as submission_views
from consult.web import catalogue, context, errors, guard, headers, health, limits, page_cache, templating

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application with `settings` over those of the environment (see config.py). Raises config.Misconfigured."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(config.settings())
    app.config.update(settings or {})
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    _open_stores(app)
    start_checks.check(app.config, app.extensions["consult.database"])
    for room in (catalogue, templating, headers, errors, guard, limits, views_session):
        room.register(app)
    _register_rooms(app)
    context.register(app)
    if app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _open_stores(app: Flask) -> None:
    app.extensions["consult.database"] = Database(
        app.config["DATABASE_URL"], app.config["INSTANCE"], app.config["DATABASE_SYNCHRONOUS"]
    )
    app.extensions["consult.files"] = FileStore(app.config["FILES_FOLDER"])
    app.extensions["consult.signer"] = Signer(app.config["LEDGER_ORIGIN"], keys.load(app.config["LEDGER_KEY_FOLDER"]))


def _register_rooms(app: Flask) -> None:
    app.cli.add_command(database_commands.group)
    consultation_commands.register(app)
    health.register(app)
    app.register_blueprint(reading_views.blueprint)
    page_cache.register(app, Freshness(app.extensions["consult.database"].engine))
    app.register_blueprint(consultation_views.blueprint)
    app.register_blueprint(submission_views.blueprint)
    app.register_blueprint(views_status.blueprint)
    for views in (sign_in_views, views_account, views_invitation):
        app.register_blueprint(views.blueprint)
    demo_sign_in_views.register(app)
