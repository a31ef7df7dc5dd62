"""More time for the answers of a matter, with its public reason."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.matter.answer_terms import extensions_of
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.answers import extension
from consult.responses.reporting import forms_extension
from consult.responses.reporting.shown_extension import ANSWER_DAY
from consult.responses.views_frame import page, status_of, to, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("extension", __name__)


@blueprint.get("/xu-ly/<slug>/gia-han-tra-loi/")
@access(Action.EXTEND_ANSWERS, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """The present day, what moved it before, and the form for a later one."""
    return _page(consultation, {})


@blueprint.post("/xu-ly/<slug>/gia-han-tra-loi/")
@access(Action.EXTEND_ANSWERS, of=queries.by_slug, acts_on=ANSWER_DAY)
def extend(consultation: Consultation) -> ResponseReturnValue:
    """Gives the answers until a later day."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        extension.extend_answers(session, consultation, *forms_extension.extension(request.form), actor, now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, request.form.to_dict(), wrong)
    return to("extension.ask", consultation, "done_extend_answers")


def _page(
    consultation: Consultation, form: dict[str, str], wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session = context.session()
    return page(
        "answers/extend",
        consultation,
        status_of(wrong),
        present=extension.present_day(session, consultation, clock.local_day(context.arrived_at())),
        extensions=extensions_of(session, [consultation.id]).get(consultation.id, []),
        form=form,
        **told(wrong),
    )
