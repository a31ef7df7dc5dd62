"""A branch between villages and the body that collects: it reads what came in there and below, consolidates it by its
link, and sees what became of what it carried up."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from consult.collections.consolidating import reading, views_levels
from consult.collections.consolidating.upward import carried_up
from consult.collections.consolidating.views_levels import Level
from consult.collections.shown import CONSOLIDATED
from consult.collections.views_frame import branch_of_request, page
from consult.web import context, tickets
from consult.web.guard import public

blueprint = Blueprint("middle", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/ben-duoi/"
ONE = AT + "tong-hop/<int:point>/"
PAGES = {
    "opinions": "consolidating/opinions_branch",
    "points": "consolidating/points_branch",
    "point": "consolidating/point_branch",
}


@blueprint.get(AT + "y-kien/")
@public(asks=(*views_levels.NARROWED, "trang"))
def opinions(collection: int, number: int) -> ResponseReturnValue:
    """What came in there and below: words and places, nobody's name."""
    return views_levels.opinions(_level(collection, number))


@blueprint.post(AT + "y-kien/")
@public(alone="takes opinions by number, each checked to stand yet", asks=(*views_levels.NARROWED, "trang"))
def choose(collection: int, number: int) -> ResponseReturnValue:
    """The chosen ones are consolidated, carried as they are, or left out with a reason."""
    level = _level(collection, number)
    tickets.check_origin()
    return views_levels.choose(level)


@blueprint.get(AT + "tong-hop/")
@public()
def points(collection: int, number: int) -> ResponseReturnValue:
    """What it consolidated, each with what came of it above."""
    level, session = _level(collection, number), context.session()
    assert level.branch is not None, "a branch is no body"
    own = [one for one in reading.consolidated(session, level.collection) if one.branch_id == level.branch.id]
    carried = reading.count(reading.opinions(session, level.collection, level.branch))
    sources, ways = reading.sources_of(session, level.collection), carried_up(session, level.collection)
    return level.page("points", 200, level=level, own=own, carried=carried, sources=sources, ways=ways)


@blueprint.get(AT + "tong-hop/viet/")
@public(asks=("y-kien", "tong-hop"))
def new(collection: int, number: int) -> ResponseReturnValue:
    """The form for one that rests on what the address names."""
    return views_levels.new(_level(collection, number))


@blueprint.post(AT + "tong-hop/viet/")
@public(alone="a new consolidated opinion")
def write(collection: int, number: int) -> ResponseReturnValue:
    """Writes it."""
    level = _level(collection, number)
    tickets.check_origin()
    return views_levels.write(level)


@blueprint.get(ONE)
@public()
def edit(collection: int, number: int, point: int) -> ResponseReturnValue:
    """One with its sources, and the form to change it."""
    level = _level(collection, number)
    return views_levels.edit(level, level.point(point))


@blueprint.post(ONE)
@public(acts_on=CONSOLIDATED)
def change(collection: int, number: int, point: int) -> ResponseReturnValue:
    """Other words or sources, or taken back."""
    level = _level(collection, number)
    tickets.check_origin()
    return views_levels.change(level, level.point(point))


def _level(collection: int, number: int) -> Level:
    branch = branch_of_request(collection, number)

    def address(view: str, **values: Any) -> str:
        return url_for(f"branch.middle.{view}", collection=collection, number=number, **values)

    def shown(name: str, status: int, **values: Any) -> ResponseReturnValue:
        return page(PAGES[name], branch, status, **values)

    return Level(branch.collection, branch, branch, address, shown)
