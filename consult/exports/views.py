"""The consolidated table on the site: the page, and the same as files."""

from collections.abc import Iterator
from os import SEEK_END
from typing import IO

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports import cell_texts
from consult.exports.delivery import TableDelivery
from consult.exports.official_language import official, printed_notice
from consult.exports.page_sections import sections
from consult.exports.plain import critique_csv, participation_csv
from consult.exports.printed.table_pdf import MOST_ROWS, TooLong
from consult.exports.service import Format
from consult.exports.table_store import TableStore
from consult.policy import Action
from consult.reading.letters.critiques import every
from consult.responses.ending.signed_copies import given_out, held_back
from consult.responses.statistics.areas import FORMER
from consult.responses.statistics.cached_counts import kept_counts
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("exports", __name__)

CHUNK = 64 * 1024
COME_AGAIN = "60"
"""Seconds until somebody may ask again for what is being made."""

MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
    Format.ROWS_CSV: "text/csv",
    Format.ROWS_JSON: "application/json",
    Format.ROWS_XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
    Format.PRINTED_CSV: "text/csv",
    Format.PRINTED_JSON: "application/json",
}


@blueprint.get("/lay-y-kien/<slug>/tong-hop/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang",))
def table(consultation: Consultation) -> Response | Answer:
    """The table, page by page (`?trang=`); a page that there is not leads to the one that comes next to it."""
    asked = request.args.get("trang", "1")
    delivery = delivery_of(consultation)
    given = delivery.sheet(int(asked[:9]) if asked.isascii() and asked.isdigit() else 1, say)
    if given is None:
        return _being_made(consultation)
    sheet, current = given
    if asked != str(sheet.number):
        return redirect(url_for("exports.table", slug=consultation.slug, trang=sheet.number))
    answered = [(say(f"disposition.{code}"), count) for code, count in sheet.head.dispositions.items()]
    session, ended = context.session(), consultation.concluded_at is not None
    page = render_template(
        "exports/table.html", consultation=consultation, sheet=sheet, sections=sections(sheet), answered=answered,
        has_pdf=delivery.has_pdf(), most=MOST_ROWS, majority=cell_texts.notes(sheet.head, official),
        signed=given_out(session, consultation.id) if ended else [],
        held_back=held_back(session, consultation.id) if ended else [],
    )  # fmt: skip
    # What is newer tomorrow than its matter's state today is not kept under that state.
    return Response(page, headers={} if current else {"Cache-Control": "no-store"})


@blueprint.get(f"/lay-y-kien/<slug>/tong-hop.<any({','.join(Format)}):suffix>")
@public(Action.READ_MATTER, of=queries.by_slug)
def download(consultation: Consultation, suffix: str) -> Response:
    """The table as a file: whole before the first byte is sent, so that none arrives torn."""
    wanted = Format(suffix)
    try:
        file = delivery_of(consultation).file(wanted)
    except TooLong:
        return Response(render_template("exports/too_long.html", consultation=consultation, most=MOST_ROWS), 404)
    if file is None:
        return _being_made(consultation)
    answer = Response(_sent(file), mimetype=MEDIA_TYPES[wanted])
    answer.call_on_close(file.close)
    answer.content_length = file.seek(0, SEEK_END)
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"tong-hop-{consultation.slug}.{suffix}")


@blueprint.get("/lay-y-kien/<slug>/thong-ke.csv")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("don-vi",))
def participation(consultation: Consultation) -> Response:
    """Who took part, in the numbers of the page of the same name; people by the units before with `don-vi=cu`."""
    told = kept_counts.participation(context.session(), consultation, clock.local_day(context.arrived_at()))
    said = participation_csv.csv_of(told, say, former=request.args.get("don-vi") == FORMER)
    answer = Response(said, mimetype="text/csv")
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"thong-ke-{consultation.slug}.csv")


@blueprint.get("/lay-y-kien/<slug>/phan-bien.csv")
@public(Action.READ_MATTER, of=queries.by_slug)
def critiques(consultation: Consultation) -> Response:
    """The critiques with how each came about, a line each, in Vietnamese words."""
    notice = printed_notice(current_app.config["DEMO"])
    found = every(context.session(), consultation)
    answer = Response(critique_csv.csv_of(consultation.slug, notice, found, official), mimetype="text/csv")
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"phan-bien-{consultation.slug}.csv")


def delivery_of(consultation: Consultation) -> TableDelivery:
    """What is given of the table of a matter now."""
    tables: TableStore = current_app.extensions["consult.tables"]
    notice = printed_notice(current_app.config["DEMO"])
    return TableDelivery(context.session(), consultation, context.arrived_at(), tables, notice)


def _being_made(consultation: Consultation) -> Response:
    """What is said while the worker makes a large table: come again."""
    tables: TableStore = current_app.extensions["consult.tables"]
    page = render_template("exports/being_made.html", consultation=consultation, done=tables.done(consultation.id))
    return Response(page, 503, {"Retry-After": COME_AGAIN, "Cache-Control": "no-store"})


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    made.seek(0)
    with made:
        while chunk := made.read(CHUNK):
            yield chunk
