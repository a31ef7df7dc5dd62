"""The page of a branch that opens without a line: it writes down on the device, and sends when the line is back."""

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import size_limits
from consult.collections.models import Branch
from consult.collections.offline import drafts
from consult.collections.recording import forms, service
from consult.collections.spreadsheet.columns import KEYS, NOT_READ, title
from consult.collections.views_frame import branch_of_request, page, said_choices
from consult.collections.words import FileKind, Gathered
from consult.errors import Invalid, NotFound, Refused
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.catalogue import say
from consult.web.files import assets
from consult.web.guard import public

blueprint = Blueprint("offline", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/ngoai-tuyen/"
KEPT = ("css/site.css", "img/mark.svg", "js/site.js", "js/offline.js", "js/meeting.js")
"""What the page needs beside itself, and the device therefore keeps."""
HOW = (Gathered.MEETING, Gathered.VISIT, Gathered.CALL, Gathered.PAPER)
FORBIDDEN = frozenset({"branch_link_needed", "other_origin"})


@blueprint.get(AT)
@public()
def show(collection: int, number: int) -> ResponseReturnValue:
    """The page, which the device keeps at the first visit."""
    return _page(branch_of_request(collection, number))


@blueprint.get(AT + "nen.js")
@public()
def worker(collection: int, number: int) -> Response:
    """The service worker of this page alone: it keeps the page and what it needs, all anew whenever any of it is
    another one, and touches nothing that is sent."""
    branch = branch_of_request(collection, number)
    own = url_for("branch.offline.show", collection=collection, number=number)
    needed = [own, *(assets.address(name) for name in KEPT)]
    digest = hashlib.sha256(json.dumps([needed, _words(branch)]).encode()).hexdigest()[:16]
    script = render_template("collections/offline/worker.js", own=own, name=digest, needed=needed)
    return Response(script, mimetype="text/javascript")


@blueprint.post(AT)
@public(alone="a draft of a device, known by its own key")
def send(collection: int, number: int) -> ResponseReturnValue:
    """Records one gathering that waited on a device, once."""
    key, branch = "", None
    try:
        tickets.check_origin()
        branch = branch_of_request(collection, number)
        files = forms.files(request.files.getlist("files"), "", FileKind.MINUTES)
        key, gathering, opinions = drafts.read(request.form.get("draft", ""), files)
        session, now = context.session(), context.arrived_at()
        done = service.record(session, branch, gathering, opinions, key, None, site_codes(), now)
    except Invalid as invalid:
        return jsonify(errors=invalid.errors, message=_said(invalid.errors)), 422
    except Refused as refused:
        return _refused(refused.reason, branch, key)
    return jsonify(
        gathering=done.gathering, numbers=list(done.numbers), address=_gathering(branch, done.gathering)
    ), 201


def _refused(reason: str, branch: Branch | None, key: str) -> ResponseReturnValue:
    """Why not; of a draft that was changed after it had come in, also where that is now."""
    came = 0
    if branch is not None and reason == "same_key_other_content":
        try:
            came = service.by_key(context.session(), branch, key).number
        except NotFound:
            came = 0
    status = 403 if reason in FORBIDDEN else 429 if reason == "too_many" else 409
    told: dict[str, Any] = {"reason": reason, "message": say("offline.came_before" if came else f"reason.{reason}")}
    if came:
        told["address"] = _gathering(branch, came)
    return jsonify(told), status


def _said(errors: dict[str, str]) -> str:
    """What is wrong, one sentence each: of an opinion with its place in the list."""
    words = []
    for name, code in errors.items():
        parts = name.split(".")
        place = int(parts[1]) + 1 if parts[0] == "opinions" and len(parts) == 3 else 0
        said = say(f"error.{code}")
        words.append(say("offline.of_opinion", place=place, said=said) if place else said)
    return "; ".join(words)


def _gathering(branch: Branch | None, at: int) -> str:
    if branch is None:
        return ""
    return url_for("branch.gathering.show", collection=branch.collection.number, number=branch.number, at=at)


def _page(branch: Branch) -> ResponseReturnValue:
    return page("offline/show", branch, **_values(branch))


def _values(branch: Branch) -> dict[str, Any]:
    columns = [(key, title(key, context.language())) for key in KEYS if key != NOT_READ]
    return {"how": HOW, "clauses": said_choices(branch.collection), "columns": columns, "most": size_limits.ON_DEVICE}


def _words(branch: Branch) -> str:
    """The page as text: it holds nothing that is other at each visit."""
    return str(make_response(_page(branch)).get_data(as_text=True))
