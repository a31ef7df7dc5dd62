"""The consolidated table on the site: the page, and the same as files."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from flask import Blueprint, Response, current_app, render_template, request

from consult.consultations import finding
from consult.consultations.models import Consultation
from consult.exports import counted, service
from consult.exports.service import Format
from consult.exports.sheets import sections
from consult.exports.speaking import official, printed_notice
from consult.policy import Action
from consult.responses import participation as counting
from consult.web import context, downloads
from consult.web.catalogue import say
from consult.web.guard import public

blueprint = Blueprint("exports", __name__)

CHUNK = 64 * 1024

MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
}


@blueprint.get("/lay-y-kien/<slug>/tong-hop/")
@public(Action.READ_MATTER, of=finding.by_slug)
def table(consultation: Consultation) -> str:
    """The table, page by page (`?trang=`)."""
    number = request.args.get("trang", 1, type=int)
    sheet = service.sheet(context.session(), consultation, number, context.arrived_at(), say)
    answered = [(say(f"disposition.{code}"), count) for code, count in sheet.head.dispositions.items()]
    return render_template(
        "exports/table.html", consultation=consultation, sheet=sheet, sections=sections(sheet), answered=answered
    )


@blueprint.get(f"/lay-y-kien/<slug>/tong-hop.<any({','.join(Format)}):suffix>")
@public(Action.READ_MATTER, of=finding.by_slug)
def download(consultation: Consultation, suffix: str) -> Response:
    """The table as a file: made whole before the first byte is sent, so that none arrives torn."""
    wanted = Format(suffix)
    made = _made(consultation, wanted)
    answer = Response(_sent(made), mimetype=MEDIA_TYPES[wanted])
    answer.call_on_close(made.close)
    answer.content_length = made.tell()
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"tong-hop-{consultation.slug}.{suffix}")


@blueprint.get("/lay-y-kien/<slug>/thong-ke.csv")
@public(Action.READ_MATTER, of=finding.by_slug)
def participation(consultation: Consultation) -> Response:
    """Who took part, in the numbers of the page of the same name."""
    said = counted.csv_of(counting.participation(context.session(), consultation.id), say)
    answer = Response(said, mimetype="text/csv")
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"thong-ke-{consultation.slug}.csv")


def _made(consultation: Consultation, wanted: Format) -> IO[bytes]:
    notice = printed_notice(current_app.config["DEMO"])
    made = TemporaryFile()  # noqa: SIM115 - who sends it closes it
    try:
        service.write(made, context.session(), consultation, wanted, context.arrived_at(), official, notice)
    except BaseException:
        made.close()
        raise
    return made


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    made.seek(0)
    with made:
        while chunk := made.read(CHUNK):
            yield chunk
