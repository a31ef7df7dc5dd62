"""Writing answers: to the comments that were ticked, or a further version of one."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NoneTaken, NotFound, Refused, listed
from consult.policy import Action
from consult.responses.answers import answer_state, drafting, stale_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.changes.named_change import changed
from consult.responses.coordination import found as coordination
from consult.responses.coordination.quotes import quotes
from consult.responses.desk import forms
from consult.responses.desk.forms import AnswerForm
from consult.responses.desk.in_sight.gathered import in_sight
from consult.responses.desk.listing import list_rows, views_place
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.desk.shown_answers import ANSWER
from consult.responses.desk.shown_comments import ANSWERED_COMMENT
from consult.responses.desk.typing import typed_places
from consult.responses.models import ResponseVersion
from consult.responses.passages import found as kept_passages
from consult.responses.passages import inserting
from consult.responses.passages import service as passages
from consult.responses.questions.seen import SeenQuestion, seen
from consult.responses.questions.service import question_about
from consult.responses.views_frame import knows_senders, page, status_of, term, to, today, told
from consult.submissions.comments import comment_state
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access, may

blueprint = Blueprint("answers", __name__)


@blueprint.get("/xu-ly/<slug>/tra-loi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def new(consultation: Consultation) -> ResponseReturnValue:
    """The form for an answer to `?comment=…`, or what there is already when one of them has one."""
    numbers = forms.numbers(request.args)
    existing = _existing(consultation, numbers)
    if existing is not None and len(numbers) == 1:
        return to("answers.edit", consultation, response_id=existing.response.id)
    return _form(consultation, AnswerForm(numbers))


@blueprint.post("/xu-ly/<slug>/tra-loi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, acts_on=ANSWERED_COMMENT)
def create(consultation: Consultation) -> ResponseReturnValue:
    """The first version of an answer."""
    return _save(consultation, None)


@blueprint.get("/xu-ly/<slug>/tra-loi/<uuid:response_id>/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def edit(consultation: Consultation, response_id: UUID) -> ResponseReturnValue:
    """The form for a further version."""
    answer = answer_state.one(context.session(), consultation.id, response_id)
    said = answer.latest
    place = _place_now(consultation, said) if said.change_path else ""
    form = AnswerForm(answer.numbers, said.disposition.value, said.text, said.change, place, said.version)
    return _form(consultation, form, answer)


@blueprint.post("/xu-ly/<slug>/tra-loi/<uuid:response_id>/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, acts_on=(ANSWER, ANSWERED_COMMENT))
def save(consultation: Consultation, response_id: UUID) -> ResponseReturnValue:
    """A further version."""
    return _save(consultation, response_id)


@blueprint.post("/xu-ly/<slug>/tra-loi/chen/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="nothing is saved: the form comes back with a passage in it")
def insert(consultation: Consultation) -> ResponseReturnValue:
    """The form as it was typed with a standard passage behind the text."""
    session, typed = context.session(), forms.answer(request.form)
    quoted = quotes(coordination.of_comments(session, consultation, typed.numbers), say)
    chosen = forms.optional_key(request.form, "insert")
    form = inserting.with_passage(session, consultation, typed, chosen, quoted, context.actor())
    response_id = forms.optional_key(request.args, "tra-loi")
    answer = answer_state.one(session, consultation.id, response_id) if response_id else None
    # What another saved meanwhile stands beside it, as when one saves.
    newer = answer is not None and answer.latest.version != form.started_from
    wrong = Refused("changed_meanwhile", numbers=listed(form.numbers)) if newer else None
    return _form(consultation, form, answer, wrong)


def _save(consultation: Consultation, response_id: UUID | None) -> ResponseReturnValue:
    form, session = forms.answer(request.form), context.session()
    place = _places(consultation).path_of(form.change_path) if form.change_path else ""
    actor, now = context.actor(), context.arrived_at()
    draft = partial(
        drafting.draft_answer, session, consultation, form.numbers, form.disposition, form.text, actor, now,
        response_id, form.change, place, form.started_from if response_id else None, form.ticked,
    )  # fmt: skip
    try:
        made = passages.noting(session, consultation, form.passages, draft, actor, now)
    except (Invalid, Refused) as wrong:
        return _again(consultation, form, response_id, wrong)
    if "next" not in request.form:
        return to("answers.edit", consultation, "done_draft", response_id=made.id)
    after = views_place.beside(consultation, max(form.numbers)).after
    if after is None:
        flash("desk.done_draft_last")
        return redirect(views_place.list_address(consultation), 303)
    return to("answers.new", consultation, "done_draft", comment=after)


def _again(
    consultation: Consultation, form: AnswerForm, response_id: UUID | None, wrong: Invalid | Refused
) -> ResponseReturnValue:
    """The form as it was typed; when somebody else wrote meanwhile, with what they wrote beside it."""
    session = context.session()
    session.rollback()
    answer = answer_state.one(session, consultation.id, response_id) if response_id else None
    if answer is None and isinstance(wrong, Refused):
        answer = _existing(consultation, form.numbers)
    return _form(consultation, form, answer, wrong)


def _place_now(consultation: Consultation, said: ResponseVersion) -> str:
    """The place that an answer names in the words of the newest draft, in which it is looked up when it is saved; one
    that this draft does not have stays as it was typed."""
    known = _places(consultation)
    found = changed(context.session(), consultation, said)
    return known.words_of(found.path) if found.path and found.revision == known.meant else said.change_path


def _places(consultation: Consultation) -> typed_places.NamedPlaces:
    return typed_places.places(context.session(), consultation, say)


def _existing(consultation: Consultation, numbers: list[int]) -> Answer | None:
    """The answer that one of these comments has already."""
    found = list_rows.lines(context.session(), consultation, numbers, None, today())
    return next((line.answer for line in found if line.answer is not None), None)


def _form(
    consultation: Consultation, form: AnswerForm, answer: Answer | None = None, wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session = context.session()
    senders = knows_senders(consultation)
    found = list_rows.lines(session, consultation, form.numbers, term(consultation), today(), senders=senders)
    if len(found) != len(set(form.numbers)):
        raise NotFound
    names = answer_state.names(session, [answer] if answer else [])
    states = comment_state.read(session, consultation.id, answer.numbers) if answer else []
    return page(
        "answers/answer",
        consultation,
        status_of(wrong),
        form=form,
        lines=found,
        beside=in_sight(session, consultation, found, today(), senders),
        answer=answer,
        happened=stale_answers.happened(answer, states) if answer else (),
        names=names,
        list_address=views_place.list_address(consultation),
        passages=kept_passages.known(session, consultation, context.actor()),
        words=coordination.of_comments(session, consultation, form.numbers),
        today=today(),
        question=_question(consultation, found),
        **_rest(consultation, form, answer, wrong, stale_answers.ended(answer, states) if answer else []),
        **told(wrong),
    )


def _question(consultation: Consultation, lines: list[CaseLine]) -> SeenQuestion | None:
    """What the sender was asked, where the answer is to one comment alone: the clock may stand still."""
    if len(lines) != 1 or lines[0].closed:
        return None
    asked = question_about(context.session(), consultation.id, lines[0].id)
    return seen(asked, may(Action.TRIAGE, consultation))


def _rest(
    consultation: Consultation, form: AnswerForm, answer: Answer | None, wrong: Invalid | Refused | None,
    ended: list[int],
) -> dict[str, Any]:  # fmt: skip
    """The comments without which the answer can be saved (refused just now, or `ended` since it was written), those
    that it is then for, and where to."""
    left = wrong.left if isinstance(wrong, NoneTaken) else {}
    refused = {number for numbers in left.values() for number in numbers}
    without = sorted(refused or {*ended} & {*form.numbers})
    rest = [number for number in form.numbers if number not in without]
    url = url_for("desk.answers.create", slug=consultation.slug)
    if answer is not None and "response_id" in (request.view_args or {}):
        url = url_for("desk.answers.save", slug=consultation.slug, response_id=answer.response.id)
    return {"without": without if rest else [], "rest": rest, "rest_url": url}
