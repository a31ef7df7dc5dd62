"""Whether the site lives, for what restarts it; and what `administration.condition` asks of the stores below it."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from alembic.runtime.migration import MigrationContext
from flask import Blueprint, Flask, jsonify
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from consult.web.guard import public

PROBE = 4096
"""Bytes that are written on trial: a block of most disks."""

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public()
def alive() -> Any:
    """The process answers; nothing else is asked."""
    return jsonify(alive=True), 200, {"Cache-Control": "no-store"}


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
    """Gives `app` the address for what restarts it."""
    app.register_blueprint(blueprint)
