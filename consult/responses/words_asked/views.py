"""The desk asks other bodies for their word: what was asked, asking, taking down a reply, asking no more."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.coordination import bodies, found, service
from consult.responses.desk import forms as desk_forms
from consult.responses.desk.listing import list_rows
from consult.responses.views_frame import knows_senders, page, status_of, to, today, told
from consult.responses.words_asked import forms
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("coordination", __name__)
BASE = "/xu-ly/<slug>/phoi-hop/"
ONE = f"{BASE}<uuid:request_id>/"
ONCE = "what is replied to or withdrawn once, and the service refuses a second time"


@blueprint.get(BASE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """What was asked in this matter, and what was replied."""
    return _index(consultation)


@blueprint.get(f"{BASE}moi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def new(consultation: Consultation) -> ResponseReturnValue:
    """The form that asks about `?comment=…`."""
    return _form(consultation, desk_forms.numbers(request.args))


@blueprint.post(f"{BASE}moi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="a question of its own; comments are only read for it")
def ask(consultation: Consultation) -> ResponseReturnValue:
    """Asks every body that was named."""
    form, session, now = request.form, context.session(), context.arrived_at()
    numbers = desk_forms.numbers(form)
    known = bodies.offered(session, now)
    named = [bodies.meant(session, typed, known) for typed in forms.bodies(form)]
    try:
        service.ask(session, consultation, numbers, named, forms.question(form), context.actor(), now)
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _form(consultation, numbers, wrong)
    return to("coordination.index", consultation, "done_word_asked")


@blueprint.post(ONE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone=ONCE)
def act(consultation: Consultation, request_id: UUID) -> ResponseReturnValue:
    """Takes a reply down that came by letter, or asks no more."""
    form, session, actor, now = request.form, context.session(), context.actor(), context.arrived_at()
    try:
        if form.get("act") == "withdraw":
            service.withdraw(session, consultation, request_id, actor, now)
            return to("coordination.index", consultation, "done_word_withdrawn")
        file = forms.file()
        said = form.get("reply", ""), form.get("reply_letter", "")
        service.record_reply(session, consultation, request_id, *said, file, actor, now)
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _one(consultation, request_id, wrong)
    return to("coordination.show", consultation, "done_word_recorded", request_id=request_id)


@blueprint.get(ONE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def show(consultation: Consultation, request_id: UUID) -> ResponseReturnValue:
    """What one body was asked, and its word."""
    return _one(consultation, request_id)


@blueprint.get(f"{ONE}tep/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def file(consultation: Consultation, request_id: UUID) -> Response:
    """The file that came with a reply, to be saved."""
    one = service.find(context.session(), consultation, request_id)
    if not one.file_hash:
        raise NotFound
    return downloads.kept(one.file_hash, one.file_type, one.file_name)


def _index(consultation: Consultation) -> ResponseReturnValue:
    state = request.args.get("loc", "")
    listed = found.of_matter(context.session(), consultation, state, desk_forms.page(request.args), today())
    return page("coordination/index", consultation, listed=listed, state=state, today=today())


def _form(
    consultation: Consultation, numbers: list[int], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session, senders = context.session(), knows_senders(consultation)
    lines = list_rows.lines(session, consultation, numbers, None, today(), senders=senders)
    if len(lines) != len(set(numbers)):
        raise NotFound
    named = forms.bodies(request.form)
    typed = [*named, *[""] * max(1, forms.ROOM - len(named))]
    values: dict[str, Any] = {"numbers": numbers, "lines": lines, "form": request.form, "typed": typed}
    known = bodies.offered(session, context.arrived_at())
    return page("coordination/new", consultation, status_of(wrong), known=known, **values, **told(wrong))


def _one(consultation: Consultation, request_id: UUID, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    one = service.find(session, consultation, request_id)
    numbers = found.numbers_of(session, consultation.id, [one]).get(one.id, [])
    return page(
        "coordination/request", consultation, status_of(wrong), one=one, numbers=numbers, today=today(),
        form=request.form, **told(wrong),
    )  # fmt: skip
