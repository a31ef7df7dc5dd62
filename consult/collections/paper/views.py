"""Printed forms and piles of scans of a branch, and of those below it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from consult.collections import sums
from consult.collections import views_frame as branches
from consult.collections.models import Branch
from consult.collections.paper import service
from consult.responses.paper import views_frame
from consult.responses.paper.models import PaperPile
from consult.responses.paper.returned import Returned
from consult.responses.paper.said import Opinion, Said
from consult.responses.paper.service import Owner
from consult.responses.paper.views_drawing import Words
from consult.responses.paper.views_frame import Counter
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.catalogue import say
from consult.web.guard import public
from consult.web.templating import day

blueprint = Blueprint("paper", __name__)
BASE = "/thu-thap/<int:collection>/<int:number>/phieu/"
PILE = BASE + "tap/<uuid:pile>/"
SHEET = PILE + "<tag>/<int:sheet>/"


@blueprint.get(BASE)
@public()
def index(collection: int, number: int) -> ResponseReturnValue:
    """Printing, uploading, and what came."""
    return views_frame.index(_counter(collection, number))


@blueprint.post(BASE + "in/")
@public(alone="a new printing")
def print_forms(collection: int, number: int) -> ResponseReturnValue:
    """Makes so many sheets."""
    counter = _counter(collection, number)
    tickets.check_origin()
    return views_frame.print_forms(counter)


@blueprint.get(BASE + "in/<tag>.pdf")
@public()
def printed(collection: int, number: int, tag: str) -> Response:
    """The sheets as a PDF."""
    return views_frame.printed(_counter(collection, number), tag)


@blueprint.post(BASE + "tap/")
@public(alone="a new pile")
def upload(collection: int, number: int) -> ResponseReturnValue:
    """Takes a pile in."""
    counter = _counter(collection, number)
    tickets.check_origin()
    return views_frame.upload(counter)


@blueprint.get(PILE)
@public()
def pile(collection: int, number: int, pile: UUID) -> ResponseReturnValue:
    """The sheets of a pile."""
    return views_frame.show_pile(_counter(collection, number), pile)


@blueprint.get(SHEET)
@public()
def sheet(collection: int, number: int, pile: UUID, tag: str, sheet: int) -> ResponseReturnValue:
    """One sheet to be confirmed."""
    return views_frame.show_sheet(_counter(collection, number), pile, tag, sheet)


@blueprint.post(SHEET)
@public(alone="a sheet comes in once, whoever confirms it")
def save(collection: int, number: int, pile: UUID, tag: str, sheet: int) -> ResponseReturnValue:
    """Records it."""
    counter = _counter(collection, number)
    tickets.check_origin()
    return views_frame.save_sheet(counter, pile, tag, sheet)


@blueprint.get(PILE + "anh/<uuid:page>/<name>/")
@public()
def picture(collection: int, number: int, pile: UUID, page: UUID, name: str) -> Response:
    """A page, or a cut of it."""
    return views_frame.picture(_counter(collection, number), pile, page, name)


def _counter(collection: int, number: int) -> Counter:
    branch = branches.branch_of_request(collection, number)
    session, owner, words = context.session(), Owner(branch_id=branch.id), words_of(branch)
    here: dict[str, Any] = {"collection": collection, "number": number}
    mine = sums.with_below(sums.branches_of(session, branch.collection_id), branch)

    def recorded(keys: Sequence[str]) -> Mapping[str, int]:
        return service.recorded(session, branch.collection, keys)

    def record(pile: PaperPile, sheet: Returned, said: Said, opinions: list[Opinion]) -> None:
        service.record(session, pile, sheet, said, opinions, None, context.files(), site_codes(), context.arrived_at())

    def address(view: str, **values: Any) -> str:
        if view == "sheet":
            values["sheet"] = values.pop("number")
        return url_for(f"branch.paper.{view}", **here, **values)

    def page(name: str, status: int, **values: Any) -> ResponseReturnValue:
        return branches.page(f"paper/{name}", branch, status, channels=(), **values)

    def recorded_at(at: int) -> str:
        return url_for("branch.gathering.show", **here, at=at)

    return Counter(
        owner, {"": owner}, branch.collection.consultation, None, lambda _form: words,
        lambda form: form.branch_id in mine, recorded, service.codes_of(branch.collection), record, address, page,
        recorded_at,
    )  # fmt: skip


def words_of(branch: Branch) -> Words:
    """What stands on the sheets of a branch."""
    collection = branch.collection
    ends = say("paper.until", until=say("time.until", day=day(collection.closes_on))) if collection.closes_on else ""
    return Words(collection.organisation.name, collection.title, collection.asked, ends, branch.name, names=False)
