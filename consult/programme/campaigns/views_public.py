"""Campaigns for anybody: the list, as a feed and a file of results too, and each with what was counted."""

import csv
from datetime import MAXYEAR
from io import StringIO
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request

from consult import clock
from consult.errors import NotFound
from consult.exports.plain.table_csv import neutral
from consult.programme import bodies, heads
from consult.programme.campaigns import listing, planning, typed
from consult.programme.campaigns.listing import CampaignFilters
from consult.programme.campaigns.models import Campaign, CampaignResult
from consult.programme.facts import day
from consult.programme.views_frame import fresh, now, page_number, today
from consult.programme.words import PracticeKind
from consult.text import one_line
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_campaigns", __name__)
BASE, ONE = "/chien-dich/", "/chuong-trinh/<slug>/chien-dich/<int:number>/"
RESULT = f"{ONE}ket-qua/<int:result>/"
FILTERS = ("tinh-trang", "dia-ban", "loai", "nam")
MOST_ENTRIES = 50
COLUMNS = (
    "campaign", "programme", "matter", "title", "kind", "result", "version", "body", "area", "place", "day", "counted",
    "unit", "amount", "source", "published_on", "address",
)  # fmt: skip


@blueprint.get(BASE)
@public(asks=(*FILTERS, "trang"))
def index() -> Response:
    """The public campaigns with what each counted."""
    session, asked, number = context.session(), _asked(), page_number()
    found = listing.listed(session, asked, today(), listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    shown = found[: listing.PAGE_SIZE]
    page = render_template(
        "programme/campaigns/index.html", asked=asked, campaigns=shown, number=number, today=today(),
        more=len(found) > listing.PAGE_SIZE, sums=listing.sums(session, shown), written=typed.written,
        communes=bodies.communes(session, today(), asked.area_id), kinds=[kind.value for kind in PracticeKind],
        years_named=[(str(year), str(year)) for year in listing.years(session)],
        query={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}tin.atom")
@public()
def feed() -> Response:
    """What was counted and made public or corrected last, as Atom (RFC 4287)."""
    body = render_template(
        "programme/campaigns/newest.xml", results=listing.newest(context.session(), MOST_ENTRIES), now=now(),
        site_url=current_app.config["SITE_URL"], written=typed.written,
    )  # fmt: skip
    return fresh(body, "application/atom+xml")


@blueprint.get(f"{BASE}chien-dich.csv")
@public(asks=FILTERS)
def table() -> Response:
    """Every result of the campaigns that are asked for, as a table; docs/open-data.md names its columns."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_line(one) for one in listing.lines(context.session(), _asked(), today()))
    return downloads.attached(fresh("\ufeff" + text.getvalue(), "text/csv"), "chien-dich.csv")


@blueprint.get(ONE)
@public(asks=("trang",))
def show(slug: str, number: int) -> Response:
    """One campaign: what is done where, who takes part, the sums by unit and by commune, and the results."""
    session, found, at = context.session(), _found(slug, number), page_number()
    told = listing.results(session, found, listing.PAGE_SIZE + 1, (at - 1) * listing.PAGE_SIZE)
    page = render_template(
        "programme/campaigns/public.html", programme=found.programme, campaign=found, today=today(), number=at,
        results=told[: listing.PAGE_SIZE], more=len(told) > listing.PAGE_SIZE, written=typed.written,
        sums=listing.sums(session, [found])[found.id], by_commune=listing.by_commune(session, found),
        corrections=[one for one in found.versions if one.released_at is not None and one.number > 1],
    )  # fmt: skip
    return fresh(page)


@blueprint.get(RESULT)
@public()
def result(slug: str, number: int, result: int) -> Response:
    """One result, with what it said before it was corrected."""
    found = _found(slug, number)
    known = listing.versions(context.session(), found, result)
    if not known:
        raise NotFound
    page = render_template(
        "programme/campaigns/public_result.html", programme=found.programme, campaign=found, versions=known,
        written=typed.written,
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{RESULT}hinh/")
@public()
def picture(slug: str, number: int, result: int) -> Response:
    """The picture of a result as it stands, painted anew."""
    known = listing.versions(context.session(), _found(slug, number), result)
    if not known or not known[0].file_hash:
        raise NotFound
    return downloads.played(known[0].file_hash, known[0].media_type, known[0].file_name)


def _found(slug: str, number: int) -> Campaign:
    session = context.session()
    return planning.public_campaign(session, heads.public(session, slug), number)


def _line(one: CampaignResult) -> list[str]:
    own = one.campaign
    address = f"{current_app.config['SITE_URL']}/chuong-trinh/{own.programme.matter.slug}/chien-dich/{own.number}/"
    what, unit = own.measures[one.measure - 1]
    told = [
        str(own.number), own.programme.matter.title, str(own.consultation_id), own.title, own.kind.value,
        str(one.number), str(one.version), one.body.name, one.area.name, one.place, day(one.day), what, unit,
        typed.decimal(one.hundredths), one.source, day(clock.local_day(one.released_at)) if one.released_at else "",
        f"{address}ket-qua/{one.number}/",
    ]  # fmt: skip
    return [neutral(one_line(value)) for value in told]


def _asked() -> CampaignFilters:
    """What the query narrows by; what is no choice of ours counts as not chosen."""
    given = request.args.get
    state, kind, year = given("tinh-trang", ""), given("loai", ""), given("nam", "")
    known = year.isascii() and year.isdigit() and len(year) == 4 and 0 < int(year) < MAXYEAR
    return CampaignFilters(
        state if state in listing.STATES else "", _key(given("dia-ban", "")),
        PracticeKind(kind) if kind in set(PracticeKind) else None, int(year) if known else None,
    )  # fmt: skip


def _key(typed_key: str) -> UUID | None:
    try:
        return UUID(typed_key)
    except ValueError:
        return None
