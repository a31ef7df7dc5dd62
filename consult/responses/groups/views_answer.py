"""One answer to a group: for who said the very same, and for whose difference was looked at."""

from functools import partial
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.answers import drafting
from consult.responses.coordination import found as coordination
from consult.responses.coordination.quotes import quotes
from consult.responses.desk.forms import optional_key
from consult.responses.desk.in_sight.gathered import in_sight
from consult.responses.desk.typing import typed_places
from consult.responses.groups import forms
from consult.responses.groups.covering import Covered, covered
from consult.responses.groups.forms import GroupAnswer
from consult.responses.groups.opened import opened
from consult.responses.groups.shown import GROUP_ANSWERED
from consult.responses.passages import found as kept_passages
from consult.responses.passages import inserting
from consult.responses.passages import service as passages
from consult.responses.views_frame import knows_senders, page, status_of, to, today, told
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("answer", __name__)


@blueprint.get("/xu-ly/<slug>/nhom/<int:number>/tra-loi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def ask(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The form for the answer to a group, or for a further version of it."""
    found = covered(context.session(), consultation, number, knows_senders(consultation))
    return _form(consultation, number, found, _begun(consultation, found))


@blueprint.post("/xu-ly/<slug>/nhom/<int:number>/tra-loi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, acts_on=GROUP_ANSWERED)
def save(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The answer for the comments that the form was for; who came meanwhile is not among them."""
    form, session = forms.answer(request.form), context.session()
    found = covered(session, consultation, number, knows_senders(consultation))
    numbers = forms.covers(request.form)
    # Only what may be answered together: nobody writes another number into the form.
    if not set(numbers) <= set(found.numbers):
        return _form(consultation, number, found, form, Refused("group_changed"))
    known = typed_places.places(session, consultation, say)
    path = known.path_of(form.change_path) if form.change_path else ""
    response = found.answer.response.id if found.answer else None
    actor, now = context.actor(), context.arrived_at()
    draft = partial(
        drafting.draft_answer, session, consultation, numbers, form.disposition, form.text, actor, now,
        response, form.change, path, form.started_from if response else None, form.ticked,
    )  # fmt: skip
    try:
        passages.noting(session, consultation, form.passages, draft, actor, now)
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _form(consultation, number, found, form, wrong)
    return to("groups.show", consultation, "done_draft", number=number)


@blueprint.post("/xu-ly/<slug>/nhom/<int:number>/tra-loi/chen/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="nothing is saved: the form comes back with a passage in it")
def insert(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The form as it was typed with a standard passage behind the text."""
    session, typed = context.session(), forms.answer(request.form)
    found = covered(session, consultation, number, knows_senders(consultation))
    quoted = quotes(coordination.of_comments(session, consultation, found.numbers), say)
    chosen = optional_key(request.form, "insert")
    form = inserting.with_passage(session, consultation, typed, chosen, quoted, context.actor())
    return _form(consultation, number, found, form)


def _begun(consultation: Consultation, found: Covered) -> GroupAnswer:
    """What stands in the form at first: what was written so far, or what was published for the group before."""
    before = found.answer or found.earlier
    if before is None:
        return GroupAnswer()
    said = before.latest
    place = ""
    if said.change_path:
        place = typed_places.places(context.session(), consultation, say).words_of(said.change_path)
    version = said.version if found.answer else 0
    return GroupAnswer(said.disposition.value, said.text, said.change, place, version)


def _form(
    consultation: Consultation, number: int, found: Covered, form: GroupAnswer, wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session, senders = context.session(), knows_senders(consultation)
    group = opened(session, consultation, number, 1, today(), senders)
    if group is None:
        raise NotFound
    beside = in_sight(session, consultation, [group.sample], today(), senders).get(group.sample.number)
    values: dict[str, Any] = {"opened": group, "covered": found, "form": form, "beside": beside}
    return page(
        "groups/answer", consultation, status_of(wrong), covers=forms.in_short(found.numbers),
        passages=kept_passages.known(session, consultation, context.actor()), today=today(),
        words=coordination.of_comments(session, consultation, found.numbers), **values, **told(wrong),
    )  # fmt: skip
