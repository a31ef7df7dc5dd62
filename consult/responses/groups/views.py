"""Groups of like comments: listed, opened, decided about."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.groups import forms, overview, views_answer
from consult.responses.groups.opened import OpenGroup, opened
from consult.responses.groups.shown import GROUP
from consult.responses.views_frame import knows_senders, page, status_of, to, today, told
from consult.similar.deciding import service as deciding
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("groups", __name__)
blueprint.register_blueprint(views_answer.blueprint)


@blueprint.get("/xu-ly/<slug>/nhom/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The groups of a matter, the largest first."""
    wanted = forms.page(request.args)
    found = overview.listed(context.session(), consultation, wanted, today(), knows_senders(consultation))
    return page("groups/index", consultation, listed=found, bundles=forms.bundles())


@blueprint.get("/xu-ly/<slug>/nhom/<int:number>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One group: its sample, and of the others only the words that differ."""
    return _show(consultation, number)


@blueprint.post("/xu-ly/<slug>/nhom/<int:number>/")
@access(deciding.DECIDING, of=queries.by_slug, acts_on=GROUP)
def decide(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Does what a button of the page says with the texts that were ticked."""
    try:
        return _do(consultation, number, request.form.get("act", ""))
    except (Invalid, Refused) as wrong:
        context.session().rollback()
        return _show(consultation, number, wrong)


def _do(consultation: Consultation, number: int, act: str) -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    reason = request.form.get("reason", "")
    if act == "confirm":
        deciding.confirm(session, consultation, number, actor, now)
        return to("groups.show", consultation, "done_group_confirmed", number=number)
    if act == "move":
        comment, target = forms.moved(request.form)
        try:
            made = deciding.move(session, consultation, comment, target, reason, actor, now)
        except NotFound:
            raise Invalid({"number": "no_such_number"}) from None
        return to("groups.show", consultation, "done_group_moved", number=made)
    group = _opened(consultation, number, forms.page(request.form))
    chosen = forms.chosen(request.form, group) if group else []
    if act == "split":
        made = deciding.split(session, consultation, number, chosen, reason, actor, now)
        return to("groups.show", consultation, "done_group_split", number=made)
    if act not in ("look", "answer"):
        raise NotFound
    if chosen or act == "look":
        deciding.look(session, consultation, number, chosen, actor, now)
    if act == "answer":
        return to("groups.answer.ask", consultation, number=number)
    return to("groups.show", consultation, "done_group_looked", number=number, page=forms.page(request.form))


def _opened(consultation: Consultation, number: int, at: int) -> OpenGroup | None:
    return opened(context.session(), consultation, number, at, today(), knows_senders(consultation))


def _show(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    typed = request.form if wrong else request.args
    found = _opened(consultation, number, forms.page(typed))
    if found is None:
        raise NotFound
    return page(
        "groups/group", consultation, status_of(wrong), opened=found, bundles=forms.bundles(), typed=request.form,
        acts=deciding.acts_of(context.session(), found.group), **told(wrong),
    )  # fmt: skip
