"""The kit as a branch takes it to its meeting."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from consult.collections.kit import service, views_page
from consult.collections.views_frame import branch_of_request, page
from consult.errors import NotFound
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("kit", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/tai-lieu-hop"


@blueprint.get(f"{AT}/")
@public()
def show(collection: int, number: int) -> ResponseReturnValue:
    """What is read out and asked, on a telephone, with the sound to be listened to. Raises NotFound before there is a
    kit."""
    branch = branch_of_request(collection, number)
    found = service.of_collection(context.session(), branch.collection)
    if found is None:
        raise NotFound
    return page("kit/show", branch, kit=found, clauses=service.read(found))


@blueprint.get(f"{AT}.pdf")
@public()
def printed(collection: int, number: int) -> Response:
    """All sheets of the kit in one file."""
    branch = branch_of_request(collection, number)
    return views_page.sheets(branch.collection, branch.name)


@blueprint.get(f"{AT}/phat-loa/")
@public()
def sound(collection: int, number: int) -> Response:
    """The sound for the loudspeaker."""
    return views_page.sound(branch_of_request(collection, number).collection)
