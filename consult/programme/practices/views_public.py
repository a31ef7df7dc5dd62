"""Models for anybody: the list, as a file too, how they spread, and each of them."""

import csv
from functools import partial
from io import StringIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request

from consult.errors import NotFound
from consult.exports.plain.table_csv import neutral
from consult.programme import bodies, heads
from consult.programme import views_tables as tables
from consult.programme.facts import day
from consult.programme.practices import acts, corrections, criteria, listing, registry, scores
from consult.programme.practices.listing import PracticeFilters
from consult.programme.practices.models import Practice
from consult.programme.views_frame import fresh, page_number, today
from consult.programme.words import PracticeActKind, PracticeKind, PracticeSetting
from consult.text import one_line
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_practices", __name__)
BASE, ONE = "/mo-hinh/", "/chuong-trinh/<slug>/mo-hinh/<int:number>/"
AREAS = "/chuong-trinh/<slug>/khu-dan-cu/<int:year>/"
FILTERS = ("tinh-trang", "dia-ban", "loai", "noi")
TREES_ON_A_PAGE = 10
COLUMNS = (
    "number", "programme", "matter", "title", "setting", "kind", "lead", "area", "village", "started_on", "ended_on",
    "cost", "households", "spread_from", "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """The public models."""
    session, asked, number = context.session(), _asked(), page_number()
    found = listing.listed(session, asked, today(), listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    page = render_template(
        "programme/practices/index.html", asked=asked, practices=found[: listing.PAGE_SIZE], number=number,
        more=len(found) > listing.PAGE_SIZE, sums=listing.sums(session),
        by_commune=listing.by_commune(session, today()), communes=bodies.communes(session, today(), asked.area_id),
        kinds=[kind.value for kind in PracticeKind],
        settings=[setting.value for setting in PracticeSetting],
        query={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}mo-hinh.csv")
@public(asks=FILTERS)
def table() -> Response:
    """The same list as a table for programs; docs/open-data.md names its columns."""
    found = listing.table(context.session(), _asked(), today())
    return tables.table(COLUMNS, map(partial(_line, current_app.config["SITE_URL"]), found), "mo-hinh.csv")


@blueprint.get(f"{BASE}nhan-rong/")
@public(asks=("trang",))
def spread() -> Response:
    """Which model spread from which, as trees."""
    session, number = context.session(), page_number()
    found = listing.roots(session, TREES_ON_A_PAGE + 1, (number - 1) * TREES_ON_A_PAGE)
    trees = listing.trees(session, found[:TREES_ON_A_PAGE])
    return fresh(render_template("programme/practices/spread.html", trees=trees, number=number,
                                 more=len(found) > TREES_ON_A_PAGE))  # fmt: skip


@blueprint.get(ONE)
@public()
def show(slug: str, number: int) -> Response:
    """One model: what is public of it, and its place among those it spread from and to."""
    session, found = context.session(), _found(slug, number)
    family = listing.trees(session, [listing.root_of(session, found)])
    page = render_template(
        "programme/practices/public.html", programme=found.programme, practice=found, family=family,
        told=[act for act in found.acts if act.released_at is not None],
        changes=corrections.changes(session, found),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{ONE}<int:act>/hinh/")
@public()
def picture(slug: str, number: int, act: int) -> Response:
    """A picture of a model, painted anew."""
    kept = acts.act_of(_found(slug, number), act)
    if kept.released_at is None or kept.kind is not PracticeActKind.PICTURE:
        raise NotFound
    return downloads.played(kept.file_hash, kept.media_type, kept.file_name)


@blueprint.get(f"{ONE}<int:act>/tep/")
@public()
def file(slug: str, number: int, act: int) -> Response:
    """What helps others to copy a model, to be saved."""
    kept = acts.act_of(_found(slug, number), act)
    if kept.released_at is None or kept.kind is not PracticeActKind.MATERIAL:
        raise NotFound
    return downloads.kept(kept.file_hash, kept.media_type, kept.file_name)


@blueprint.get(AREAS)
@public(asks=("trang",))
def areas(slug: str, year: int) -> Response:
    """The criteria of a model residential area in a year, and the areas by their points."""
    session, programme, number = context.session(), heads.public(context.session(), slug), page_number()
    known = [one for one in criteria.versions(session, programme, year) if one.released_at is not None]
    if not known:
        raise NotFound
    given = scores.scores(session, programme, year, public=True)
    begin = (number - 1) * scores.PAGE_SIZE
    page = render_template(
        "programme/practices/areas.html", programme=programme, year=year, versions=known, number=number,
        scores=given[begin : begin + scores.PAGE_SIZE], more=len(given) > begin + scores.PAGE_SIZE,
        replaced=scores.replaced(session, given, today()), years=criteria.years(session, programme),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{AREAS}khu-dan-cu.csv")
@public()
def areas_table(slug: str, year: int) -> Response:
    """The same as a table for programs."""
    session, programme = context.session(), heads.public(context.session(), slug)
    given = scores.scores(session, programme, year, public=True)
    replaced, text = scores.replaced(session, given, today()), StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("number", "area", "village", "scored_on", "version", "points", "needed", "is_model", "replaced"))
    for one in given:
        told = [str(one.number), one.area.name, one.village, day(one.scored_on), str(one.criteria.version),
                str(one.sum), str(one.criteria.needed), str(one.is_model).lower(),
                str(one.number in replaced).lower()]  # fmt: skip
        writer.writerow([neutral(one_line(value)) for value in told])
    return downloads.attached(fresh("\ufeff" + text.getvalue(), "text/csv"), f"khu-dan-cu-{year}.csv")


def _found(slug: str, number: int) -> Practice:
    session = context.session()
    return registry.public_practice(session, heads.public(session, slug), number)


def _line(site: str, one: tuple[Any, ...]) -> list[str]:
    number, programme, matter, title, setting, kind, lead, area, village, since, ended, cost, *more = one
    households, parent_matter, parent, slug = more
    what = (title, setting.value, kind.value, lead, area, village, day(since), day(ended), cost, str(households or ""))
    spread = f"{parent_matter} {parent}" if parent else ""
    return [str(number), programme, str(matter), *what, spread, f"{site}/chuong-trinh/{slug}/mo-hinh/{number}/"]


def _asked() -> PracticeFilters:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    given = request.args.get
    state, kind, setting = given("tinh-trang", ""), given("loai", ""), given("noi", "")
    return PracticeFilters(
        state if state in listing.STATES else "", _key(given("dia-ban", "")),
        PracticeKind(kind) if kind in set(PracticeKind) else None,
        PracticeSetting(setting) if setting in set(PracticeSetting) else None,
    )  # fmt: skip


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
