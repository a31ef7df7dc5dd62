"""Standard passages at the desk: listed and searched, written, changed, put away."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.passages import found, service
from consult.responses.views_frame import page, status_of, to, told
from consult.text import one_line
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("passages", __name__)
BASE = "/xu-ly/<slug>/doan-soan-san/"
ONE = f"{BASE}<uuid:passage_id>/"
CHANGED = "a version names the one it began from, and the service refuses another"


@blueprint.get(BASE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The passages that may be used in this matter."""
    return _index(consultation)


@blueprint.post(BASE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="a new passage")
def add(consultation: Consultation) -> ResponseReturnValue:
    """Keeps a further passage."""
    form = request.form
    try:
        service.add(
            context.session(), consultation, form.get("scope", ""), form.get("title", ""), form.get("text", ""),
            context.actor(), context.arrived_at(),
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        return _index(consultation, wrong)
    return to("passages.index", consultation, "done_passage")


@blueprint.get(ONE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug)
def show(consultation: Consultation, passage_id: UUID) -> ResponseReturnValue:
    """One passage with its versions, and where it was used."""
    return _passage(consultation, passage_id)


@blueprint.post(ONE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone=CHANGED)
def change(consultation: Consultation, passage_id: UUID) -> ResponseReturnValue:
    """A further version, or puts the passage away or takes it out again."""
    form, session, now = request.form, context.session(), context.arrived_at()
    try:
        if form.get("act") in ("put_away", "take_out"):
            service.put_away(session, consultation, passage_id, form["act"] == "put_away", context.actor(), now)
            return to("passages.show", consultation, f"done_{form['act']}", passage_id=passage_id)
        began = form.get("started_from", "")
        service.change(
            session, consultation, passage_id, int(began) if began.isdecimal() else 0, form.get("title", ""),
            form.get("text", ""), context.actor(), now,
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        return _passage(consultation, passage_id, wrong)
    return to("passages.show", consultation, "done_passage", passage_id=passage_id)


def _index(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    words, archived = one_line(request.args.get("q", ""))[:200], bool(request.args.get("archived"))
    passages = found.saying(found.known(session, consultation, context.actor(), archived), words)
    return page(
        "passages/index", consultation, status_of(wrong), passages=passages[: found.LISTED], total=len(passages),
        words=words, archived=archived, form=request.form, **told(wrong),
    )  # fmt: skip


def _passage(
    consultation: Consultation, passage_id: UUID, wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    mine = found.known(session, consultation, context.actor(), archived=True)
    one = next((one for one in mine if one.id == passage_id), None)
    if one is None:
        raise NotFound
    form: Any = request.form or {"title": one.title, "text": one.text}
    return page(
        "passages/passage", consultation, status_of(wrong), passage=one, form=form,
        versions=found.versions_of(session, passage_id), uses=found.uses_of(session, passage_id), **told(wrong),
    )  # fmt: skip
