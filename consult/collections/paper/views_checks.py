"""What people say of what was typed of their opinions, beside it: put right, or kept with the reason. For the branch
itself, and for who collects above it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections import views_frame as branches
from consult.collections import views_work as work
from consult.collections.models import Gathering
from consult.collections.paper import typing_checks
from consult.collections.paper.models import CollectedTypingCheck
from consult.collections.recording import lists
from consult.collections.shown import CHECK, CHECK_ABOVE
from consult.comparison.differences import word_differences
from consult.errors import Invalid, Refused
from consult.policy import ANYBODY, Action
from consult.web import context, parked_answers, tickets
from consult.web.guard import access, public
from consult.web.shown import hold

of_branch = Blueprint("checks", __name__)
of_work = Blueprint("checks", __name__)
BRANCH = "/thu-thap/<int:collection>/<int:number>/buoi/<int:at>/xac-nhan/<int:opinion>/"
WORK = work.AT + "buoi/<int:at>/xac-nhan/<int:opinion>/"


@dataclass(frozen=True)
class Checking:
    """Where it is done: what was said, of which gathering, where its page and the one before it are, how they look."""

    check: CollectedTypingCheck
    gathering: Gathering
    address: str
    back: str
    page: Callable[..., ResponseReturnValue]


@of_branch.get(BRANCH)
@public()
def show(collection: int, number: int, at: int, opinion: int) -> ResponseReturnValue:
    """Both texts, and the form to settle it."""
    return _page(_of_branch(collection, number, at, opinion))


@of_branch.post(BRANCH)
@public(acts_on=CHECK, once_known=True)
def save(collection: int, number: int, at: int, opinion: int) -> ResponseReturnValue:
    """Settles it."""
    checking = _of_branch(collection, number, at, opinion)
    tickets.check_origin()
    hold((CHECK,), ANYBODY, None, collection=collection, number=number, at=at, opinion=opinion)
    return _save(checking)


@of_work.get(WORK)
@access(Action.USE_WORKSPACE)
def show_above(number: int, at: int, opinion: int) -> ResponseReturnValue:
    """The same for who collects."""
    return parked_answers.found() or _page(_of_work(number, at, opinion))


@of_work.post(WORK)
@access(Action.USE_WORKSPACE, acts_on=CHECK_ABOVE)
def save_above(number: int, at: int, opinion: int) -> ResponseReturnValue:
    """Settles it."""
    return _save(_of_work(number, at, opinion))


def _of_branch(collection: int, number: int, at: int, opinion: int) -> Checking:
    branch = branches.branch_of_request(collection, number)
    here: dict[str, Any] = {"collection": collection, "number": number, "at": at}
    gathering = lists.find(context.session(), branch, at)

    def page(status: int, **values: Any) -> ResponseReturnValue:
        return branches.page("paper/check_branch", branch, status, **values)

    address = url_for("branch.checks.show", opinion=opinion, **here)
    back = url_for("branch.gathering.show", **here)
    return Checking(typing_checks.find(context.session(), gathering, opinion), gathering, address, back, page)


def _of_work(number: int, at: int, opinion: int) -> Checking:
    collection = work.collection_of(number)
    gathering = lists.of_collection(context.session(), collection, at)

    def page(status: int, **values: Any) -> ResponseReturnValue:
        return work.page("paper/check_work", collection, status, **values)

    address = work.there("checks.show_above", collection, at=at, opinion=opinion)
    back = work.there("typing.show", collection, at=at)
    return Checking(typing_checks.find(context.session(), gathering, opinion), gathering, address, back, page)


def _save(checking: Checking) -> ResponseReturnValue:
    named = {name.removeprefix("texts."): text for name, text in request.form.items() if name.startswith("texts.")}
    texts = {int(number): text for number, text in named.items() if number.isascii() and number.isdigit()}
    if request.form.get("act") == "take":
        form = request.form.to_dict() | {f"texts.{number}": text for number, text in checking.check.texts.items()}
        return parked_answers.parked(_page(checking, form=form), checking.address)
    try:
        typing_checks.settle(
            context.session(), checking.check, texts, request.form.get("reason", ""), context.actor().user_id,
            context.arrived_at(),
        )  # fmt: skip
    except Invalid as wrong:
        return parked_answers.parked(_page(checking, 422, errors=wrong.errors), checking.address)
    except Refused as refused:
        return parked_answers.parked(_page(checking, 409, refusal=refused.reason), checking.address)
    return redirect(checking.back, 303)


def _page(checking: Checking, status: int = 200, **values: Any) -> ResponseReturnValue:
    check = checking.check
    given = {"errors": {}, "refusal": "", "form": request.form, **values}
    return checking.page(
        status, checking=checking, check=check, gathering=checking.gathering, difference=word_differences,
        opinions=typing_checks.of_code(context.session(), check.opinion), **given,
    )  # fmt: skip
