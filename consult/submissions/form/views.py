"""The comment form: each step is sent, kept under its ticket and answered with the address of the next; the last
one with that of the receipt."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import policy_facts, queries
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.submissions import anchors
from consult.submissions.form import (
    forms,
    quotes,
    views_again,
    views_both,
    views_buttons,
    views_files,
    views_pages,
    views_steps,
    views_voice,
)
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.unsent import Step
from consult.submissions.inputs import AnchorInput
from consult.submissions.receiving import service as receiving
from consult.submissions.receiving.validation import QUOTE_LIMIT
from consult.submissions.views_frame import receipt_address, site_codes
from consult.text import stored
from consult.web import context, flood_control, tickets
from consult.web.arrival import resubmission
from consult.web.guard import public

blueprint = Blueprint("submissions", __name__)


@blueprint.get("/lay-y-kien/<slug>/gop-y/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("tai", "trich", "sua", "phieu", "buoc", "y", "tim", "trong"))
def write(consultation: Consultation) -> ResponseReturnValue:
    """One page of the form that `?phieu=` names. Without a ticket it gets one, about the place that `?tai=` names;
    `?sua=1` begins with its wording, `?trich=` marks words; `?trong=1` is for beneath a clause, where nobody speaks."""
    written = request.args.get("phieu", "")
    ticket = views_steps.ticket_of(consultation, written)
    step = views_steps.kept(ticket) if ticket else None
    receipt = views_again.receipt_of(consultation, ticket) if ticket and step is None else ""
    if receipt:
        return redirect(receipt, 303)
    reason = views_steps.why_not(consultation)
    if reason is not None and not (step and step.arrived):
        return views_pages.closed(consultation, step.form if step else None, reason)
    if step is not None:
        return views_pages.shown(consultation, views_steps.asked(step))
    try:
        place = quotes.quoted(context.session(), consultation, _asked_place(consultation), text=False)
    except NotFound:
        asked = _asked_place(consultation)
        if asked is None or not asked.path:
            raise
        return views_pages.gone(consultation, asked)
    if ticket is None:
        return redirect(_with_ticket(consultation, place.written), 303)
    form = forms.started(place.written, written).with_open(quote=stored(request.args.get("trich", "")[:QUOTE_LIMIT]))
    form = views_pages.begun(consultation, form) if "sua" in request.args else form
    page = "speak" if request.args.get("buoc") == views_steps.PLACES["speak"] else "write"
    let_go = request.args.get("buoc", "") not in (views_steps.PLACES["write"], views_steps.PLACES["speak"])
    return views_pages.shown(consultation, Step(page, form, notice="let_go" if let_go else ""))


@blueprint.post("/lay-y-kien/<slug>/gop-y/")
@public(
    Action.READ_MATTER,
    of=policy_facts.by_slug,
    where=context.connection,
    alone="a new submission: the ticket of its form makes it one",
)
def step(matter: PolicyFacts) -> ResponseReturnValue:
    """One step: whatever button was pressed, everything typed is kept, or sent."""
    tickets.check_origin()
    form, ticket = views_steps.with_ticket(matter, forms.read(request.form))
    form, changed = views_steps.with_what_others_typed(form, ticket)
    if form.steps[0] == "send":
        notice, status = _not_now(matter, form, ticket, changed)
        if ticket and not notice:
            once_more = views_again.not_yet(matter, form)
            return views_steps.go_to(matter, once_more) if once_more else _send(matter, form, ticket.key)
        arrived = (resubmission.statement() if notice in views_pages.PRESS_AGAIN else None) or ""
        return views_steps.go_to(matter, Step("check", form, notice=notice, arrived=arrived, status=status))
    consultation = views_steps.whole(matter)
    if views_steps.why_not(consultation) is not None:
        return views_steps.go_to(matter, Step("write", form))
    under, receipt = views_again.sent_under(consultation, form.ticket, form.drafted)
    if under == form.ticket and views_again.nothing_typed(form):
        return views_steps.lead(receipt)
    form = views_again.renewed(consultation, form, under) if under else form
    form, errors = views_files.taken(form) if request.files else (form, {})
    form, wrong = views_voice.taken(form) if request.files else (form, {})
    errors |= wrong
    if errors:
        return views_steps.go_to(matter, views_buttons.failed(form, errors))
    return views_steps.go_to(matter, views_again.told(views_buttons.taken(consultation, form), under))


def _with_ticket(consultation: Consultation, about: str) -> str:
    """The address of the empty form about a place, with a ticket, so that its later steps lead back to it."""
    return url_for(
        "submissions.write",
        slug=consultation.slug,
        tai=about or None,
        trich=request.args.get("trich"),
        sua=request.args.get("sua"),
        trong=request.args.get("trong"),
        buoc=request.args.get("buoc") and views_steps.PLACES["speak"],
        phieu=views_steps.new_ticket(consultation),
    )


@blueprint.get("/lay-y-kien/<slug>/gop-y/ghi-am/")
@public(Action.READ_MATTER, of=policy_facts.by_slug, where=context.connection, asks=("phieu", "y"))
def voice(matter: PolicyFacts) -> Response:
    """The voice of one comment of the form that `?phieu=` names, to be heard again before it is sent."""
    ticket = views_steps.ticket_of(matter, request.args.get("phieu", ""))
    step = views_steps.kept(ticket) if ticket else None
    if step is None:
        raise NotFound
    kept = views_voice.kept(step.form)
    found = kept[forms.index_of(request.args.get("y", ""), len(kept))]
    if found is None:
        raise NotFound
    return views_voice.played(found)


def _asked_place(consultation: Consultation) -> AnchorInput | None:
    return anchors.at_first(context.session(), consultation.id, anchors.parse(request.args.get("tai", "")))


def _not_now(matter: PolicyFacts, form: CommentForm, ticket: tickets.Ticket | None, changed: bool) -> tuple[str, int]:
    """Why what was sent is given back to be sent once more, with everything in it; two empty values when it is not."""
    moment = context.arrived_at()
    if ticket is None:
        return "expired", 409
    if flood_control.too_many():
        return "crowded", 429
    if not form.again and moment - ticket.issued_at < timedelta(seconds=current_app.config["FORM_SECONDS"]):
        return "very_fast", 409
    if changed:
        return "changed_elsewhere", 409
    if matter.revised and views_pages.is_older_than_shown(matter, form):
        return "new_draft", 409
    return "", 200


def _send(matter: PolicyFacts, form: CommentForm, key: str) -> ResponseReturnValue:
    """Receives what the form holds, here and in the other matters that are ticked. The ticket's random part is the key:
    pressing twice is sending once."""
    try:
        if form.website:
            raise Invalid({"website": "leave_empty"})
        form = views_pages.with_area(form)
        files = views_files.handed_over(form) if form.files else ()
        files += views_files.in_store(views_voice.all_of(form))
        new = forms.submission(form, key, context.arrived_at(), context.language(), files, matter.kind)
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
        return views_steps.go_to(matter, views_buttons.failed(form, invalid.errors))
    except Refused as refused:
        if refused.reason != "same_key_other_content":
            return views_steps.go_to(matter, Step("write", form))
        renewed = replace(form, ticket=views_steps.new_ticket(matter))
        views_steps.unsent().drop(key)
        return views_steps.go_to(matter, views_again.told(Step("check", renewed, status=409), form.ticket))
    views_steps.unsent().drop(key)
    beside = views_both.send(matter, form, key, files)
    return views_steps.lead(receipt_address(receipt.code, receipt.secret, context.arrived_at(), beside=beside))
