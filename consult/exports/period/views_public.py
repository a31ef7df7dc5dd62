"""The figures of a quarter for everybody: a page and files, of the matters that are public."""

from flask import Response, render_template

from consult import clock
from consult.exports.official_language import official
from consult.exports.period import rows
from consult.exports.service import Format
from consult.exports.views import MEDIA_TYPES, blueprint
from consult.responses.figures import public_quarters, span
from consult.responses.figures.period import PeriodFigures
from consult.responses.figures.public_quarters import Quarter
from consult.responses.statistics import bodies
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import public

WRITERS = {
    "csv": (rows.as_csv, Format.ROWS_CSV), "json": (rows.as_json, Format.ROWS_JSON),
    "xlsx": (rows.as_xlsx, Format.ROWS_XLSX),
}  # fmt: skip


@blueprint.get("/du-lieu/theo-quy/")
@public()
def quarters() -> str:
    """The figures of the quarter that lasts, and the way to the others."""
    return _page(span.quarter_of(clock.local_day(context.arrived_at())))


@blueprint.get("/du-lieu/theo-quy/<quarter>/")
@public()
def quarter(quarter: str) -> str:
    """The figures of one quarter (`2026-q3`)."""
    return _page(_read(quarter))


@blueprint.get("/du-lieu/theo-quy/<quarter>.<any(csv,xlsx,json):suffix>")
@public()
def quarter_file(quarter: str, suffix: str) -> Response:
    """The same as rows for reports."""
    year, number = _read(quarter)
    return file_of(_told((year, number)), suffix, f"so-lieu-{span.code(year, number)}", units=False)


def file_of(told: PeriodFigures, suffix: str, name: str, units: bool) -> Response:
    """Figures as a file to be saved under that name; its words are Vietnamese in every language of the page."""
    write, media = WRITERS[suffix]
    answer = Response(write(list(rows.rows(told, official, units))), mimetype=MEDIA_TYPES[media])
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"{name}.{suffix}")


def _page(wanted: Quarter) -> str:
    told = _told(wanted)
    found = [(code, count, bodies.named(code, say)) for code, count in told.total.opinions.most_common()]
    return render_template(
        "exports/period/quarter.html",
        told=told,
        opinions=found,
        wanted=wanted,
        quarters=public_quarters.known(context.session(), context.arrived_at()),
        code=span.code,
    )


def _told(wanted: Quarter) -> PeriodFigures:
    return public_quarters.told(context.session(), wanted, context.arrived_at())


def _read(text: str) -> Quarter:
    return public_quarters.read(context.session(), text, context.arrived_at())
