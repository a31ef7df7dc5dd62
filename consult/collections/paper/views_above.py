"""Piles of scans that the organisation which collects hands in itself, with sheets of any of its branches; and sheets
printed for one of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash
from flask.typing import ResponseReturnValue

from consult.collections import sums
from consult.collections import views_work as work
from consult.collections.models import Branch
from consult.collections.paper import service
from consult.collections.paper.views import words_of
from consult.policy import Action
from consult.responses.paper import views_frame
from consult.responses.paper.models import PaperPile
from consult.responses.paper.returned import Returned
from consult.responses.paper.said import Opinion, Said
from consult.responses.paper.service import Owner
from consult.responses.paper.views_frame import Counter
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("paper", __name__)
BASE = work.AT + "phieu/"
PILE = BASE + "tap/<uuid:pile>/"
SHEET = PILE + "<tag>/<int:sheet>/"


@blueprint.get(BASE)
@access(Action.USE_WORKSPACE)
def index(number: int) -> ResponseReturnValue:
    """Printing, uploading, and what came."""
    return views_frame.index(_counter(number))


@blueprint.post(BASE + "in/")
@access(Action.USE_WORKSPACE, alone="a new printing")
def print_forms(number: int) -> ResponseReturnValue:
    """Makes so many sheets for a branch."""
    return views_frame.print_forms(_counter(number))


@blueprint.get(BASE + "in/<tag>.pdf")
@access(Action.USE_WORKSPACE)
def printed(number: int, tag: str) -> Response:
    """The sheets as a PDF."""
    return views_frame.printed(_counter(number), tag)


@blueprint.post(BASE + "tap/")
@access(Action.USE_WORKSPACE, alone="a new pile")
def upload(number: int) -> ResponseReturnValue:
    """Takes a pile in."""
    return views_frame.upload(_counter(number))


@blueprint.get(PILE)
@access(Action.USE_WORKSPACE)
def pile(number: int, pile: UUID) -> ResponseReturnValue:
    """The sheets of a pile."""
    return views_frame.show_pile(_counter(number), pile)


@blueprint.get(SHEET)
@access(Action.USE_WORKSPACE)
def sheet(number: int, pile: UUID, tag: str, sheet: int) -> ResponseReturnValue:
    """One sheet to be confirmed."""
    return views_frame.show_sheet(_counter(number), pile, tag, sheet)


@blueprint.post(SHEET)
@access(Action.USE_WORKSPACE, alone="a sheet comes in once, whoever confirms it")
def save(number: int, pile: UUID, tag: str, sheet: int) -> ResponseReturnValue:
    """Records it for the branch that it was printed for."""
    return views_frame.save_sheet(_counter(number), pile, tag, sheet)


@blueprint.get(PILE + "anh/<uuid:page>/<name>/")
@access(Action.USE_WORKSPACE)
def picture(number: int, pile: UUID, page: UUID, name: str) -> Response:
    """A page, or a cut of it."""
    return views_frame.picture(_counter(number), pile, page, name)


def _counter(number: int) -> Counter:
    collection, session, actor = work.collection_of(number), context.session(), context.actor()
    branches: dict[UUID | None, Branch] = {one.id: one for one in sums.branches_of(session, collection.id)}

    def recorded(keys: Sequence[str]) -> Mapping[str, int]:
        return service.recorded(session, collection, keys)

    def record(pile: PaperPile, sheet: Returned, said: Said, opinions: list[Opinion]) -> None:
        service.record(
            session, pile, sheet, said, opinions, actor.user_id, context.files(), site_codes(), context.arrived_at()
        )
        flash("collected.typed")

    def address(view: str, **values: Any) -> str:
        if view == "sheet":
            values["sheet"] = values.pop("number")
        return work.there(f"paper.{view}", collection, **values)

    def page(name: str, status: int, **values: Any) -> ResponseReturnValue:
        return work.page(f"paper/above/{name}", collection, status, channels=(), branches=branches, **values)

    prints = {str(one.number): Owner(branch_id=one.id) for one in branches.values()}
    return Counter(
        Owner(collection_id=collection.id), prints, collection.consultation, actor.user_id,
        lambda form: words_of(branches[form.branch_id]), lambda form: form.branch_id in branches, recorded,
        service.codes_of(collection), record, address, page, lambda at: work.there("typing.show", collection, at=at),
    )  # fmt: skip
