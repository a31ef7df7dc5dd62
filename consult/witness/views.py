"""Who witnesses the public logs, how one becomes a witness, and what a witness without a network is to sign."""

from flask import Blueprint, Response, current_app, render_template

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger import service
from consult.policy import Action
from consult.resource_paths import DOCS
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public
from consult.witness.asking import question_of
from consult.witness.standing import refused, standings

blueprint = Blueprint("witnesses", __name__, url_prefix="/nhat-ky")

PROGRAM = DOCS / "witness.py"


@blueprint.get("/nhan-chung/")
@public()
def index() -> str:
    """The witnesses of this site, what each last signed, and what it means when one is silent or refuses."""
    session, signer = context.session(), context.signer()
    return render_template(
        "witness/index.html",
        standings=standings(session, current_app.extensions["consult.witnesses"]),
        refused=refused(session),
        keys=signer.published(signer.log_name),
        now=context.arrived_at(),
    )


@blueprint.get("/nhan-chung/witness.py")
@public()
def program() -> Response:
    """The program of a witness."""
    answer = Response(PROGRAM.read_bytes(), mimetype="text/x-python")
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, PROGRAM.name)


@blueprint.get("/<slug>/cho-nhan-chung/<int(max=9999999):old>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def request(consultation: Consultation, old: int) -> Response:
    """The file that a witness that signed `old` entries last, 0 for none, is to be given on a stick. NotFound when
    there are not so many."""
    session = context.session()
    signed = service.signed(session, consultation.id, context.arrived_at(), context.signer())
    if not old <= signed.size:
        raise NotFound
    question = question_of(session.connection().engine, consultation.id, signed.size, signed.note)
    answer = Response(question.request(old), mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, f"{consultation.slug}.request")
