"""Cases for anybody: the list with its map, each case, the same as file and feed; and who takes sightings."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request

from consult import clock
from consult.consultations.matter import queries
from consult.programme import act_pictures, bodies
from consult.programme import views_tables as tables
from consult.programme.facts import day
from consult.programme.forms import key
from consult.programme.sightings import cases, listing, map_drawing, solved
from consult.programme.sightings.listing import CaseFilters, CaseLine
from consult.programme.views_frame import fresh, now, page_number, today
from consult.stages import Stage, stage_of
from consult.submissions.points import written
from consult.submissions.words import SightingKind
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_sightings", __name__)
BASE = "/phan-anh/"
FILTERS = ("tinh-trang", "dia-ban", "loai")
MOST_ENTRIES = 50
COLUMNS = (
    "number", "kind", "text", "place", "area", "point", "seen_on", "by", "first_due_on", "due_on", "ended_on",
    "sightings", "reopened", "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """Who takes sightings, and the cases with their map."""
    session, asked, number = context.session(), _asked(), page_number()
    found = listing.listed(session, asked, today(), listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    takers = [one for one in listing.takers(session) if stage_of(one, now()) is Stage.OPEN]
    page = render_template(
        "programme/sightings/index.html", asked=asked, lines=found[: listing.PAGE_SIZE], number=number, takers=takers,
        more=len(found) > listing.PAGE_SIZE, sums=listing.sums(session, today()), today=today(),
        communes=bodies.communes(session, today(), asked.area_id), kinds=list(SightingKind), written=written,
        drawing=map_drawing.drawn(listing.with_points(session, asked, today())),
        query={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}vu-viec.csv")
@public(asks=FILTERS)
def table() -> Response:
    """The same list as a table for programs; docs/open-data.md names its columns."""
    found = listing.table(context.session(), _asked(), today())
    return tables.table(COLUMNS, map(partial(_line, current_app.config["SITE_URL"]), found), "vu-viec.csv")


@blueprint.get(f"{BASE}tin.atom")
@public()
def feed() -> Response:
    """What is new, ended or opened again, the last first, as Atom (RFC 4287)."""
    body = render_template(
        "programme/sightings/news.xml", news=_news(), now=now(), site_url=current_app.config["SITE_URL"]
    )
    return fresh(body, "application/atom+xml")


@blueprint.get(f"{BASE}<slug>/<int:number>/")
@public()
def show(slug: str, number: int) -> Response:
    """One case: what is dealt with by whom until when, what was said and found, how it ended or began again."""
    session, matter = context.session(), queries.by_slug(context.session(), slug)
    case = cases.public_case(session, matter, number)
    numbers = cases.told_numbers(case)
    page = render_template(
        "programme/sightings/public.html", consultation=matter, case=case, promise=case.promise, today=today(),
        numbers=numbers, reopened=solved.reopened(case), point=written(case.point),
        open=stage_of(matter, now()) is Stage.OPEN,
        drawing=map_drawing.drawn([CaseLine(case, len(numbers), 0)]),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}<slug>/<int:number>/<int:act>/hinh/<int:picture>/")
@public()
def picture(slug: str, number: int, act: int, picture: int) -> Response:
    """A picture of what was found or done about a case."""
    session = context.session()
    case = cases.public_case(session, queries.by_slug(session, slug), number)
    kept = act_pictures.found(case.promise, act, picture, public=True)
    return downloads.played(kept.file_hash, kept.media_type, kept.file_name)


def _news() -> list[tuple[datetime, str, object]]:
    """When, what and of which promise: `opened`, `ended`, `reopened`."""
    session = context.session()
    newest = listing.listed(session, CaseFilters("all"), today(), MOST_ENTRIES)
    ended = listing.newly_ended(session, MOST_ENTRIES)
    again = listing.newly_reopened(session, MOST_ENTRIES)
    told = [
        *((one.promise.public_at, "opened", one.promise) for one in newest),
        *((clock.start_of_day(one.ended_on), "ended", one) for one in ended if one.ended_on is not None),
        *((one.said_at, "reopened", one.case.promise) for one in again),
    ]
    return sorted(told, key=lambda one: one[0], reverse=True)[:MOST_ENTRIES]  # type: ignore[arg-type,return-value]


def _line(site: str, line: tuple[tuple[Any, ...], int, int]) -> list[str]:
    row, sightings, reopened = line
    _id, number, kind, text, place, area, latitude, longitude, seen, by, first, due, ended, slug = row
    point = written(None if latitude is None or longitude is None else (latitude, longitude))
    where, days = (place, area or "", point, day(seen), by), (day(first), day(due), day(ended))
    address = f"{site}/phan-anh/{slug}/{number}/"
    return [str(number), kind.value, text, *where, *days, str(sightings), str(reopened), address]


def _asked() -> CaseFilters:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    state, kind = request.args.get("tinh-trang", ""), request.args.get("loai", "")
    area: UUID | None = key(request.args, "dia-ban")
    known = SightingKind(kind) if kind in set(SightingKind) else None
    return CaseFilters(state if state in listing.STATES else "open", area, known)
