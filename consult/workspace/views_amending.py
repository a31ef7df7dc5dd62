"""Changing a letter that was sent, its data, what its critique says, its points: a version beside the old one."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.people.organisations import letter_place, numbers_letters
from consult.policy import Action
from consult.submissions.form import quotes
from consult.submissions.models import Submission
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access
from consult.workspace import amending, forms, sent_letters, views_steps
from consult.workspace.content import DraftContent
from consult.workspace.shown_remark import LETTER
from consult.workspace.versions import into_amendment, saving
from consult.workspace.views_frame import clauses_of, field_label, page

blueprint = Blueprint("amending", __name__)
ADDRESS = "/to-chuc/<slug>/da-gui/<int:number>/sua/"
STEPS = frozenset({"add", "remove"})


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The letter as it stands, to be changed, or as a version that was saved beside it has it; or why it may not be."""
    session, submission = context.session(), _found(consultation, number)
    why_not = amending.why_not(session, consultation, submission, context.actor(), context.arrived_at())
    refusal = Refused(why_not) if why_not else None
    if beside := forms.number(request.args.get("ban", "")):
        made = into_amendment.proposed(session, submission, beside)
        return _page(consultation, submission, typed=made.content, out=made.out, refusal=refusal)
    return _page(consultation, submission, refusal=refusal)


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=LETTER)
def amend(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Keeps the new version; the old one stays beside it. One point more or fewer is only put into the form."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    submission, typed, out = _found(consultation, number), forms.content(request.form), forms.taken_out(request.form)
    name, about = forms.step(request.form)
    alike = amending.same_letter(session, consultation, submission, typed, now)
    if alike is not None and name not in STEPS and request.form.get("same_letter") != str(alike.number):
        return _page(consultation, submission, 409, typed, out, alike=alike)
    try:
        if name in STEPS:
            reshaped = views_steps.reshaped(consultation, typed, name, about)
            return _page(consultation, submission, typed=reshaped, out=out, opened=reshaped.comments[-1].key)
        made = amending.amend(session, consultation, submission, typed, actor, now, out)
    except Invalid as invalid:
        return _page(consultation, _found(consultation, number), 422, typed, out, errors=invalid.errors)
    except Refused as refused:
        return _page(consultation, _found(consultation, number), 409, typed, out, refusal=refused)
    if beside := forms.number(request.form.get("ban", "")):
        _used(consultation, number, beside)
    flash("workspace.letter_amended" if made else "workspace.letter_as_before")
    return redirect(url_for("workspace.sending.sent", slug=consultation.slug, number=number), 303)


def _used(consultation: Consultation, number: int, beside: int) -> None:
    """The version that the amendment was made of waits no more."""
    session = context.session()
    draft, version = into_amendment.find(session, _found(consultation, number), beside)
    saving.leave(session, consultation, draft.id, version.number, context.actor(), context.arrived_at())


def _found(consultation: Consultation, number: int) -> Submission:
    return sent_letters.find(context.session(), consultation, number, context.actor())


def _page(
    consultation: Consultation, submission: Submission, status: int = 200, typed: DraftContent | None = None,
    out: Collection[int] = (), alike: Submission | None = None, **told: Any,
) -> ResponseReturnValue:  # fmt: skip
    session, body = context.session(), submission.organisation
    typed = amending.content_of(session, submission) if typed is None else typed
    errors: dict[str, str] = told.get("errors", {})
    return page(
        "amend",
        status,
        **{"errors": {}, "refusal": None, "opened": "", **told},
        consultation=consultation,
        submission=submission,
        organisation=body,
        content=typed,
        labels={name: field_label(name) for name in errors},
        out=out,
        standing={str(one.number): one for one in amending.points_of(session, submission)},
        places=clauses_of(consultation, typed),
        choices=quotes.choices(session, consultation, say),
        beside=forms.number(request.values.get("ban", "")),
        alike=alike,
        numbered=body is None or numbers_letters(body.kind, body.level),
        letter_place=submission.letter_place or (letter_place(body) if body else ""),
    )
