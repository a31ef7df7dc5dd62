"""How a branch sets a field collector up, and what it sent that is not recorded yet."""

import base64
import json
import zlib
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections import clause_list
from consult.collections.branches import keys
from consult.collections.models import Branch
from consult.collections.openrosa import service, xlsform
from consult.collections.views_frame import branch_of_request, page
from consult.collections.views_printed import key_of, whole
from consult.errors import Invalid, NotFound, Refused
from consult.submissions.receiving import receipts
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("program", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/odk/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(AT)
@public()
def show(collection: int, number: int) -> ResponseReturnValue:
    """How to set the program up, in a few lines and by a QR code."""
    return _show(branch_of_request(collection, number))


@blueprint.get(AT + "bieu-mau.xlsx")
@public()
def xls_form(collection: int, number: int) -> Response:
    """The form as an XLSForm, for a server that runs somewhere else."""
    branch = branch_of_request(collection, number)
    clauses = clause_list.of_collection(context.session(), branch.collection, say)
    made = xlsform.form(branch.collection, clauses, say)
    return downloads.attached(Response(xlsform.xlsx(made), mimetype=XLSX), f"{made.form_id}.xlsx")


@blueprint.get(AT + "ma-qr.svg")
@public()
def setting(collection: int, number: int) -> Response:
    """The settings of the program, to be scanned by it."""
    branch = branch_of_request(collection, number)
    key = key_of(branch)
    if not key:
        raise NotFound
    return Response(receipts.qr(_settings(branch, key)), mimetype="image/svg+xml")


@blueprint.post(AT)
@public(alone="records what came, once: known by its own id")
def record(collection: int, number: int) -> ResponseReturnValue:
    """Records what came of a filled form whose files do not come any more, or that could not be recorded before."""
    branch = branch_of_request(collection, number)
    tickets.check_origin()
    try:
        row = service.find(context.session(), branch, UUID(request.form.get("instance", "")))
        done = service.record(context.session(), row.id, site_codes(), context.arrived_at())
    except (ValueError, Invalid):
        return _show(branch, 422)
    except Refused as refused:
        return _show(branch, 409, refused.reason)
    return redirect(url_for("branch.gathering.show", collection=collection, number=number, at=done.gathering), 303)


def _show(branch: Branch, status: int = 200, refusal: str = "") -> ResponseReturnValue:
    key = key_of(branch)
    waiting = service.waiting(context.session(), branch)
    return page(
        "openrosa/show",
        branch,
        status,
        key=keys.shown(key) if key else "",
        address=_address(branch),
        waiting=[(one, sorted(set(one.wrong.values()))) for one in waiting],
        refusal=refusal,
    )


def _settings(branch: Branch, key: str) -> str:
    """The settings of ODK Collect as the QR code holds them that it scans."""
    general = {"server_url": _address(branch), "username": str(branch.number), "password": key}
    told = json.dumps({"general": general, "project": {"name": branch.name[:30]}, "admin": {}}, ensure_ascii=False)
    return base64.b64encode(zlib.compress(told.encode())).decode()


def _address(branch: Branch) -> str:
    return whole(f"/thu-thap/odk/{branch.collection.number}")
