"""Commendations under a programme: for any body that proposes one, and for the parties, which check and decide."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.hints import belief
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Action
from consult.programme import bodies, heads
from consult.programme.commendations import checking, forms, proposing
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.shown import COMMENDATION
from consult.programme.views_frame import Wrong, forget, letter_file, now, page, page_number, to, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("commendations", __name__)
BASE = "/phoi-hop/khen-thuong/<slug>/"
ONE = f"{BASE}<int:number>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The commendations that somebody may read, and where one is proposed."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new proposal")
def propose(slug: str) -> ResponseReturnValue:
    """Proposes one."""
    session = context.session()
    try:
        new = forms.commendation(request.form, letter_file("file"))
        made = proposing.propose(session, heads.public(session, slug), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("commendations.show", "commendation.proposed", slug=slug, number=made.number)


@blueprint.get(ONE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One of them, for the parties with what is found of the same body or name."""
    return shown_page(slug, number)


@blueprint.post(ONE)
@access(Action.USE_PROGRAMME, acts_on=COMMENDATION)
def change(slug: str, number: int) -> ResponseReturnValue:
    """Corrects a proposal, which is then checked and decided anew."""
    try:
        new = forms.commendation(request.form, letter_file("file"))
        proposing.change(context.session(), found_one(slug, number), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return shown_page(slug, number, wrong, "facts")
    return to("commendations.show", "commendation.changed", slug=slug, number=number)


@blueprint.get(f"{ONE}tep/")
@access(Action.USE_PROGRAMME)
def file(slug: str, number: int) -> ResponseReturnValue:
    """The file of the evidence, for who may read the proposal."""
    found = found_one(slug, number)
    if not found.file_hash:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


def found_one(slug: str, number: int) -> Commendation:
    """The one of this address. Raises NotFound for who may not read it."""
    session = context.session()
    return proposing.commendation_of(session, heads.found(session, slug), number, context.actor())


def shown_page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    """The page of one of them, after what was `wrong` with the form of that name."""
    forget(wrong)
    found, actor = found_one(slug, number), context.actor()
    decides, begun, choices = proposing.decides(found.programme, actor), forms.typed(found), _choices(found)
    values: dict[str, Any] = {
        "programme": found.programme, "commendation": found, "decides": decides, "today": today(),
        "facts": request.form if form == "facts" and wrong is not None else begun,
        "findings": checking.findings(context.session(), found, today()) if decides else None,
        "tells_belief": belief.asks_forbidden(found.merits), "forms": current_app.config["COMMENDATION_FORMS"],
        "deciding": bodies.of_kinds(context.session(), bodies.OWES, today(), found.programme.parties),
    } | choices  # fmt: skip
    held = {**begun, "deciding": str(found.deciding_id or "")}
    offered = (choices["organisations"], choices["communes"])
    values["recorded"] = bodies.recorded(context.session(), held, *offered)
    return page("programme/commendations/work.html", wrong, None, form, **values)


def _choices(one: Commendation | None = None) -> dict[str, Any]:
    session = context.session()
    own = heads.bodies_of(context.actor()) | ({one.proposer_id} if one is not None else set())
    proposers = [session.get_one(Organisation, key) for key in sorted(own)]
    return {
        "organisations": bodies.of_kinds(session, frozenset(OrganisationKind), today()),
        "communes": bodies.communes(session, today()),
        "proposers": [(str(body.id), body.name) for body in proposers],
    }  # fmt: skip


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, actor, number = context.session(), context.actor(), page_number()
    programme, state = heads.public(session, slug), request.args.get("xem", "")
    offset = (number - 1) * proposing.PAGE_SIZE
    found = proposing.written_by(session, programme, state, actor, proposing.PAGE_SIZE + 1, offset)
    return page(
        "programme/commendations/work_index.html", wrong, None, "commendation", programme=programme, number=number,
        commendations=found[: proposing.PAGE_SIZE], more=len(found) > proposing.PAGE_SIZE,
        state=state if state in proposing.STATES else "", facts=request.form if wrong is not None else {},
        **_choices(),
    )  # fmt: skip
