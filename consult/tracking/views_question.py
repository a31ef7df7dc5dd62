"""What the sender of a comment says to what they were asked, by both codes."""

from flask import request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.responses.questions import service as questions
from consult.submissions.models import Joiner
from consult.tracking import forms, lookup, views_opening
from consult.tracking.views_frame import blueprint
from consult.tracking.views_own import done, own_page
from consult.web import context
from consult.web.guard import public


@blueprint.post("/tra-cuu/<code>/tra-loi-cau-hoi/")
@public(alone="the one reply to a question that never changes")
def reply(code: str) -> ResponseReturnValue:
    """Keeps the reply."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    number, typed = forms.number(request.form), request.form.to_dict()
    if number not in questions.questions_to(context.session(), submission):
        raise NotFound
    if expired:
        return own_page(submission, code, replying=typed, notice="expired", status=409)
    matter = lookup.matter_of(context.session(), submission)
    try:
        questions.reply(context.session(), matter, number, typed.get("reply", ""), None, context.arrived_at())
    except Invalid as invalid:
        return own_page(submission, code, replying=typed, errors=invalid.errors, status=422)
    except Refused as refused:
        return own_page(submission, code, replying=typed, refused=refused, status=409)
    return done(code, "replied")
