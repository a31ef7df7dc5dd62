"""A spoken comment on the desk: hearing it, writing it down, checking, and asking a body that speaks the language."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.desk import comment_case, forms
from consult.responses.views_frame import CONFLICT, OK, UNPROCESSABLE, page, term, to, today
from consult.submissions.voices import listening_requests, views_page
from consult.submissions.voices.shown import VOICE
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("voices", __name__)


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/nghe/")
@access(Action.TRANSCRIBE, of=queries.by_slug)
def hear(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The voice, and what was written down of it."""
    return _page(consultation, number)


@blueprint.post("/xu-ly/<slug>/y-kien/<int:number>/nghe/")
@access(Action.TRANSCRIBE, of=queries.by_slug, acts_on=VOICE)
def act(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Writes down, checks or sends back; asks a body, or asks it no more (`stop:<id>`)."""
    word, _colon, key = request.form.get("act", "").partition(":")
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        if word == "ask":
            body = forms.optional_key(request.form, "body")
            if body is None:
                raise Invalid({"body": "required"})
            listening_requests.ask(session, consultation, number, body, actor, now)
            done = "done_listening_ask"
        elif word == "stop":
            listening_requests.ask_no_more(session, consultation, number, forms.key(key), actor, now)
            done = "done_listening_stop"
        else:
            done = views_page.act(consultation, number)
    except Invalid as invalid:
        return _page(consultation, number, UNPROCESSABLE, form=views_page.typed(), errors=invalid.errors)
    except Refused as refused:
        return _page(consultation, number, CONFLICT, form=views_page.typed(), refusal=refused)
    return to("voices.hear", consultation, done, number=number)


@blueprint.get("/xu-ly/<slug>/y-kien/<int:number>/nghe/tieng/")
@access(Action.TRANSCRIBE, of=queries.by_slug)
def sound(consultation: Consultation, number: int) -> Response:
    """The voice itself."""
    return views_page.sound(views_page.found(consultation, number)[1])


def _page(consultation: Consultation, number: int, status: int = OK, **given: Any) -> ResponseReturnValue:
    session = context.session()
    one, voice = views_page.found(consultation, number)
    found = comment_case.case_of(session, consultation, number, term(consultation), today(), True, True)
    asked = listening_requests.bodies_asked(session, consultation.id, one.comment.id)
    bodies = listening_requests.bodies_to_ask(session, consultation)
    values = {**views_page.values(one, voice), **given}
    return page(
        "comment/voice",
        consultation,
        status,
        case=found,
        asked=[body for body in bodies if body.id in asked],
        bodies=[(str(body.id), body.name) for body in bodies if body.id not in asked],
        **values,
    )
