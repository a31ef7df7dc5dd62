"""One gathering of a branch: its opinions and files, adding to it, putting it right and withdrawing."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections.models import Branch, CollectedOpinion, Gathering
from consult.collections.recording import corrections, forms, lists, same_meeting, service, slips
from consult.collections.shown import GATHERING, OPINION
from consult.collections.views_frame import branch_of_request, fates_of, page, said_choices, sent_key
from consult.collections.views_printed import whole
from consult.collections.words import FileKind, Gathered
from consult.errors import Invalid, NotFound, Refused
from consult.policy import ANYBODY
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.files import downloads
from consult.web.guard import public
from consult.web.shown import hold
from consult.web.tickets import TicketExpired

blueprint = Blueprint("gathering", __name__)
AT = "/thu-thap/<int:collection>/<int:number>/buoi/<int:at>/"
ONE = AT + "y-kien/<int:opinion>/"
DONE = ("xong",)
NOTICES = frozenset({"added", "files_added", "corrected", "withdrawn", "file_removed"})


@blueprint.get(AT)
@public(asks=DONE)
def show(collection: int, number: int, at: int) -> ResponseReturnValue:
    """What was recorded there, with its history."""
    branch = branch_of_request(collection, number)
    return _page(branch, _gathering(branch, at))


@blueprint.post(AT)
@public(alone="another opinion of a gathering")
def add(collection: int, number: int, at: int) -> ResponseReturnValue:
    """One more opinion that stands in its minutes or on its pages."""
    branch = branch_of_request(collection, number)
    held = _gathering(branch, at)
    try:
        service.add_opinions(
            context.session(), held, [forms.opinion(request.form)], sent_key(), None, site_codes(), context.arrived_at()
        )
    except Invalid as wrong:
        return _page(branch, held, 422, errors=_of_opinion(wrong.errors))
    except TicketExpired:
        return _page(branch, held, 409, refusal="form_expired")
    except Refused as refused:
        return _page(branch, held, 409, refusal=refused.reason)
    return _back(branch, held, "added", "them")


@blueprint.post(AT + "tep/")
@public(alone="more files of a gathering")
def add_files(collection: int, number: int, at: int) -> ResponseReturnValue:
    """More photographs: of signed minutes, or of the pages of a pile."""
    branch = branch_of_request(collection, number)
    held = _gathering(branch, at)
    kind = FileKind.PAGE if held.how is Gathered.PAPER else FileKind.MINUTES
    try:
        tickets.check_origin()
        found = forms.files(request.files.getlist("files"), "", kind)
        if not found:
            raise Invalid({"files": "required"})
        service.add_files(context.session(), held, found, context.arrived_at())
        if kind is FileKind.MINUTES and request.form.get("minutes_signed") == "1":
            corrections.sign_minutes(context.session(), held, None, context.arrived_at())
    except Invalid as wrong:
        return _page(branch, held, 422, errors=wrong.errors)
    except Refused as refused:
        return _page(branch, held, 409, refusal=refused.reason)
    return _back(branch, held, "files_added")


@blueprint.get(AT + "tep/<uuid:file>/")
@public()
def file(collection: int, number: int, at: int, file: UUID) -> Response:
    """One of its files."""
    held = _gathering(branch_of_request(collection, number), at)
    found = next((one for one in held.files if one.id == file and one.removed_at is None), None)
    if found is None:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.post(AT + "tep/<uuid:file>/")
@public(alone="takes one file away, which only goes")
def remove_file(collection: int, number: int, at: int, file: UUID) -> ResponseReturnValue:
    """Takes a wrong scan away."""
    branch = branch_of_request(collection, number)
    held = _gathering(branch, at)
    tickets.check_origin()
    try:
        corrections.remove_file(context.session(), held, file, context.arrived_at())
    except Refused as refused:
        return _page(branch, held, 409, refusal=refused.reason)
    return _back(branch, held, "file_removed")


@blueprint.get(AT + "sua/")
@public()
def correct(collection: int, number: int, at: int) -> ResponseReturnValue:
    """The form to put the gathering itself right, or to withdraw it."""
    branch = branch_of_request(collection, number)
    return _correcting(branch, _gathering(branch, at))


@blueprint.post(AT + "sua/")
@public(acts_on=GATHERING, once_known=True)
def save(collection: int, number: int, at: int) -> ResponseReturnValue:
    """Puts it right, or withdraws it with all its opinions."""
    branch = branch_of_request(collection, number)
    held, now = _gathering(branch, at), context.arrived_at()
    tickets.check_origin()
    hold((GATHERING,), ANYBODY, None, collection=collection, number=number, at=at)
    why = request.form.get("why", "")
    try:
        if request.form.get("do") == "withdraw":
            corrections.withdraw_gathering(context.session(), held, why, now)
            return _back(branch, held, "withdrawn")
        typed = forms.gathering(request.form, held.how)
        corrections.correct_gathering(context.session(), held, typed, why, None, now)
    except Invalid as wrong:
        errors = {
            name.rpartition(".")[2].replace("minutes", "minutes_signed"): code for name, code in wrong.errors.items()
        }
        return _correcting(branch, held, 422, errors=errors)
    except Refused as refused:
        return _correcting(branch, held, 409, refusal=refused.reason)
    return _back(branch, held, "corrected")


@blueprint.get(ONE)
@public()
def opinion(collection: int, number: int, at: int, opinion: int) -> ResponseReturnValue:
    """One opinion: its slip with the look-up code, its history, and the form to put it right."""
    branch = branch_of_request(collection, number)
    held = _gathering(branch, at)
    return _one(branch, held, _opinion(held, opinion))


@blueprint.post(ONE)
@public(acts_on=OPINION, once_known=True)
def save_opinion(collection: int, number: int, at: int, opinion: int) -> ResponseReturnValue:
    """Puts it right, or withdraws it."""
    branch = branch_of_request(collection, number)
    held, now = _gathering(branch, at), context.arrived_at()
    one = _opinion(held, opinion)
    tickets.check_origin()
    hold((OPINION,), ANYBODY, None, collection=collection, number=number, at=at, opinion=opinion)
    why = request.form.get("why", "")
    try:
        if request.form.get("do") == "withdraw":
            corrections.withdraw_opinion(context.session(), one, why, now)
            return _back(branch, held, "withdrawn")
        corrections.correct_opinion(context.session(), one, forms.opinion(request.form), why, None, now)
    except Invalid as wrong:
        return _one(branch, held, one, 422, errors=_of_opinion(wrong.errors))
    except Refused as refused:
        return _one(branch, held, one, 409, refusal=refused.reason)
    return _back(branch, held, "corrected")


def _gathering(branch: Branch, at: int) -> Gathering:
    return lists.find(context.session(), branch, at)


def _opinion(held: Gathering, number: int) -> CollectedOpinion:
    return lists.opinion(context.session(), held, number)


def _of_opinion(errors: dict[str, str]) -> dict[str, str]:
    names = {name.rpartition(".")[2]: code for name, code in errors.items()}
    return {"sharing" if name == "people" else name: code for name, code in names.items()}


def _back(branch: Branch, held: Gathering, done: str, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for(
        "branch.gathering.show", collection=branch.collection.number, number=branch.number, at=held.number, xong=done,
        _anchor=anchor,
    )  # fmt: skip
    return redirect(address, 303)


def _page(branch: Branch, held: Gathering, status: int = 200, **values: Any) -> ResponseReturnValue:
    session, done = context.session(), request.args.get("xong", "")
    given = {"errors": {}, "refusal": "", **values}
    return page(
        "recording/gathering",
        branch,
        status,
        gathering=held,
        files=[one for one in held.files if one.removed_at is None],
        opinions=(opinions := lists.opinions_of(session, held)),
        fates=fates_of(branch.collection, [one.anchor for one in opinions if one.withdrawn_at is None]),
        doubles=same_meeting.doubles(same_meeting.standing(session, branch.id)).get(held.number, ()),
        earlier=corrections.earlier_of(session, held),
        clauses=said_choices(branch.collection, request.form.get("anchor", "")),
        form=request.form,
        done=done if done in NOTICES else "",
        **given,
    )


def _correcting(branch: Branch, held: Gathering, status: int = 200, **values: Any) -> ResponseReturnValue:
    given = {"errors": {}, "refusal": "", **values}
    return page("recording/correct", branch, status, gathering=held, form=request.form, **given)


def _one(
    branch: Branch, held: Gathering, one: CollectedOpinion, status: int = 200, **values: Any
) -> ResponseReturnValue:
    given = {"errors": {}, "refusal": "", **values}
    code = slips.code_of(one, site_codes())
    return page(
        "recording/opinion",
        branch,
        status,
        gathering=held,
        opinion=one,
        code=lookup_codes.shown(code) if code else "",
        secret=slips.secret_of(code, site_codes()) if code else "",
        look_up=whole("/tra-cuu/"),
        fates=fates_of(branch.collection, [one.anchor]),
        earlier=corrections.earlier_of(context.session(), held, one),
        clauses=said_choices(branch.collection, one.anchor, request.form.get("anchor", "")),
        form=request.form,
        **given,
    )
