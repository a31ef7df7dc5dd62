"""The themes of a matter as files, for the desk; never kept on the way."""

from io import BytesIO

from flask import Blueprint, Response, current_app

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports.official_language import official, printed_notice
from consult.exports.service import Format
from consult.exports.themes import files
from consult.exports.themes.rows import ThemesHead
from consult.exports.views import MEDIA_TYPES
from consult.policy import Action
from consult.responses.themes import told
from consult.responses.views_frame import knows_senders, today
from consult.similar.theming import judging
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("theme_files", __name__)
WRITERS = {
    "csv": (files.write_csv, Format.ROWS_CSV), "xlsx": (files.write_xlsx, Format.ROWS_XLSX),
    "json": (files.write_json, Format.ROWS_JSON),
}  # fmt: skip


@blueprint.get(f"/xu-ly/<slug>/chu-de.<any({', '.join(WRITERS)}):ending>")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def download(consultation: Consultation, ending: str) -> Response:
    """All of them, with some of their texts and how good they are; for who may read the comments."""
    write, form = WRITERS[ending]
    found = told.told(context.session(), consultation, today(), knows_senders(consultation))
    made = BytesIO()
    write(made, _head(consultation), found, official)
    answer = Response(made.getvalue(), mimetype=MEDIA_TYPES[form], headers={"Cache-Control": "no-store"})
    return downloads.attached(answer, f"noi-bo-chu-de-{consultation.slug}.{ending}")


def _head(consultation: Consultation) -> ThemesHead:
    marks = (official("exports.internal"), official("theme_file.warning"), printed_notice(current_app.config["DEMO"]))
    note = " – ".join(mark for mark in marks if mark)
    quality = judging.quality(context.session(), consultation.id)
    return ThemesHead(consultation.slug, consultation.title, quality, note)
