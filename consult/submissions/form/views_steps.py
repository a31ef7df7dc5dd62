"""The steps of the comment form: how each is kept under its ticket, and the address that leads to it."""

from dataclasses import replace

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.policy import ANYBODY, Action, decide
from consult.submissions.form import forms
from consult.submissions.form import unsent as waiting
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.unsent import Step, UnsentForms
from consult.web import context, tickets

PLACES = {"write": "", "speak": "noi", "who": "nguoi-gui", "check": "xem-lai", "choose": "chon"}
"""The pages of the form as addresses name them (`buoc`)."""
ADDRESS = "text/uri-list"
SAYING = frozenset({"write", "speak"})


def unsent() -> UnsentForms:
    """Where forms wait."""
    return UnsentForms(current_app.config["UNSENT_FOLDER"])


def ticket_of(matter: Consultation | PolicyFacts, written: str) -> tickets.Ticket | None:
    """The ticket that an address names, however old; None for what is none of ours."""
    try:
        return tickets.ours(written, str(matter.id))
    except tickets.TicketExpired:
        return None


def new_ticket(matter: Consultation | PolicyFacts) -> str:
    """A ticket for one more form."""
    return tickets.issue(str(matter.id), context.arrived_at())


def with_ticket(matter: PolicyFacts, form: CommentForm) -> tuple[CommentForm, tickets.Ticket | None]:
    """The form with a ticket that holds, and what is in it; nothing when its own ticket had expired."""
    try:
        return form, tickets.read(form.ticket, str(matter.id), context.arrived_at())
    except tickets.TicketExpired:
        return replace(form, ticket=new_ticket(matter)), None


def kept(ticket: tickets.Ticket) -> Step | None:
    """The step that was kept under a ticket last."""
    return unsent().find(ticket.key, context.arrived_at())


def with_what_others_typed(form: CommentForm, ticket: tickets.Ticket | None) -> tuple[CommentForm, bool]:
    """The form that was sent, with what was typed into it on another page meanwhile, and whether there was any."""
    newest = kept(ticket) if ticket and form.seen else None
    if newest is None or waiting.seen(newest.form) == form.seen:
        return form, False
    return waiting.laid_over(form, newest.form), True


def go_to(matter: Consultation | PolicyFacts, step: Step) -> ResponseReturnValue:
    """Keeps a step, and leads to its address."""
    key = tickets.ours(step.form.ticket, str(matter.id)).key
    unsent().keep(key, step, context.arrived_at())
    open_comment = step.form.current if step.page in SAYING else 0
    place = url_for(
        "submissions.write",
        slug=matter.slug,
        phieu=step.form.ticket,
        buoc=PLACES[step.page] or None,
        y=open_comment or None,
    )
    return lead(place)


def lead(address: str) -> ResponseReturnValue:
    """The way to an address: 303, or for our script the address itself, which would otherwise load the page twice."""
    if request.accept_mimetypes.best == ADDRESS:
        return address, 200, {"Content-Type": ADDRESS, "Cache-Control": "no-store"}
    return redirect(address, 303)


def asked(step: Step) -> Step:
    """The page of the form that the address names; what a step said stands on its own page alone."""
    page = {place: page for page, place in PLACES.items()}.get(request.args.get("buoc", ""), "write")
    current = forms.index_of(request.args.get("y", ""), len(step.form.comments)) if page in SAYING else None
    if page == step.page and current in (None, step.form.current):
        return step
    return Step(page, step.form if current is None else replace(step.form, current=current))


def why_not(consultation: Consultation) -> str | None:
    """Why nothing is taken now; None when it is."""
    return decide(ANYBODY, Action.SEND_COMMENT, consultation, context.arrived_at())


def whole(matter: PolicyFacts) -> Consultation:
    """The matter with its bodies, for the pages that tell about it."""
    return queries.by_slug(context.session(), matter.slug)
