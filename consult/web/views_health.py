"""Whether the process lives, for what restarts it. Whether it is well is `administration.condition`."""

from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from consult.web.guard import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public()
def alive() -> ResponseReturnValue:
    """The process answers; nothing else is asked."""
    return jsonify(alive=True), 200, {"Cache-Control": "no-store"}


def register(app: Flask) -> None:
    """Gives `app` the address for what restarts it."""
    app.register_blueprint(blueprint)
