"""Recording a meeting, a visit, a call or a pile of paper."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections.inputs import NewFile
from consult.collections.models import Branch
from consult.collections.recording import forms, service
from consult.collections.views_frame import branch_of_request, page, said_choices, sent_key
from consult.collections.words import FileKind, Gathered
from consult.errors import Invalid, NotFound, Refused
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.guard import public
from consult.web.tickets import TicketExpired

blueprint = Blueprint("recording", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/"


@blueprint.get(AT + "ghi/<how>/")
@public()
def new(collection: int, number: int, how: str) -> ResponseReturnValue:
    """The form for a meeting, a visit, a call or a pile of paper."""
    return _form(branch_of_request(collection, number), _how(how))


@blueprint.post(AT + "ghi/<how>/")
@public(alone="a new record")
def record(collection: int, number: int, how: str) -> ResponseReturnValue:
    """Records it, with the first opinion when one was typed; photographed signed minutes are enough by themselves."""
    branch, way = branch_of_request(collection, number), _how(how)
    kept: list[NewFile] = []
    try:
        key = sent_key()
        kept = forms.files(request.files.getlist("files"), request.form.get("kept", ""), _kind(way))
        said = forms.opinion(request.form)
        gathering = forms.gathering(request.form, way, kept)
        opinions = [said] if forms.said(said) else []
        done = service.record(
            context.session(), branch, gathering, opinions, key, None, site_codes(), context.arrived_at()
        )
    except Invalid as wrong:
        return _form(branch, way, 422, kept=kept, errors=_named(wrong.errors))
    except TicketExpired:
        return _form(branch, way, 409, kept=kept, refusal="form_expired")
    except Refused as refused:
        return _form(branch, way, 409, kept=kept, refusal=refused.reason)
    return redirect(url_for("branch.gathering.show", collection=collection, number=number, at=done.gathering), 303)


def _how(name: str) -> Gathered:
    if name not in forms.WAYS:
        raise NotFound
    return forms.WAYS[name]


def _kind(how: Gathered) -> FileKind:
    return FileKind.PAGE if how is Gathered.PAPER else FileKind.MINUTES


def _named(errors: dict[str, str]) -> dict[str, str]:
    """Errors by the fields of the form: "gathering.place" is `place`, "opinions.0.people" is `sharing`."""
    found = {}
    for name, code in errors.items():
        field = {"opinions.0.people": "sharing", "opinions": "text"}.get(name, name.rpartition(".")[2])
        found["files" if field == "minutes" else field] = code
    return found


def _form(
    branch: Branch, how: Gathered, status: int = 200, kept: list[NewFile] | None = None, **values: Any
) -> ResponseReturnValue:
    given = {"errors": {}, "refusal": "", **values}
    return page(
        "recording/new",
        branch,
        status,
        how=how,
        address=forms.ADDRESSES[how],
        form=request.form,
        clauses=said_choices(branch.collection, request.form.get("anchor", "")),
        kept=kept or [],
        sealed=forms.sealed(kept or []),
        **given,
    )
