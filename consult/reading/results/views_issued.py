"""The text that was issued, and every accepted point followed into it."""

from flask import render_template

from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import issuing
from consult.consultations.revisions import successors
from consult.errors import NotFound
from consult.policy import Action
from consult.reading.views_frame import blueprint, page_number
from consult.responses.changes.followed import followed
from consult.submissions import anchors
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public

PAGE_SIZE = 50


@blueprint.get("/lay-y-kien/<slug>/ban-hanh/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang",))
def issued(consultation: Consultation) -> str:
    """Number, day and file, how many accepted points the text holds, and those that it does not."""
    session = context.session()
    found = issuing.issued_of(session, consultation)
    if found is None:
        raise NotFound
    revision = session.get_one(Revision, (consultation.id, found.revision_id))
    points = followed(session, consultation, successors.line_to(session, revision))
    lost = [one for one in points if not one.changed]
    at, last = page_number(), max(1, -(-len(lost) // PAGE_SIZE))
    if at > last:
        raise NotFound
    return render_template(
        "reading/results/issued.html",
        consultation=consultation,
        issued=found,
        revision=revision,
        kept=len(points) - len(lost),
        total=len(lost),
        lost=lost[(at - 1) * PAGE_SIZE : at * PAGE_SIZE],
        at=at,
        last=last,
        place_of=lambda place: anchors.label_of(place, say),
    )
