"""Whether the site lives, and whether it is ready to be used: for whoever watches it, and for what restarts it."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from alembic.runtime.migration import MigrationContext
from flask import Blueprint, Flask, current_app, jsonify
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from consult import schema
from consult.keys.service import missing
from consult.web import context
from consult.web.guard import public

PROBE = 4096
"""Bytes that are written on trial: a block of most disks."""

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public()
def alive() -> Any:
    """The process answers; nothing else is asked."""
    return jsonify(alive=True), 200, {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
@public()
def ready() -> Any:
    """Each thing a request needs, by name, and 503 while one is missing. Tells nothing that helps a stranger."""
    found = schema_of(context.database().engine)
    checks = {
        "database": found is not None,
        "schema": found == schema.newest(),
        "keys": found == schema.newest() and not missing(context.session(), context.keys()),
        "files": writable(Path(current_app.config["FILES_FOLDER"])),
    }
    well = all(checks.values())
    return jsonify(ready=well, **checks), 200 if well else 503, {"Cache-Control": "no-store"}


def schema_of(engine: Engine) -> tuple[str, ...] | None:
    """The revisions of the schema that the database stands at; None when it cannot be reached."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError:
        return None


def writable(folder: Path) -> bool:
    """Whether a file can be put into `folder`, or where it will be made: tried, since a full disk is seen only so."""
    try:
        with TemporaryFile(dir=folder if folder.exists() else folder.parent) as file:
            file.write(b"\0" * PROBE)
            file.flush()
    except OSError:
        return False
    return True


def register(app: Flask) -> None:
    """Gives `app` its two addresses for watchers."""
    app.register_blueprint(blueprint)
