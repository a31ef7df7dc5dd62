"""Results of protection by commune for anybody: what is measured, each indicator by commune and year, and a file."""

import csv
from io import StringIO

from flask import Blueprint, Response, render_template

from consult import clock
from consult.errors import NotFound
from consult.exports.plain.table_csv import neutral
from consult.programme import heads
from consult.programme.facts import day
from consult.programme.indicators import definitions, listing
from consult.programme.indicators.models import IndicatorList, IndicatorValue
from consult.programme.views_frame import fresh, page_number, today
from consult.text import one_line
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_indicators", __name__)
BASE = "/chuong-trinh/<slug>/ket-qua-bao-ve/"
COLUMNS = (
    "number", "year", "indicator", "name", "unit", "direction", "how", "area", "area_name", "body", "value",
    "confirmed_on", "note", "reason", "counts", "source_sha256",
)  # fmt: skip


@blueprint.get(BASE)
@public()
def index(slug: str) -> Response:
    """What is measured in which year, and in how many communes."""
    session, programme = context.session(), heads.public(context.session(), slug)
    lists = definitions.by_year(session, programme)
    if not lists:
        raise NotFound
    page = render_template(
        "programme/indicators/index.html", programme=programme, lists=lists, counts=listing.counts(session, programme)
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}<indicator>/")
@public(asks=("trang",))
def show(slug: str, indicator: str) -> Response:
    """One indicator by commune and year."""
    session, programme, number = context.session(), heads.public(context.session(), slug), page_number()
    years = listing.columns(session, programme, indicator)
    if not years:
        raise NotFound
    told = listing.confirmed(session, programme, indicator, [one.year for one in years])
    found = listing.rows(session, told, today())
    begin = (number - 1) * listing.PAGE_SIZE
    page = render_template(
        "programme/indicators/public.html", programme=programme, indicator=indicator, years=years,
        number_of_page=number, more=len(found) > begin + listing.PAGE_SIZE,
        rows=found[begin : begin + listing.PAGE_SIZE],
        corrections=listing.corrections(told),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}ket-qua.csv")
@public()
def table(slug: str) -> Response:
    """Every confirmed value, those that were corrected too; docs/open-data.md names the columns."""
    session, programme = context.session(), heads.public(context.session(), slug)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for year, measured in sorted(definitions.by_year(session, programme).items()):
        values = listing.confirmed(session, programme, years=[year])
        counting = {one.number for one in listing.newest(values)}
        writer.writerows(_line(one, measured, one.number in counting) for one in values)
    return downloads.attached(fresh("\ufeff" + text.getvalue(), "text/csv"), "ket-qua-bao-ve.csv")


def _line(one: IndicatorValue, measured: IndicatorList, counts: bool) -> list[str]:
    item = definitions.defined(measured, one.indicator) or {}
    confirmed = clock.local_day(one.confirmed_at) if one.confirmed_at else None
    told = [
        str(one.number), str(one.year), one.indicator,
        *(item.get(part, "") for part in ("name", "unit", "direction", "how")),
        one.area.code, one.area.name, one.body.name, one.value, day(confirmed), one.note, one.reason,
        str(counts).lower(), one.file_hash,
    ]  # fmt: skip
    return [value if value == one.value else neutral(one_line(value)) for value in told]
