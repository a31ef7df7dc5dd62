"""The application: what every request passes, and the rooms behind it."""

from functools import partial
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from consult import resource_paths
from consult.administration.site import start_checks
from consult.command_line.startup import in_one_sentence
from consult.sign_in import views_session
from consult.traces import measurements
from consult.web import (
    bounds,
    catalogue,
    compression,
    context,
    errors,
    guard,
    headers,
    hosts,
    limits,
    log_masking,
    parked_answers,
    shown,
    sign_in_log,
    templating,
)
from consult.web.files import assets, kept_uploads
from consult.web.markup import SpokenEnvironment
from consult.web.requests import json_lines, maintenance, marking
from consult.wiring import closings, commands, erasures, rooms, stores, worker
from consult.wiring.routes import LateRoute

WEB = (
    assets,
    bounds,
    catalogue,
    templating,
    compression,
    headers,
    errors,
    maintenance,
    guard,
    shown,
    kept_uploads,
    limits,
    log_masking,
    sign_in_log,
    json_lines,
    views_session,
    parked_answers,
)
"""What every request passes, in this order."""

PACKAGE = "consult"

EVERY_TEMPLATE = -1
"""There are more templates than the four hundred that Jinja keeps by itself: one that it lets go is compiled again, in
9 ms of processor. All of them (776) take 21 MB of a process for each of both languages, 27 kB each, and never more than
there are; four hundred of each took 34 MB of the 42 together."""


def create_app(settings: dict[str, Any] | None) -> Flask:
    """The application with `settings` over those of the environment (see config.py).

    What keeps it from starting is told in one sentence to commands and to gunicorn, and raised to all others:
    config.Misconfigured, or what the database or the system said.
    """
    with in_one_sentence():
        return _opened(settings)


def _opened(settings: dict[str, Any] | None) -> Flask:
    app = Flask(PACKAGE, template_folder=str(resource_paths.TEMPLATES), static_folder=str(resource_paths.STATIC))
    app.jinja_environment = SpokenEnvironment
    app.jinja_options = {**app.jinja_options, "cache_size": EVERY_TEMPLATE}
    app.url_rule_class = LateRoute
    app.config.update(config.settings())
    app.config.update(settings or {})
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    stores.open_stores(app)
    try:
        start_checks.check(app.config, app.extensions["consult.database"])
    except BaseException:
        app.extensions["consult.database"].engine.dispose()
        raise
    for part in WEB:
        part.register(app)
    rooms.open_rooms(app)
    commands.register_commands(app)
    app.extensions["consult.erase_again"] = partial(erasures.erase_again, app)
    app.extensions["consult.close_again"] = partial(closings.close, app)
    worker.set_up_worker(app, resource_paths.TEMPLATES / "notices")
    maintenance.register_closed(app)
    context.register(app)
    hosts.register(app)
    measurements.use(app.config["METRICS_FOLDER"] if app.config["METRICS_TOKEN"] else None)
    marking.register(app)
    if proxies := app.config["PROXIES"]:
        # Every proxy adds an address; the one next to us alone says by which name and how securely it was asked.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app
