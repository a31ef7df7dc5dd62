"""Results of inspections for anybody: the list, as a page, a feed and a file; and each with its corrections."""

from datetime import MAXYEAR
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request

from consult import clock
from consult.errors import NotFound
from consult.programme import bodies, heads
from consult.programme import views_tables as tables
from consult.programme.facts import day
from consult.programme.inspections import listing, service
from consult.programme.inspections.listing import Asked
from consult.programme.inspections.naming import nameless, names_nobody, told_beside, told_name
from consult.programme.views_frame import fresh, now, page_number, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_inspections", __name__)
BASE = "/thanh-tra/"
ONE = "/chuong-trinh/<slug>/thanh-tra/<int:number>/"
FILTERS = ("tinh-trang", "co-quan", "dia-ban", "nam")
MOST_ENTRIES = 50
COLUMNS = (
    "number", "version", "programme", "body", "inspected", "inspected_kind", "area", "subject", "inspected_on",
    "decision_number", "decision_on", "breaches", "fine", "remedy", "remedy_due_on", "remedy_ended_on",
    "remedy_ending", "published_on", "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """The list."""
    session, asked, number = context.session(), _asked(), page_number()
    found = listing.listed(session, asked, today(), listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    page = render_template(
        "programme/inspections/public_index.html", asked=asked, inspections=found[: listing.PAGE_SIZE], number=number,
        more=len(found) > listing.PAGE_SIZE, sums=listing.sums(session, today()), years_named=_years(),
        bodies=listing.bodies(session), communes=bodies.communes(session, today(), asked.area_id), today=today(),
        told_name=told_name, query={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}tin.atom")
@public()
def feed() -> Response:
    """What was published or corrected last, as Atom (RFC 4287)."""
    found = listing.newest(context.session(), MOST_ENTRIES)
    body = render_template(
        "programme/inspections/newest.xml", inspections=found, now=now(), site_url=current_app.config["SITE_URL"],
        told_name=told_name, published_at=listing.published_at,
    )  # fmt: skip
    return fresh(body, "application/atom+xml")


@blueprint.get(f"{BASE}thanh-tra.csv")
@public(asks=FILTERS)
def table() -> Response:
    """The same list as a table for programs; docs/open-data.md names its columns."""
    found = listing.table(context.session(), _asked(), today())
    return tables.table(COLUMNS, map(partial(_line, current_app.config["SITE_URL"]), found), "thanh-tra.csv")


@blueprint.get(ONE)
@public()
def show(slug: str, number: int) -> Response:
    """One of them, with every version that was public."""
    session, programme = context.session(), heads.public(context.session(), slug)
    found = service.public_inspection(session, programme, number)
    versions = [one for one in found.versions if one.released_at is not None]
    page = render_template(
        "programme/inspections/public.html", programme=programme, inspection=found, one=versions[-1],
        earlier=versions[-2::-1], told_name=lambda one: told_beside(one, versions[-1]), today=today(),
        nameless=names_nobody(versions[-1]), hidden=lambda one: service.is_read_no_more(found, one),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{ONE}<int:version>/tep/")
@public()
def file(slug: str, number: int, version: int) -> Response:
    """The decision of a public version, to be saved."""
    session = context.session()
    found = service.public_inspection(session, heads.public(session, slug), number)
    one = next((each for each in found.versions if each.number == version and each.released_at is not None), None)
    newest = service.public(found)
    if (
        one is None
        or not one.file_hash
        or newest is None
        or names_nobody(newest)
        or service.is_read_no_more(found, one)
    ):
        raise NotFound
    return downloads.kept(one.file_hash, one.media_type, one.file_name)


def _line(site: str, one: tuple[Any, ...]) -> list[str]:
    number, version, programme, body, chosen, typed, kind, area, *found = one
    subject, inspected_on, decision, decided, breaches, fine, remedy, *promised, published, slug = found
    due, ended, ending = promised
    whom = chosen or typed or nameless(kind, area or "")
    what = (subject, day(inspected_on), decision, day(decided), "; ".join(breaches), str(fine or ""), remedy)
    ends = (day(due), day(ended), ending.value if ending else "", day(clock.local_day(published)))
    address = f"{site}/chuong-trinh/{slug}/thanh-tra/{number}/"
    return [str(number), str(version), programme, body, whom, kind.value, area or "", *what, *ends, address]


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in listing.years(context.session())]


def _asked() -> Asked:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    given = request.args.get
    state, year = given("tinh-trang", ""), given("nam", "")
    known = year.isascii() and year.isdigit() and len(year) == 4 and 0 < int(year) < MAXYEAR
    return Asked(
        state if state in listing.STATES else "", _key(given("co-quan", "")), _key(given("dia-ban", "")),
        int(year) if known else None,
    )  # fmt: skip


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
