"""The board of promises for anybody: what is open, late first; as a page, a feed and a file; and each promise."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request

from consult import clock
from consult.errors import NotFound
from consult.people.models import Area, Organisation
from consult.programme import act_pictures, bodies, heads, promises
from consult.programme import views_tables as tables
from consult.programme.board import listing
from consult.programme.board.listing import BoardFilters
from consult.programme.facts import day
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise, path_of
from consult.programme.views_frame import fresh, now, page_number, today
from consult.programme.words import PromiseKind
from consult.programme.year import taking_over
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("promise_board", __name__)
BASE = "/cam-ket/"
FILTERS = ("tinh-trang", "co-quan", "dia-ban", "loai")
MOST_ENTRIES = 50
COLUMNS = (
    "number", "kind", "programme", "text", "by", "follows", "area", "first_due_on", "due_on", "ended_on", "ending",
    "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """The board."""
    session, asked, number = context.session(), _asked(), page_number()
    found = listing.listed(session, asked, today(), listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    by_body = listing.by_body(session, today())
    chosen = session.get(Organisation, asked.by_id) if asked.by_id else None
    area = session.get(Area, asked.area_id) if asked.area_id else None
    owing = {one.body_id: one.name for one in by_body} | ({chosen.id: chosen.name} if chosen else {})
    page = render_template(
        "programme/board/index.html", asked=asked, promises=found[: listing.PAGE_SIZE], number=number,
        more=len(found) > listing.PAGE_SIZE, sums=listing.sums(session, today()), by_body=by_body,
        communes=bodies.communes(session, today(), asked.area_id), today=today(), owing=list(owing.items()),
        query={name: request.args[name] for name in FILTERS if request.args.get(name)}, follows=_follows(chosen, area),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}tin.atom")
@public()
def feed() -> Response:
    """What is late, the latest first, as Atom (RFC 4287)."""
    found = listing.newly_late(context.session(), today(), MOST_ENTRIES)
    body = render_template(
        "programme/board/late.xml", promises=found, now=now(), site_url=current_app.config["SITE_URL"],
        late_since=lambda one: clock.start_of_day(one.due_on + timedelta(days=1)),
    )  # fmt: skip
    return fresh(body, "application/atom+xml")


@blueprint.get(f"{BASE}cam-ket.csv")
@public(asks=FILTERS)
def table() -> Response:
    """The same list as a table for programs; docs/open-data.md names its columns."""
    found = listing.table(context.session(), _asked(), today())
    return tables.table(COLUMNS, map(partial(_line, current_app.config["SITE_URL"]), found), "cam-ket.csv")


@blueprint.get("/chuong-trinh/<slug>/cam-ket/<int:number>/")
@public()
def show(slug: str, number: int) -> Response:
    """One promise: until when, moved why, what was answered, how it ended."""
    session, programme = context.session(), heads.public(context.session(), slug)
    found = _found(programme, number)
    before, later = taking_over.trace_of(session, found)
    page = render_template(
        "programme/board/promise.html", programme=programme, promise=found, before=before, later=later, today=today()
    )  # fmt: skip
    return fresh(page)


@blueprint.get("/chuong-trinh/<slug>/cam-ket/<int:number>/<int:act>/hinh/<int:picture>/")
@public()
def picture(slug: str, number: int, act: int, picture: int) -> Response:
    """A picture of what was said of it and is public."""
    kept = act_pictures.found(_found(heads.public(context.session(), slug), number), act, picture, public=True)
    return downloads.played(kept.file_hash, kept.media_type, kept.file_name)


def _follows(body: Organisation | None, area: Area | None) -> list[tuple[str, str, str]]:
    """What of the list can be followed by mail: kind and key of its address, and its name."""
    found = [("cam-ket-cua", str(body.id), body.name)] if body else []
    return found + ([("cam-ket-o", f"{area.code}/{area.valid_from.isoformat()}", area.name)] if area else [])


def _found(programme: Programme, number: int) -> Promise:
    found = promises.promise_of(context.session(), programme.consultation_id, number)
    if found.public_at is None:
        raise NotFound
    return found


def _line(site: str, one: tuple[Any, ...]) -> list[str]:
    number, kind, title, text, by, keeper, area, first, due, ended, ending, slug = one
    days = (day(first), day(due), day(ended), ending.value if ending else "")
    return [str(number), kind.value, title, text, by, keeper, area or "", *days, f"{site}{path_of(kind, slug, number)}"]


def _asked() -> BoardFilters:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    given = request.args.get
    state, kind = given("tinh-trang", ""), given("loai", "")
    return BoardFilters(
        state if state in listing.STATES else "open", _key(given("co-quan", "")), _key(given("dia-ban", "")),
        PromiseKind(kind) if kind in set(PromiseKind) else None,
    )  # fmt: skip


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
