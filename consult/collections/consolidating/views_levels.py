"""The pages of who consolidates, for every level alike: the body that collects, signed in, and a branch in the middle,
by its link."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import forms, reading, service
from consult.collections.consolidating.reading import ReadOpinion, ReadPoint, Wanted
from consult.collections.consolidating.service import NewPoint
from consult.collections.consolidating.sources import Who
from consult.collections.models import Branch, Collection
from consult.collections.sums import branches_of, with_below
from consult.collections.views_frame import clause_choices, fates_of, newest_of
from consult.errors import Invalid, Refused
from consult.web import context

PAGE_SIZE = 100
NOWHERE = UUID(int=0)
"""No branch and no area: an address that was saved before a merger narrows to nothing, not to everything."""
NARROWED = ("dau-moi", "dia-ban", "dieu", "quan-diem", "da-chuyen")
"""By what the list is narrowed, as its address says it: branch, commune, clause, stance, what carries it."""


@dataclass(frozen=True)
class Level:
    """Where it is done: the collection, the branch in the middle if it is one, who does it, and how the pages look.
    `address` is that of one of its views: `opinions`, `choose`, `points`, `new`, `write`, `edit`, `change`."""

    collection: Collection
    branch: Branch | None
    who: Who
    address: Callable[..., str]
    page: Callable[..., ResponseReturnValue]

    def point(self, number: int) -> ConsolidatedOpinion:
        """One of its own consolidated opinions; raises NotFound."""
        branch_id = self.branch.id if self.branch is not None else None
        return service.by_number(context.session(), self.collection, number, branch_id)


def opinions(level: Level, status: int = 200, **values: Any) -> ResponseReturnValue:
    """What came in below, narrowed as the address says, to be chosen."""
    session, query = context.session(), _query()
    found, every = reading.opinions(session, level.collection, level.branch), branches_of(session, level.collection.id)
    mine = with_below(every, level.branch) if level.branch is not None else {one.id for one in every}
    own = [one for one in every if one.id in mine]
    at = max(1, int(query.get("trang", "1")) if query.get("trang", "1").isdecimal() else 1)
    placed, of_query = _placed(level.collection, found, _wanted(query, own))
    shown = of_query[(at - 1) * PAGE_SIZE : at * PAGE_SIZE]
    given = {"errors": {}, "refusal": "", "chosen": [], "chosen_points": [], **values}
    return level.page(
        "opinions",
        status,
        level=level,
        carried=reading.count(found),
        shown=shown,
        points=reading.points(session, level.collection, level.branch),
        at=at,
        pages=max(1, -(-len(of_query) // PAGE_SIZE)),
        alike=reading.alike(placed),
        earlier=reading.said_earlier(shown, found),
        branches=[(str(one.number), one.name) for one in own],
        areas=sorted({(str(one.area_id), one.area.name) for one in own if one.area}, key=lambda one: one[1]),
        clauses=clause_choices(level.collection, *(one.anchor for one in found)),
        query=query,
        form=request.form,
        **given,
    )


def _placed(
    collection: Collection, found: list[ReadOpinion], wanted: Wanted
) -> tuple[list[ReadOpinion], list[ReadOpinion]]:
    """All opinions at the places of the newest draft, and those of them that are wanted, under whichever draft their
    clause was asked for."""
    newest = newest_of(collection, [*(one.anchor for one in found), wanted.anchor])
    placed = reading.at_newest(found, newest)
    asked = replace(wanted, anchor=newest.get(wanted.anchor, wanted.anchor))
    return placed, [one for one in placed if asked.has(one)]


def choose(level: Level) -> ResponseReturnValue:
    """The chosen ones are consolidated, carried as they are, or left out with a reason."""
    session, now, do = context.session(), context.arrived_at(), request.form.get("do", "")
    chosen, below = _chosen()
    try:
        if not chosen and not below:
            raise Invalid({"opinion": "choose_one"})
        if do == "write":
            asked = {"y-kien": ",".join(map(str, chosen)), "tong-hop": ",".join(map(str, below))}
            return redirect(level.address("new", **{name: said for name, said in asked.items() if said}), 303)
        if do == "as_is":
            service.carry_as_is(session, level.collection, chosen, level.who, now, below)
        else:
            why = request.form.get("why", "")
            service.leave_out(session, level.collection, chosen, why, level.who, now, below)
    except Invalid as wrong:
        return opinions(level, 422, errors=wrong.errors, chosen=chosen, chosen_points=below)
    except Refused as refused:
        return opinions(level, 409, refusal=refused.reason, chosen=chosen, chosen_points=below)
    return redirect(level.address("opinions", **_query()), 303)


def new(level: Level) -> ResponseReturnValue:
    """The form for one that rests on what the address names."""
    asked = forms.numbers([request.args.get("y-kien", "")]), forms.numbers([request.args.get("tong-hop", "")])
    return form(level, None, asked)


def write(level: Level) -> ResponseReturnValue:
    """Writes it."""
    typed, (chosen, below) = forms.point(request.form), _chosen()
    session, now = context.session(), context.arrived_at()
    try:
        service.write(session, level.collection, typed, chosen, level.who, now, below)
    except Invalid as wrong:
        offered = forms.numbers([request.form.get("offered", "")])
        asked = offered, forms.numbers([request.form.get("offered_points", "")])
        given = {"typed": typed, "chosen": chosen, "chosen_points": below}
        return form(level, None, asked, 422, errors=wrong.errors, **given)
    return redirect(level.address("points"), 303)


def edit(
    level: Level, held: ConsolidatedOpinion, status: int = 200, typed: NewPoint | None = None, **values: Any
) -> ResponseReturnValue:
    """One with its sources, and the form to change it."""
    own = reading.direct_sources(context.session(), held)
    stance = held.stance.value if held.stance else ""
    stands = NewPoint(held.text, held.anchor, stance, held.proposed, held.reason, held.differing)
    chosen = dict(zip(("chosen", "chosen_points"), own if typed is None else _chosen(), strict=True))
    return form(level, held, own, status, typed=typed or stands, **{**chosen, **values})


def change(level: Level, held: ConsolidatedOpinion) -> ResponseReturnValue:
    """Other words or sources, or taken back."""
    session, now, typed = context.session(), context.arrived_at(), forms.point(request.form)
    chosen, below = _chosen()
    try:
        if request.form.get("do") == "withdraw":
            service.withdraw(session, held, level.who, now)
        else:
            service.change(session, held, typed, chosen, level.who, now, below)
    except Invalid as wrong:
        return edit(level, held, 422, typed, errors=wrong.errors)
    except Refused as refused:
        return edit(level, held, 409, typed, refusal=refused.reason)
    return redirect(level.address("points"), 303)


def form(
    level: Level, held: ConsolidatedOpinion | None, offered: tuple[list[int], list[int]], status: int = 200,
    **values: Any,
) -> ResponseReturnValue:  # fmt: skip
    """The page of one, which is new when nothing is held."""
    session = context.session()
    read = reading.opinions(session, level.collection, level.branch)
    found = [one for one in read if one.number in set(offered[0])]
    below = reading.points(session, level.collection, level.branch)
    points = [one for one in below if one.consolidated.number in set(offered[1])]
    given: dict[str, Any] = {
        "errors": {},
        "refusal": "",
        "typed": _begun(level.collection, found, points),
        "chosen": offered[0],
        **values,
    }
    places = [given["typed"].anchor, *(one.anchor for one in found), *(one.consolidated.anchor for one in points)]
    return level.page(
        "point",
        status,
        level=level,
        point=held,
        sources=found,
        points=points,
        offered=",".join(map(str, offered[0])),
        offered_points=",".join(map(str, offered[1])),
        clauses=clause_choices(level.collection, *places, held.anchor if held is not None else ""),
        fates=fates_of(level.collection, places),
        **{"chosen_points": offered[1], **given},
    )


def _chosen() -> tuple[list[int], list[int]]:
    return forms.numbers(request.form.getlist("opinion")), forms.numbers(request.form.getlist("below"))


def _begun(collection: Collection, sources: list[ReadOpinion], points: list[ReadPoint]) -> NewPoint:
    """What a new one begins with: the place and stance that all its sources share, that of the newest draft where they
    were said of several drafts, and the words of a single one that a branch below consolidated."""
    said: list[ReadOpinion | ConsolidatedOpinion] = [*sources, *(one.consolidated for one in points)]
    anchors, stances = {one.anchor for one in said}, {one.stance for one in said}
    if len(anchors) > 1:
        newest = newest_of(collection, anchors)
        anchors = {newest.get(one, one) for one in anchors}
    stance = stances.pop() if len(stances) == 1 else None
    only = points[0].consolidated if len(points) == 1 and not sources else None
    return NewPoint(
        text=only.text if only else "",
        proposed=only.proposed if only else "",
        reason=only.reason if only else "",
        anchor=anchors.pop() if len(anchors) == 1 else "",
        stance=stance.value if stance else "",
        differing=bool(said) and all(one.differing for one in said),
    )


def _query() -> dict[str, str]:
    return {name: request.args[name] for name in (*NARROWED, "trang") if request.args.get(name)}


def _wanted(query: dict[str, str], own: list[Branch]) -> Wanted:
    number, place = query.get("dau-moi", ""), query.get("dia-ban", "")
    branch = next((one for one in own if str(one.number) == number), None)
    below = with_below(own, branch) if branch is not None else {NOWHERE} if number else set()
    area = next((one.area_id for one in own if str(one.area_id) == place), NOWHERE if place else None)
    return Wanted(below, area, query.get("dieu", ""), query.get("quan-diem", ""), query.get("da-chuyen", ""))
