"""Where the law on grassroots democracy applies: each place with its numbers, and what is decided of it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.majority import service, tally
from consult.responses.majority.shown import MAJORITY
from consult.responses.majority.tally import Tally
from consult.responses.views_frame import page, status_of, to, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("majority", __name__)
BASE = "/xu-ly/<slug>/y-kien-da-so/"
WAYS = ("follows", "differs")


@blueprint.get(BASE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """All places of which the numbers may be told."""
    if not tally.applies(consultation):
        raise NotFound
    found = tally.tallies(context.session(), consultation)
    return page("majority/index", consultation, found=found, key_of=tally.key_of)


@blueprint.get(f"{BASE}<key>/")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def place(consultation: Consultation, key: str) -> ResponseReturnValue:
    """One place: the numbers, what was written, and the form."""
    return _page(consultation, _found(consultation, key))


@blueprint.post(f"{BASE}<key>/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, acts_on=MAJORITY)
def decide(consultation: Consultation, key: str) -> ResponseReturnValue:
    """Writes what is decided of it."""
    one, way = _found(consultation, key), request.form.get("way", "")
    session, now, text = context.session(), context.arrived_at(), request.form.get("text", "")
    try:
        if way not in WAYS:
            raise Invalid({"way": "choose_one"})
        service.decide(session, consultation, one.provision_id, way == "follows", text, context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, one, wrong)
    return to("majority.index", consultation, "done_majority")


def _found(consultation: Consultation, key: str) -> Tally:
    every = tally.tallies(context.session(), consultation)
    found = next((one for one in every if tally.key_of(one) == key), None)
    if found is None:
        raise NotFound
    return found


def _page(consultation: Consultation, one: Tally, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    written = one.decision
    kept = {"way": WAYS[0] if written.follows else WAYS[1], "text": written.text} if written else {}
    return page(
        "majority/place", consultation, status_of(wrong), one=one, key=tally.key_of(one),
        form=request.form if wrong else kept, **told(wrong),
    )  # fmt: skip
