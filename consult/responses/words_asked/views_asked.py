"""What a body was asked, for its people: the question, the comments without who sent them, the reply."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.coordination import found, service
from consult.responses.coordination.models import CoordinationRequest
from consult.responses.views_frame import place_of, status_of, today, told
from consult.responses.words_asked import forms, shown_lines
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("words_asked", __name__)
ONE = "/to-chuc/phoi-hop/<slug>/<uuid:request_id>/"


@blueprint.get("/to-chuc/phoi-hop/")
@access(Action.SIGN_IN_NEEDED)
def index() -> ResponseReturnValue:
    """What one's bodies were asked, and what they replied."""
    session, actor = context.session(), context.actor()
    waiting, replied = found.asked_of(session, actor), found.asked_of(session, actor, replied=True)
    return _page("asked_list", waiting=waiting, replied=replied, today=today())


@blueprint.get("/to-chuc/phoi-hop/<slug>/")
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug)
def of_matter(consultation: Consultation) -> ResponseReturnValue:
    """What one's bodies were asked in one matter. Raises NotFound where nothing was."""
    session, actor = context.session(), context.actor()
    waiting, replied = found.asked_of(session, actor), found.asked_of(session, actor, replied=True)
    mine = [[pair for pair in several if pair[0].id == consultation.id] for several in (waiting, replied)]
    if not any(mine):
        raise NotFound
    return _page("asked_list", waiting=mine[0], replied=mine[1], today=today())


@blueprint.get(ONE)
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug)
def show(consultation: Consultation, request_id: UUID) -> ResponseReturnValue:
    """One question with the comments that it is about."""
    return _one(consultation, request_id)


@blueprint.post(ONE)
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug, alone="the one reply to a question, which the service takes once")
def reply(consultation: Consultation, request_id: UUID) -> ResponseReturnValue:
    """Keeps the word of the body."""
    _asked(consultation, request_id)
    session, now = context.session(), context.arrived_at()
    try:
        file = forms.file()
        service.reply(session, consultation, request_id, request.form.get("reply", ""), file, context.actor(), now)
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _one(consultation, request_id, wrong)
    flash("desk.done_word_replied")
    return redirect(url_for("words_asked.show", slug=consultation.slug, request_id=request_id), 303)


@blueprint.get(f"{ONE}tep/")
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug)
def file(consultation: Consultation, request_id: UUID) -> Response:
    """The file that the body itself sent."""
    one = _asked(consultation, request_id)
    if not one.file_hash:
        raise NotFound
    return downloads.kept(one.file_hash, one.file_type, one.file_name)


def _asked(consultation: Consultation, request_id: UUID) -> CoordinationRequest:
    """What one of the person's bodies was asked; anything else, and what was withdrawn, does not exist."""
    one = service.find(context.session(), consultation, request_id)
    if not service.asked_of(one, context.actor()) or one.withdrawn_at is not None:
        raise NotFound
    return one


def _one(consultation: Consultation, request_id: UUID, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    one, session = _asked(consultation, request_id), context.session()
    numbers = found.numbers_of(session, consultation.id, [one]).get(one.id, [])
    lines = shown_lines.lines_for_asked(session, consultation, numbers, today())
    return _page(
        "asked", status_of(wrong), consultation=consultation, one=one, lines=lines, place_of=place_of, today=today(),
        form=request.form, **{"errors": {}, "refusal": None, **told(wrong)},
    )  # fmt: skip


def _page(name: str, status: int = 200, **values: object) -> ResponseReturnValue:
    html = render_template(
        f"responses/desk/coordination/{name}.html", actor=context.actor(), now=context.arrived_at(), **values
    )
    return html, status, {"Cache-Control": "no-store"}
