"""The comment form: a page of its own, several comments by plain round trips, and the receipt at once."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import policy_facts, queries
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import ANYBODY, Action, decide
from consult.submissions import anchors
from consult.submissions.form import forms, quotes, views_files, views_pages, views_voice
from consult.submissions.form.forms import CommentForm
from consult.submissions.inputs import NewSubmission
from consult.submissions.receiving import service as receiving
from consult.submissions.receiving.validation import QUOTE_LIMIT
from consult.submissions.views_frame import receipt_address, site_codes
from consult.text import stored
from consult.web import context, flood_control, tickets
from consult.web.guard import public

blueprint = Blueprint("submissions", __name__)


@blueprint.get("/lay-y-kien/<slug>/gop-y/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("tai", "trich", "sua"))
def write(consultation: Consultation) -> ResponseReturnValue:
    """The empty form about the place that `?tai=` names; `?sua=1` begins with its wording, `?trich=` marks words."""
    reason = _why_not(consultation)
    if reason is not None:
        return views_pages.closed(consultation, None, reason)
    session = context.session()
    asked = anchors.at_first(session, consultation.id, anchors.parse(request.args.get("tai", "")))
    try:
        place = quotes.quoted(session, consultation, asked, text=False)
    except NotFound:
        if asked is None or not asked.path:
            raise
        return views_pages.gone(consultation, asked)
    form = forms.started(place.written, _new_ticket(consultation))
    form = form.with_open(quote=stored(request.args.get("trich", "")[:QUOTE_LIMIT]))
    return views_pages.writing(consultation, views_pages.begun(consultation, form) if "sua" in request.args else form)


@blueprint.post("/lay-y-kien/<slug>/gop-y/")
@public(
    Action.READ_MATTER,
    of=policy_facts.by_slug,
    where=context.connection,
    alone="a new submission: the ticket of its form makes it one",
)
def step(matter: PolicyFacts) -> ResponseReturnValue:
    """One round trip: whatever button was pressed, everything typed comes back or is sent."""
    tickets.check_origin()
    form, ticket = _with_ticket(matter, forms.read(request.form))
    if form.steps[0] == "send":
        notice, status = _not_now(matter, form, ticket)
        if ticket and not notice:
            return _send(matter, form, ticket.key)
        return views_pages.checking(_whole(matter), form, notice, status)
    consultation = _whole(matter)
    reason = _why_not(consultation)
    if reason is not None:
        return views_pages.closed(consultation, form, reason)
    form, errors = views_files.taken(form) if request.files else (form, {})
    form, wrong = views_voice.taken(form) if request.files else (form, {})
    errors |= wrong
    if errors:
        return views_pages.writing(consultation, form, errors, 422)
    return _STEPS.get(form.steps[0], _write_on)(consultation, form)


def _not_now(matter: PolicyFacts, form: CommentForm, ticket: tickets.Ticket | None) -> tuple[str, int]:
    """Why what was sent is given back to be sent once more, with everything in it; two empty values when it is not."""
    moment = context.arrived_at()
    if ticket is None:
        return "expired", 409
    if flood_control.too_many():
        return "crowded", 429
    if not form.again and moment - ticket.issued_at < timedelta(seconds=current_app.config["FORM_SECONDS"]):
        return "very_fast", 409
    if matter.revised and views_pages.is_older_than_shown(matter, form):
        return "new_draft", 409
    return "", 200


def _send(matter: PolicyFacts, form: CommentForm, key: str) -> ResponseReturnValue:
    """Receives what the form holds. The ticket's random part is the key: pressing twice is sending once."""
    try:
        if form.website:
            raise Invalid({"website": "leave_empty"})
        form = views_pages.with_area(form)
        files = views_files.handed_over(form) if form.files else ()
        files += views_files.in_store(views_voice.all_of(form))
        new = forms.submission(form, key, context.arrived_at(), context.language(), files)
        # The commune may have been looked up; nothing is kept open by who waits for their turn.
        context.close_session()
        receipt = receiving.receive_at_once(
            context.database(),
            context.connection(),
            matter,
            new,
            context.arrived_at(),
            context.signer(),
            site_codes(),
        )
    except Invalid as invalid:
        return views_pages.writing(_whole(matter), form, invalid.errors, 422)
    except Refused as refused:
        if refused.reason != "same_key_other_content":
            return views_pages.closed(_whole(matter), form, refused.reason)
        return views_pages.checking(_whole(matter), _renewed(matter, form), "sent_already", 409)
    return redirect(receipt_address(receipt.code, receipt.secret, context.arrived_at()), 303)


