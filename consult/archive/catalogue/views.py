"""The catalogue of open data, and what changed in a matter."""

import json

from flask import Blueprint, Response, current_app, request

from consult.archive.catalogue import changes, dcat
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.exports.official_language import official
from consult.policy import Action
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("data_catalogue", __name__)
JSON_LINES, JSON_LD = "application/x-ndjson", "application/ld+json"


@blueprint.get("/du-lieu/dcat.jsonld")
@public()
def catalogue() -> Response:
    """Every public matter with its files, for catalogues of data (DCAT)."""
    session, config = context.session(), current_app.config
    name = config["SITE_NAME"] or official("picture.site")
    words = dcat.Words(config["SITE_URL"], name, config["SITE_OWNER"], official("archive.data"))
    told = dcat.catalogue(words, queries.published(session, context.arrived_at()), dcat.newest_entries(session))
    answer = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype=JSON_LD)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/lay-y-kien/<slug>/thay-doi.jsonl")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("tu",))
def changed(consultation: Consultation) -> Response:
    """What changed since the place `tu` (`SIZE.TAKEN`), a line each; a few hundred comments at most."""
    told = changes.lines(context.session(), consultation, changes.since(request.args.get("tu", "")))
    answer = Response(b"".join(told), mimetype=JSON_LINES)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "no-store"
    return answer
