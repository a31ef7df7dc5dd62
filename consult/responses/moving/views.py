"""Having comments stand at another place than they were attached to: one, or many that were ticked on the list."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.desk import forms
from consult.responses.desk.listing import forms_place, list_rows
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.moving.own_places import OwnPlaces, own_places
from consult.responses.views_frame import knows_senders, page, status_of, tell_taken, term, to, today, told
from consult.submissions.acts import moving
from consult.submissions.comments import act_rules, comment_state, places
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.words import CommentActKind
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("moving", __name__)
BASE = "/xu-ly/<slug>/chuyen-noi-gop-y/"


@blueprint.get(BASE)
@access(Action.TRIAGE, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """The form that moves `?comment=…`; none is shown for what may not be moved whatever is typed."""
    found = _found(consultation, forms.numbers(request.args))
    act_rules.sorted_out(act_rules.BY_ONE, CommentActKind.MOVED, found, consultation)
    return _form(consultation, found)


@blueprint.post(BASE)
@access(Action.TRIAGE, of=queries.by_slug, acts_on=COMMENTS)
def move(consultation: Consultation) -> ResponseReturnValue:
    """Moves them, all that may be moved."""
    session, typed, numbers = context.session(), request.form, forms.numbers(request.form)
    found = _found(consultation, numbers)
    try:
        where = _places(consultation, found)
        to_place = where.find(*(typed.get(name, "") for name in ("document", "place", "page")))
        now = context.arrived_at()
        taken = moving.move(session, consultation, numbers, to_place, typed.get("reason", ""), context.actor(), now)
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _form(consultation, _found(consultation, numbers), wrong)
    tell_taken(taken, "done_move")
    if len(numbers) == 1:
        return to("comment", consultation, number=numbers[0])
    return redirect(_list(consultation), 303)


def _list(consultation: Consultation) -> str:
    """The list from which the form was reached, as it was narrowed there."""
    address, query = url_for("desk.index", slug=consultation.slug), forms_place.query_kept(request.args)
    return f"{address}?{query}" if query else address


def _found(consultation: Consultation, numbers: list[int]) -> list[CommentState]:
    return comment_state.read(context.session(), consultation.id, numbers)


def _places(consultation: Consultation, found: list[CommentState]) -> OwnPlaces:
    return own_places(context.session(), consultation, found[0].comment, say)


def _form(
    consultation: Consultation, found: list[CommentState], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session, numbers = context.session(), [one.comment.number for one in found]
    lines = list_rows.lines(
        session, consultation, numbers, term(consultation), today(), senders=knows_senders(consultation), answers=False
    )
    known = _places(consultation, found)
    moved = places.ever_moved(act for one in found for act in one.acts)
    return page(
        "moving", consultation, status_of(wrong), lines=lines, numbers=numbers, known=known,
        form=request.form.to_dict() or {"document": str(lines[0].document or min(known.drafts, default=0))},
        list_address=_list(consultation),
        stood=places.steps_of(session, consultation.id, moved), **told(wrong),
    )  # fmt: skip
