"""What a body was asked to listen to: the sound, its language and its clause, and nothing of who sent it."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, may_hear
from consult.submissions import anchors
from consult.submissions.comments import listing
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.visible import is_set_apart
from consult.submissions.form import quotes
from consult.submissions.receiving.models import Attachment
from consult.submissions.voices import listening_requests, views_page
from consult.submissions.voices.shown import HEARD
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access
from consult.workspace.views_frame import page

blueprint = Blueprint("listening", __name__)


@blueprint.get("/to-chuc/nghe/")
@access(Action.SIGN_IN_NEEDED)
def index() -> ResponseReturnValue:
    """The voices that one's bodies were asked to write down."""
    own = {seat.organisation_id for seat in context.actor().seats}
    rows = [
        {
            "url": url_for("listening.hear", slug=one.consultation.slug, number=one.comment.number),
            "name": _number(one.comment.number),
            "language": say(f"language.{one.voice.language or 'other'}"),
            "matter": one.consultation.title,
            "body": one.organisation,
        }
        for one in listening_requests.to_hear(context.session(), own)
        if may_hear(context.actor(), one.consultation, own)
    ]
    return page("listening", rows=rows)


@blueprint.get("/to-chuc/nghe/<slug>/<int(max=999999999):number>/")
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug)
def hear(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One voice, and what was written down of it."""
    return _page(consultation, number)


@blueprint.post("/to-chuc/nghe/<slug>/<int(max=999999999):number>/")
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug, acts_on=HEARD)
def act(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Writes down, checks or sends back."""
    _heard(consultation, number)
    try:
        done = views_page.act(consultation, number)
    except Invalid as invalid:
        return _page(consultation, number, 422, form=views_page.typed(), errors=invalid.errors)
    except Refused as refused:
        return _page(consultation, number, 409, form=views_page.typed(), refusal=refused)
    flash(f"desk.{done}")
    return redirect(url_for("listening.hear", slug=consultation.slug, number=number), 303)


@blueprint.get("/to-chuc/nghe/<slug>/<int(max=999999999):number>/tieng/")
@access(Action.SIGN_IN_NEEDED, of=queries.by_slug)
def sound(consultation: Consultation, number: int) -> Response:
    """The voice itself."""
    return views_page.sound(_heard(consultation, number)[1])


def _heard(consultation: Consultation, number: int) -> tuple[CommentState, Attachment]:
    """What one of the person's bodies was asked to hear; anything else does not exist."""
    one, voice = views_page.found(consultation, number)
    asked = listening_requests.bodies_asked(context.session(), consultation.id, one.comment.id)
    if is_set_apart(one.outcome, one.visibility) or not may_hear(context.actor(), consultation, asked):
        raise NotFound
    return one, voice


def _page(consultation: Consultation, number: int, status: int = 200, **given: Any) -> ResponseReturnValue:
    one, voice = _heard(consultation, number)
    about = listing.public_comment(context.session(), consultation, number)
    if about is None:
        raise NotFound
    anchor = anchors.written(about.document, about.revision, about.path, about.page) if about.document else ""
    place = quotes.quoted(context.session(), consultation, anchors.parse(anchor), text=True)
    values = {**views_page.values(one, voice), "errors": {}, "refusal": None, **given}
    return page("hear", status, consultation=consultation, number=number, about=about, place=place, **values)


def _number(number: int) -> str:
    return say("voice.comment", number=number)
