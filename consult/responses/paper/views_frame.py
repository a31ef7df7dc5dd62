"""The pages of printed forms and piles, for whoever has them: the desk of a matter, a branch, or who collects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.files import kinds
from consult.responses.desk.typing import typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.paper import clauses, forms, returned, said, service, sheets, views_drawing, views_files
from consult.responses.paper.models import PaperForm, PaperPile
from consult.responses.paper.returned import Returned
from consult.responses.paper.said import Opinion, Said
from consult.responses.paper.service import NewPile, Owner
from consult.responses.paper.sheets import CodesOf
from consult.responses.paper.views_drawing import Words
from consult.responses.paper.views_files import Brought
from consult.submissions.views_frame import site_codes
from consult.web import context, parked_answers
from consult.web.catalogue import say
from consult.web.files import downloads

PRINTED_FOR = timedelta(hours=24)
"""So long a form can be taken to be printed: its sheets bear codes that are for who fills them in."""
SHOWN = 60
"""Piles and printings on one page, the newest first."""


@dataclass(frozen=True)
class Counter:
    """Where papers are handed in: whose they are, for whom forms are printed there (by what is chosen in the form,
    nothing where there is one alone), which forms are its own and what was recorded of them, how a sheet is recorded,
    and how its pages look. `address` gives the address of one of its pages by the name of its view."""

    owner: Owner
    prints: Mapping[str, Owner]
    matter: Consultation | None
    by_id: UUID | None
    words: Callable[[PaperForm], Words]
    mine: Callable[[PaperForm], bool]
    recorded: Callable[[Sequence[str]], Mapping[str, int]]
    codes_of: CodesOf
    record: Callable[[PaperPile, Returned, Said, list[Opinion]], None]
    address: Callable[..., str]
    page: Callable[..., ResponseReturnValue]
    recorded_at: Callable[[int], str]


def index(counter: Counter, status: int = 200, **values: Any) -> ResponseReturnValue:
    """The forms that were printed, the piles that came, and both forms for more; or as an earlier round of one of them
    was answered."""
    earlier = parked_answers.found() if request.method == "GET" else None
    if earlier is not None:
        return earlier
    session, now = context.session(), context.arrived_at()
    given = {"errors": {}, "form": {"received_on": clock.local_day(now).isoformat()}, "files": Brought(), **values}
    printings = service.forms_of(session, counter.prints.values(), SHOWN)
    fresh = {one.tag for one in printings if one.printed_at + PRINTED_FOR > now}
    piles = service.piles_of(session, counter.owner, SHOWN)
    return counter.page(
        "index", status, counter=counter, printings=printings, fresh=fresh, piles=piles,
        most_sheets=service.MOST_SHEETS, refusal=None, **given,
    )  # fmt: skip


def _back(counter: Counter, page: ResponseReturnValue, place: str) -> ResponseReturnValue:
    return parked_answers.parked(page, counter.address("index"), place)


def print_forms(counter: Counter) -> ResponseReturnValue:
    """Makes so many sheets, to be taken as a PDF."""
    try:
        owner = counter.prints.get(request.form.get("branch", ""))
        if owner is None:
            raise Invalid({"branch": "not_a_choice"})
        rows = clauses.chosen(context.session(), counter.matter, request.form.get("clauses", ""), say)
        made = service.make_form(
            context.session(), owner, rows, forms.sheets(request.form), site_codes(), counter.by_id,
            context.arrived_at(),
        )  # fmt: skip
    except Invalid as wrong:
        return _back(counter, index(counter, 422, errors=wrong.errors, form=request.form), "in")
    return redirect(counter.address("index", in_xong=made.tag) + f"#{made.tag}", 303)


def printed(counter: Counter, tag: str) -> Response:
    """The sheets of a form that were not recorded yet, for a day after they were made."""
    form = service.find_form(context.session(), tag)
    if not counter.mine(form):
        raise NotFound
    if form.printed_at + PRINTED_FOR <= context.arrived_at():
        raise Refused("sheets_printed")
    codes, site = site_codes(), forms.lookup_address()
    keys = {sheets.key_of(form, number, codes): number for number in range(1, form.sheets + 1)}
    there = {keys[key] for key in counter.recorded(list(keys))}
    drawn = [sheets.printed(form, n, counter.codes_of, codes, site) for n in keys.values() if n not in there]
    if not drawn:
        raise NotFound
    answer = Response(views_drawing.pdf(form, counter.words(form), drawn), mimetype="application/pdf")
    return downloads.attached(answer, f"phieu-lay-y-kien-{tag.lower()}.pdf")


def upload(counter: Counter) -> ResponseReturnValue:
    """Takes a pile in, and leads to its page."""
    files = views_files.brought()
    try:
        if files.wrong:
            raise Invalid({"scans": files.wrong[0][1]})
        day = forms.received_on(request.form, clock.local_day(context.arrived_at()))
        new = NewPile(files.kept, day, request.form.get("received_reason", ""))
        made = service.add_pile(context.session(), counter.owner, new, counter.by_id, context.arrived_at())
    except Invalid as wrong:
        return _back(counter, index(counter, 422, errors=wrong.errors, form=request.form, files=files), "quet")
    return redirect(counter.address("pile", pile=made.id), 303)


def show_pile(counter: Counter, pile_id: UUID) -> ResponseReturnValue:
    """The sheets of a pile, and what lies between them."""
    pile = service.find_pile(context.session(), counter.owner, pile_id)
    found, strange = _sheets(counter, pile)
    return counter.page("pile", 200, counter=counter, pile=pile, sheets=found, strange=strange, refusal=None, errors={})


def show_sheet(counter: Counter, pile_id: UUID, tag: str, number: int) -> ResponseReturnValue:
    """One sheet: its picture, and what was read of it, to be confirmed; or as an earlier round was answered."""
    earlier = parked_answers.found()
    if earlier is not None:
        return earlier
    pile, sheet, around = _one(counter, pile_id, tag, number)
    return _sheet(counter, pile, sheet, around, forms.proposed(sheet))


def save_sheet(counter: Counter, pile_id: UUID, tag: str, number: int) -> ResponseReturnValue:
    """Records a sheet as a person confirmed it, and leads to the next one that was not."""
    pile, sheet, around = _one(counter, pile_id, tag, number)
    try:
        confirmed = forms.said(request.form, sheet)
        places = _places(counter, sheet)
        box_words = {choice: say(f"paper_box.{choice}") for choice in ("support", "oppose", "other")}
        found = said.opinions(sheet.form.clauses, confirmed, places, box_words)
        counter.record(pile, sheet, confirmed, found)
    except (Invalid, Refused) as wrong:
        said_wrong: dict[str, Any] = (
            {"refusal": wrong} if isinstance(wrong, Refused) else {"errors": forms.named(wrong.errors)}
        )
        answer = _sheet(
            counter, pile, sheet, around, request.form, 409 if "refusal" in said_wrong else 422, **said_wrong
        )
        here = counter.address("sheet", pile=pile.id, tag=tag, number=number)
        return parked_answers.parked(answer, here)
    after = next((one for one in (*around[1], *around[0]) if not one.recorded), None)
    if after is None:
        return redirect(counter.address("pile", pile=pile.id), 303)
    return redirect(counter.address("sheet", pile=pile.id, tag=after.form.tag, number=after.number), 303)


def picture(counter: Counter, pile_id: UUID, page_id: UUID, name: str) -> Response:
    """A page of a pile made straight, or a cut of it."""
    pile = service.find_pile(context.session(), counter.owner, pile_id)
    page = next((one for one in pile.pages if one.id == page_id), None)
    found = (page.picture_hash if name == "trang" else page.cuts.get(name)) if page is not None else None
    if found is None:
        raise NotFound
    return downloads.played(found, kinds.WEBP.media_type)


def _sheets(counter: Counter, pile: PaperPile) -> tuple[list[Returned], list[Any]]:
    return returned.of_pile(context.session(), pile, counter.mine, counter.recorded, site_codes())


def _one(
    counter: Counter, pile_id: UUID, tag: str, number: int
) -> tuple[PaperPile, Returned, tuple[list[Returned], list[Returned]]]:
    """A sheet of a pile, with those before and after it."""
    pile = service.find_pile(context.session(), counter.owner, pile_id)
    found, _strange = _sheets(counter, pile)
    place = next((at for at, one in enumerate(found) if (one.form.tag, one.number) == (tag, number)), None)
    if place is None:
        raise NotFound
    return pile, found[place], (found[:place], found[place + 1 :])


def _places(counter: Counter, sheet: Returned) -> NamedPlaces:
    chosen = typed_places.chosen_draft(request.form)
    return clauses.on_sheets(context.session(), counter.matter, say, sheet.form, chosen)


def _sheet(
    counter: Counter,
    pile: PaperPile,
    sheet: Returned,
    around: tuple[list[Returned], list[Returned]],
    form: Mapping[str, Any],
    status: int = 200,
    **values: Any,
) -> ResponseReturnValue:
    places = _places(counter, sheet)
    given = {"errors": {}, "refusal": None, **values}
    return counter.page(
        "sheet", status, counter=counter, pile=pile, sheet=sheet, form=form, before=around[0][-1:], after=around[1][:1],
        at=len(around[0]) + 1, all=len(around[0]) + len(around[1]) + 1, places=places,
        unknown=said.unknown(form.get("text", ""), places), most=size_limits.TEXT, **given,
    )  # fmt: skip
