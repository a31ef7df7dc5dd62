"""The consolidated table on the site: the page, and the same as files."""

from tempfile import TemporaryFile

from flask import Blueprint, current_app, render_template, request, send_file
from werkzeug.wrappers import Response as Answer

from consult.consultations import finding
from consult.consultations.models import Consultation
from consult.exports import service
from consult.exports.service import Format
from consult.exports.sheets import sections
from consult.exports.speaking import official, printed_notice
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public

blueprint = Blueprint("exports", __name__)

MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv; charset=utf-8",
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
def download(consultation: Consultation, suffix: str) -> Answer:
    """The table as a file: made whole before the first byte is sent, so that none arrives torn."""
    wanted = Format(suffix)
    notice = printed_notice(current_app.config["DEMO"])
    made = TemporaryFile()  # noqa: SIM115 - the answer closes it when the last byte is sent
    service.write(made, context.session(), consultation, wanted, context.arrived_at(), official, notice)
    made.seek(0)
    name = f"tong-hop-{consultation.slug}.{suffix}"
    answer = send_file(made, mimetype=MEDIA_TYPES[wanted], as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-cache"
    return answer
