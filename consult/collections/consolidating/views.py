"""What came in, for who consolidates: read, narrowed and chosen; left out with a reason, or carried as it is."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from consult.collections.consolidating import forms, reading, service
from consult.collections.consolidating.reading import ReadOpinion, Wanted
from consult.collections.models import Branch, Collection
from consult.collections.sums import branches_of
from consult.collections.views_frame import clause_choices
from consult.collections.views_work import AT, collection_of, page, there
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("opinions", __name__)
PAGE_SIZE = 100
NARROWED = ("dau-moi", "dia-ban", "dieu", "quan-diem", "da-chuyen")
"""By what the list is narrowed, as its address says it: branch, commune, clause, stance, what carries it."""


@blueprint.get(AT + "y-kien/")
@access(Action.USE_WORKSPACE)
def show(number: int) -> ResponseReturnValue:
    """The opinions that came in, narrowed by branch, clause, stance and what carries them."""
    return _list(collection_of(number))


@blueprint.post(AT + "y-kien/")
@access(Action.USE_WORKSPACE, alone="takes opinions by number, each checked to stand yet")
def choose(number: int) -> ResponseReturnValue:
    """The chosen ones are consolidated, carried as they are, or left out with a reason."""
    collection, session, now = collection_of(number), context.session(), context.arrived_at()
    chosen, do = forms.numbers(request.form.getlist("opinion")), request.form.get("do", "")
    try:
        if not chosen:
            raise Invalid({"opinion": "choose_one"})
        if do == "write":
            return redirect(there("points.new", collection, **{"y-kien": ",".join(map(str, chosen))}), 303)
        if do == "as_is":
            for one in chosen:
                service.carry_as_is(session, collection, one, context.actor(), now)
        else:
            service.leave_out(session, collection, chosen, request.form.get("why", ""), context.actor(), now)
    except Invalid as wrong:
        return _list(collection, 422, errors=wrong.errors, chosen=chosen)
    except Refused as refused:
        return _list(collection, 409, refusal=refused.reason, chosen=chosen)
    flash("collected.carried_as_is" if do == "as_is" else "collected.left_out")
    return redirect(there("opinions.show", collection, **_query()), 303)


def _list(collection: Collection, status: int = 200, **values: Any) -> ResponseReturnValue:
    session = context.session()
    found, own = reading.opinions(session, collection), branches_of(session, collection.id)
    query = _query()
    shown = [one for one in found if _wanted(query, own).has(one)]
    at = max(1, int(query.get("trang", "1")) if query.get("trang", "1").isdecimal() else 1)
    given = {"errors": {}, "refusal": "", "chosen": [], **values}
    return page(
        "consolidating/opinions",
        collection,
        status,
        carried=reading.count(found),
        shown=_page(shown, at),
        count=len(shown),
        at=at,
        pages=max(1, -(-len(shown) // PAGE_SIZE)),
        alike=reading.alike(found),
        branches=[(str(one.number), one.name) for one in own],
        areas=sorted(
            {(str(one.area_id), one.area.name) for one in own if one.area is not None}, key=lambda one: one[1]
        ),
        clauses=clause_choices(collection),
        query=query,
        form=request.form,
        **given,
    )


def _page(shown: list[ReadOpinion], at: int) -> list[ReadOpinion]:
    return shown[(at - 1) * PAGE_SIZE : at * PAGE_SIZE]


def _query() -> dict[str, str]:
    return {name: request.args[name] for name in (*NARROWED, "trang") if request.args.get(name)}


def _wanted(query: dict[str, str], own: list[Branch]) -> Wanted:
    branch = query.get("dau-moi", "")
    below = reading.with_below(own, int(branch)) if branch.isdecimal() and len(branch) < 9 else set()
    area = next((one.area_id for one in own if str(one.area_id) == query.get("dia-ban")), None)
    return Wanted(below, area, query.get("dieu", ""), query.get("quan-diem", ""), query.get("da-chuyen", ""))
