"""The tags of a matter on its desk: counted, each leading to its comments, called otherwise, merged, let go of."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.responses.tags import reading, service
from consult.responses.tags.service import TAGGING
from consult.responses.tags.shown import TAG
from consult.responses.views_frame import page, status_of, to, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("tags", __name__)
BASE = "/xu-ly/<slug>/nhan/"


@blueprint.get(BASE)
@access(TAGGING, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Every tag."""
    return _index(consultation)


@blueprint.post(f"{BASE}<int:number>/")
@access(TAGGING, of=queries.by_slug, acts_on=TAG)
def change(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Does what a button says with one tag."""
    act, session, now = request.form.get("act", ""), context.session(), context.arrived_at()
    try:
        if act == "rename":
            service.rename(session, consultation, number, request.form.get("tag_name", ""), context.actor(), now)
        elif act == "merge":
            into = request.form.get("into", "")
            meant = int(into) if into.isascii() and into.isdigit() and len(into) < 9 else 0
            service.merge(session, consultation, number, meant, context.actor(), now)
        elif act == "let_go":
            service.let_go(session, consultation, number, context.actor(), now)
        else:
            raise NotFound
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _index(consultation, number, wrong)
    return to("tags.index", consultation, f"done_tag_{act}")


def _index(consultation: Consultation, number: int = 0, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    found = reading.counted(context.session(), consultation.id)
    return page("tags/index", consultation, status_of(wrong), tags=found, at=number, typed=request.form, **told(wrong))
