"""Discarding a matter in preparation: what would go, and the act."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.desk.shown_facts import DISCARDED
from consult.consultations.desk.views_frame import page, with_refusal
from consult.consultations.invitations import service as invitations
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import discard as discarding
from consult.consultations.preparation import publication_digest
from consult.consultations.preparation import service as preparation
from consult.errors import NotFound, Refused
from consult.policy import Action
from consult.web import context, shown
from consult.web.guard import access

blueprint = Blueprint("discarding", __name__)


@blueprint.get("/xu-ly/<slug>/chuan-bi/bo/")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def ask(consultation: Consultation) -> ResponseReturnValue:
    """What goes with the matter."""
    return _page(consultation)


@blueprint.post("/xu-ly/<slug>/chuan-bi/bo/")
@access(Action.USE_DESK, acts_on=DISCARDED)
def discard(slug: str) -> ResponseReturnValue:
    """Discards it. Pressed once more, or for what is not there, it leads to the matters that are."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        consultation = queries.by_slug(session, slug)
        discarding.discard(session, consultation, shown.sent("discarded/matter", "all"), actor, now)
    except NotFound:
        return redirect(url_for("work.index"), 303)
    except Refused as refused:
        if refused.reason != "changed_since_shown":
            raise
        return _page(queries.by_slug(session, slug), refused)
    flash("preparation.discarded")
    return redirect(url_for("work.index"), 303)


def _page(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    answer = page(
        "discard",
        consultation=consultation,
        filed=publication_digest.filed(session, publication_digest.hidden(session, consultation.id)),
        periods=preparation.periods_of(session, consultation.id),
        asked=len(invitations.invitations_of(session, consultation.id)),
        refusal=refusal,
    )
    return with_refusal(answer, refusal)
