"""The page of a village that opens without a line: papers are typed one by one, wait on the device, and come in once
each when the line is back. What keeps and sends them is that of branches (`static/js/offline.js`)."""

import hashlib
import json
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.programme.surveys import columns, planning
from consult.programme.surveys.entering import spreadsheet
from consult.programme.surveys.models import SurveyVillage
from consult.programme.surveys.villages import papers
from consult.programme.surveys.villages.views_frame import AT, page, village_of_request
from consult.web import context, tickets
from consult.web.catalogue import say
from consult.web.files import assets
from consult.web.guard import public

blueprint = Blueprint("offline", __name__)
WITHOUT_LINE = f"{AT}ngoai-tuyen/"
KEPT = ("css/site.css", "img/mark.svg", "js/site.js", "js/offline.js", "js/papers.js")
"""What the page needs beside itself, and the device therefore keeps."""
FORBIDDEN = frozenset({"village_link_needed", "other_origin"})


@blueprint.get(WITHOUT_LINE)
@public()
def show(village_id: UUID) -> ResponseReturnValue:
    """The page, which the device keeps at the first visit."""
    return _page(village_of_request(village_id))


@blueprint.get(f"{WITHOUT_LINE}nen.js")
@public()
def worker(village_id: UUID) -> Response:
    """The service worker of this page alone, another one whenever the page or what it needs is."""
    village = village_of_request(village_id)
    own = url_for("village.offline.show", village_id=village_id)
    needed = [own, *(assets.address(name) for name in KEPT)]
    words = str(make_response(_page(village)).get_data(as_text=True))
    digest = hashlib.sha256(json.dumps([needed, words]).encode()).hexdigest()[:16]
    script = render_template("collections/offline/worker.js", own=own, name=digest, needed=needed)
    return Response(script, mimetype="text/javascript")


@blueprint.post(WITHOUT_LINE)
@public(alone="a draft of a device, known by its own key")
def send(village_id: UUID) -> ResponseReturnValue:
    """Takes in one paper that waited on a device, once."""
    labels: dict[str, str] = {}
    try:
        tickets.check_origin()
        village = village_of_request(village_id)
        questions = planning.questions_asked(village.survey)
        labels = {one.name: one.label for one in questions}
        key, way, paper = papers.drafted(request.form.get("draft", ""), questions)
        made = papers.take(context.session(), village, way, paper, key, context.arrived_at())
    except Invalid as invalid:
        return jsonify(errors=invalid.errors, message=_said(invalid.errors, labels)), 422
    except Refused as refused:
        status = 403 if refused.reason in FORBIDDEN else 429 if refused.reason == "too_many" else 409
        return jsonify(reason=refused.reason, message=say(f"reason.{refused.reason}")), status
    return jsonify(sheet=made.sheet), 201


def _said(errors: dict[str, str], labels: dict[str, str]) -> str:
    """What is wrong, one sentence each, with the question it is about."""
    told = {**labels, "sheet": columns.title("sheet", context.language())}
    return "; ".join(f"{told[name]}: {say(f'error.{code}')}" if name in told else say(f"error.{code}")
                     for name, code in errors.items())  # fmt: skip


def _page(village: SurveyVillage) -> ResponseReturnValue:
    return page("offline", village, prefix=papers.PREFIX, columns=_columns(village))


def _columns(village: SurveyVillage) -> list[tuple[str, Any]]:
    """The columns of the spreadsheet that a commune brings, by the fields of the page."""
    questions = planning.questions_asked(village.survey)
    titles = spreadsheet.titles(questions)
    own = [(f"{papers.PREFIX}{one.name}", title) for one, title in zip(questions, titles, strict=True)]
    return [("sheet", columns.title("sheet")), *own]
