"""The link of a branch: its key signs this browser in, and leads to the clean address of the branch."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from consult.collections.views_frame import branch_of_key, come_in
from consult.errors import NotFound, Refused
from consult.web.guard import public

blueprint = Blueprint("branch_entry", __name__)


@blueprint.get("/thu-thap/vao/<key>/")
@public()
def enter(key: str) -> ResponseReturnValue:
    """Who opens the link works for the branch from now on, without an account."""
    try:
        branch = branch_of_key(key)
    except NotFound as unknown:
        raise Refused("branch_key_unknown") from unknown
    address = url_for("branch.home", collection=branch.collection.number, number=branch.number)
    return come_in(redirect(address, 303), branch)