def _write_on(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    return views_pages.writing(consultation, form)


def _add(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    """One more comment about the same place, once the present one says something."""
    if form.open.empty:
        return views_pages.writing(consultation, form, {f"comments.{form.current}.text": "required"}, 422)
    return views_pages.writing(consultation, form.with_comment(form.open.anchor))


def _choose(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    return views_pages.choosing(consultation, form)


def _pick(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    """One more comment about the place chosen; a comment still empty moves there instead."""
    place = quotes.quoted(context.session(), consultation, anchors.parse(request.form.get("tai", "")), text=False)
    if form.open.empty:
        form = form.without(form.current)
        form = replace(form, comments=tuple(one for one in form.comments if not one.empty))
    return views_pages.writing(consultation, form.with_comment(place.written))


def _edit(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    return views_pages.writing(consultation, replace(form, current=forms.chosen(form)))


def _remove(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    return views_pages.writing(consultation, form.without(forms.chosen(form)))


def _move(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    """A comment on an older draft ("move:2"), now about what its clause is in the newest (the field `den-2`); what was
    typed stays."""
    form = replace(form, current=forms.chosen(form))
    anchor = anchors.parse(request.form.get(f"den-{form.current}", ""))
    place = quotes.quoted(context.session(), consultation, anchor, text=False)
    return views_pages.writing(consultation, form.with_open(anchor=place.written))


def _begin(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    """The clause's own words in the field for the wording proposed."""
    return views_pages.writing(consultation, views_pages.begun(consultation, form))


def _remove_file(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    place = form.steps[1]
    form = views_files.without(form, int(place)) if place.isascii() and place.isdigit() and len(place) < 4 else form
    return views_pages.writing(consultation, form)


def _remove_voice(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    return views_pages.writing(consultation, form.with_open(voice="", language=""))


def _check(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    """What will be sent, to be read once more; every error is found here already."""
    form = views_pages.without_unchanged(consultation, form.tidied())
    try:
        form = views_pages.with_area(form)
        receiving.check(context.session(), consultation, _new(consultation, form), context.arrived_at())
    except Invalid as invalid:
        return views_pages.writing(consultation, form, invalid.errors, 422)
    return views_pages.checking(consultation, form)


_STEPS = {
    "add": _add,
    "elsewhere": _choose,
    "pick": _pick,
    "begin": _begin,
    "edit": _edit,
    "remove": _remove,
    "move": _move,
    "remove-file": _remove_file,
    "remove-voice": _remove_voice,
    "check": _check,
}


def _why_not(consultation: Consultation) -> str | None:
    return decide(ANYBODY, Action.SEND_COMMENT, consultation, context.arrived_at())


def _whole(matter: PolicyFacts) -> Consultation:
    """The matter with its bodies, for the pages that tell about it."""
    return queries.by_slug(context.session(), matter.slug)


def _new(consultation: Consultation, form: CommentForm) -> NewSubmission:
    key = tickets.read(form.ticket, str(consultation.id), context.arrived_at()).key
    return forms.submission(
        form, key, context.arrived_at(), context.language(), views_files.of(form) + views_voice.all_of(form)
    )


def _new_ticket(matter: Consultation | PolicyFacts) -> str:
    return tickets.issue(str(matter.id), context.arrived_at())


def _renewed(matter: Consultation | PolicyFacts, form: CommentForm) -> CommentForm:
    return replace(form, ticket=_new_ticket(matter))


def _with_ticket(matter: PolicyFacts, form: CommentForm) -> tuple[CommentForm, tickets.Ticket | None]:
    """The form with a ticket that holds, and what is in it; nothing when its own ticket had expired."""
    try:
        return form, tickets.read(form.ticket, str(matter.id), context.arrived_at())
    except tickets.TicketExpired:
        return _renewed(matter, form), None
