"""The page of open data: files of each matter and of the whole site, what they mean, and how they may be used."""

from collections.abc import Sequence

from flask import Response, current_app, render_template

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports.official_language import official
from consult.exports.open_data import rows
from consult.exports.open_data.whole_site import MatterFile, joined
from consult.exports.plain import critique_csv
from consult.exports.service import Format
from consult.exports.views import MEDIA_TYPES, delivery_of
from consult.exports.views import blueprint as blueprint
from consult.reading.letters.critiques import with_critiques
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import public

WHOLE = {"csv": Format.ROWS_CSV, "xlsx": Format.ROWS_XLSX, "json": Format.ROWS_JSON}
A_MINUTE = "60"
MOST_MADE = 20
"""Files of single matters that are made while somebody waits: about five seconds of the processor at most."""


@blueprint.get("/du-lieu/")
@public()
def open_data() -> str:
    """What can be taken away, and what it means."""
    told = [(say(f"data_column.{name}"), say(f"data_about.{name}")) for name in rows.COLUMNS]
    # The files bear Vietnamese names in every language: whoever reads about them finds them by those.
    columns = [(name, *about) for name, about in zip(rows.headings(official), told, strict=True)]
    return render_template(
        "exports/open_data.html",
        matters=_public(),
        critiqued=with_critiques(context.session()),
        columns=columns,
        columns_of_critiques=[
            (critique_csv.heading(name, official), critique_csv.heading(name, say), say(f"critique_about.{name}"))
            for name in critique_csv.COLUMNS
        ],
        site=current_app.config["SITE_URL"],
    )


@blueprint.get("/du-lieu/toan-trang.<any(csv,xlsx,json):suffix>")
@public()
def whole_site(suffix: str) -> Response:
    """The rows of all public matters; 503 while the file of one of them is being made."""
    wanted = WHOLE[suffix]
    files = _files(wanted)
    if files is None:
        page = render_template("exports/data_being_made.html")
        return Response(page, 503, {"Retry-After": A_MINUTE, "Cache-Control": "no-store"})
    answer = Response(joined(wanted, files), mimetype=MEDIA_TYPES[wanted])
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, f"du-lieu-toan-trang.{suffix}")


def _files(wanted: Format) -> list[MatterFile] | None:
    """The file of every public matter, open; None when one is being made, or more than a few had to be made now: those
    that were made are there the next time."""
    files: list[MatterFile] = []
    made = 0
    for matter in _public():
        given = delivery_of(matter)
        made += not given.at_hand(wanted)
        file = given.file(wanted) if made <= MOST_MADE else None
        if file is None:
            for one in files:
                one.file.close()
            return None
        files.append(MatterFile(matter.slug, file))
    return files


def _public() -> Sequence[Consultation]:
    return queries.published(context.session(), context.arrived_at())
