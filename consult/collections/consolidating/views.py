"""What came in, for who consolidates: read, narrowed and chosen; left out with a reason, or carried as it is."""

from typing import Any

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.collections.consolidating import views_levels
from consult.collections.consolidating.views_levels import Level
from consult.collections.views_work import AT, collection_of, page, there
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("opinions", __name__)
DONE = {"as_is": "collected.carried_as_is", "leave_out": "collected.left_out"}
PAGES = {"opinions": "consolidating/opinions", "point": "consolidating/point"}
VIEWS = {
    "opinions": "opinions.show", "choose": "opinions.choose", "points": "points.show", "new": "points.new",
    "write": "points.write", "edit": "points.edit", "change": "points.change",
}  # fmt: skip


@blueprint.get(AT + "y-kien/")
@access(Action.USE_WORKSPACE)
def show(number: int) -> ResponseReturnValue:
    """The opinions that came in, narrowed by branch, clause, stance and what carries them."""
    return views_levels.opinions(of_body(number))


@blueprint.post(AT + "y-kien/")
@access(Action.USE_WORKSPACE, alone="takes opinions by number, each checked to stand yet")
def choose(number: int) -> ResponseReturnValue:
    """The chosen ones are consolidated, carried as they are, or left out with a reason."""
    return told(views_levels.choose(of_body(number)), DONE.get(request.form.get("do", ""), ""))


def of_body(number: int) -> Level:
    """The body that collects, for who works for it."""
    collection = collection_of(number)

    def address(view: str, **values: Any) -> str:
        return there(VIEWS[view], collection, **values)

    def shown(name: str, status: int, **values: Any) -> ResponseReturnValue:
        return page(PAGES[name], collection, status, **values)

    return Level(collection, None, context.actor(), address, shown)


def told(answer: ResponseReturnValue, code: str) -> ResponseReturnValue:
    """An answer that leads on says what was done."""
    if code and not isinstance(answer, tuple):
        flash(code)
    return answer
