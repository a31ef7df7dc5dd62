"""What a sender asks of the data they left, by both codes: a copy at once, a correction or erasure from the desk. Who
joined a comment left nothing but how to reach them, which is forgotten at once."""

from flask import request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.responses.data_requests import copies, service, views_copy
from consult.submissions.models import Joiner
from consult.tracking import lookup, views_joined, views_opening
from consult.tracking.views_frame import blueprint
from consult.tracking.views_own import done, own_page
from consult.web import context
from consult.web.guard import public


@blueprint.post("/tra-cuu/<code>/ban-sao/")
@public(alone="reads only")
def data_copy(code: str) -> ResponseReturnValue:
    """Everything that is held of who sent it: as data, or as a PDF by the button of that name."""
    submission, _expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    matter = lookup.matter_of(context.session(), submission)
    made = copies.copy_of(context.session(), matter, submission, context.arrived_at())
    try:
        return views_copy.answered(made, "pdf" if request.form.get("kind") == "pdf" else "json")
    except Refused as refused:
        return own_page(submission, code, refused=refused, status=409)


@blueprint.post("/tra-cuu/<code>/du-lieu/")
@public(alone="a new request of one's own")
def ask_data(code: str) -> ResponseReturnValue:
    """Asks the desk to correct or erase; of who joined, forgets how to reach them."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        return views_joined.forget(submission, code, expired) or done(code, "contact_forgotten")
    typed = request.form.to_dict()
    if expired:
        return own_page(submission, code, asking_data=typed, notice="expired", status=409)
    matter = lookup.matter_of(context.session(), submission)
    kind, said = typed.get("data_kind", ""), typed.get("said", "")
    try:
        service.ask(context.session(), matter, submission, kind, said, context.arrived_at())
    except Invalid as invalid:
        return own_page(submission, code, asking_data=typed, errors=invalid.errors, status=422)
    except Refused as refused:
        return own_page(submission, code, asking_data=typed, refused=refused, status=409)
    return done(code, "data_asked")
