"""The comment form: a page of its own, several comments by plain round trips, and the receipt at once."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, request

from consult.consultations import finding, glance
from consult.consultations.glance import Glance
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import ANYBODY, Action, decide
from consult.submissions import anchors, forms, quoting, receiving, views_pages
from consult.submissions.forms import CommentForm
from consult.submissions.inputs import Codes, NewSubmission
from consult.web import context, tickets
from consult.web.guard import public

blueprint = Blueprint("submissions", __name__)


@blueprint.get("/lay-y-kien/<slug>/gop-y/")
@public(Action.READ_MATTER, of=finding.by_slug)
def write(consultation: Consultation) -> Any:
    """The empty form about the place that `?tai=` names."""
    reason = _why_not(consultation)
    if reason is not None:
        return views_pages.closed(consultation, None, reason)
    place = quoting.quoted(context.session(), consultation, anchors.parse(request.args.get("tai", "")), text=False)
    return views_pages.writing(consultation, forms.started(place.written, _new_ticket(consultation)))


@blueprint.post("/lay-y-kien/<slug>/gop-y/")
@public(Action.READ_MATTER, of=glance.by_slug)
def step(matter: Glance) -> Any:
    """One round trip: whatever button was pressed, everything typed comes back or is sent."""
    tickets.check_origin()
    form, key = _with_ticket(matter, forms.read(request.form))
    if form.steps[0] == "send" and key:
        return _send(matter, form, key)
    consultation = _whole(matter)
    reason = _why_not(consultation)
    if reason is not None:
        return views_pages.closed(consultation, form, reason)
    if form.steps[0] == "send":
        return views_pages.checking(consultation, form, "expired", 409)
    return _STEPS.get(form.steps[0], _write_on)(consultation, form)


def _send(matter: Glance, form: CommentForm, key: str) -> Any:
    """Receives what the form holds. The ticket's random part is the key: pressing twice is sending once."""
    try:
        if form.website:
            raise Invalid({"website": "leave_empty"})
        form = views_pages.with_area(form)
        new = forms.submission(form, key, context.arrived_at(), context.language())
        codes, session = Codes(current_app.config["SECRET_KEY"]), context.session()
        receipt = receiving.receive(session, matter, new, context.arrived_at(), context.signer(), codes)
    except Invalid as invalid:
        return views_pages.writing(_whole(matter), form, invalid.errors, 422)
    except Refused as refused:
        if refused.reason != "same_key_other_content":
            return views_pages.closed(_whole(matter), form, refused.reason)
        return views_pages.checking(_whole(matter), _renewed(matter, form), "sent_already", 409)
    return views_pages.receipt(matter, form, receipt)


def _write_on(consultation: Consultation, form: CommentForm) -> Any:
    return views_pages.writing(consultation, form)


def _add(consultation: Consultation, form: CommentForm) -> Any:
    """One more comment about the same place, once the present one says something."""
    if form.open.empty:
        return views_pages.writing(consultation, form, {f"comments.{form.current}.text": "required"}, 422)
    return views_pages.writing(consultation, form.with_comment(form.open.anchor))


def _choose(consultation: Consultation, form: CommentForm) -> Any:
    return views_pages.choosing(consultation, form)


def _pick(consultation: Consultation, form: CommentForm) -> Any:
    """One more comment about the place chosen; a comment still empty moves there instead."""
    place = quoting.quoted(context.session(), consultation, anchors.parse(request.form.get("tai", "")), text=False)
    if form.open.empty:
        form = form.without(form.current)
        form = replace(form, comments=tuple(one for one in form.comments if not one.empty))
    return views_pages.writing(consultation, form.with_comment(place.written))


def _edit(consultation: Consultation, form: CommentForm) -> Any:
    return views_pages.writing(consultation, replace(form, current=forms.chosen(form)))


def _remove(consultation: Consultation, form: CommentForm) -> Any:
    return views_pages.writing(consultation, form.without(forms.chosen(form)))


def _check(consultation: Consultation, form: CommentForm) -> Any:
    """What will be sent, to be read once more; every error is found here already."""
    form = form.tidied()
    try:
        form = views_pages.with_area(form)
        receiving.check(context.session(), consultation, _new(consultation, form), context.arrived_at())
    except Invalid as invalid:
        return views_pages.writing(consultation, form, invalid.errors, 422)
    return views_pages.checking(consultation, form)


_STEPS = {"add": _add, "elsewhere": _choose, "pick": _pick, "edit": _edit, "remove": _remove, "check": _check}


def _why_not(consultation: Consultation) -> str | None:
    return decide(ANYBODY, Action.SEND_COMMENT, consultation, context.arrived_at())


def _whole(matter: Glance) -> Consultation:
    """The matter with its bodies, for the pages that tell about it."""
    return finding.by_slug(context.session(), matter.slug)


def _new(consultation: Consultation, form: CommentForm) -> NewSubmission:
    key = tickets.read(form.ticket, str(consultation.id), context.arrived_at()).key
    return forms.submission(form, key, context.arrived_at(), context.language())


def _new_ticket(matter: Consultation | Glance) -> str:
    return tickets.issue(str(matter.id), context.arrived_at())


def _renewed(matter: Consultation | Glance, form: CommentForm) -> CommentForm:
    return replace(form, ticket=_new_ticket(matter))


def _with_ticket(matter: Glance, form: CommentForm) -> tuple[CommentForm, str]:
    """The form with a ticket that holds, and the key in it; no key when its own ticket had expired."""
    try:
        return form, tickets.read(form.ticket, str(matter.id), context.arrived_at()).key
    except tickets.Expired:
        return _renewed(matter, form), ""
