"""Who witnesses the public logs, how one becomes a witness, and what a witness without a network is to sign."""

from uuid import UUID

from flask import Blueprint, Response, current_app, render_template

from consult.consultations import slugs
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger import service
from consult.ledger.log import Log
from consult.ledger.site_entries import SITE_LOG
from consult.policy import Action
from consult.programme import heads
from consult.resource_paths import DOCS
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public
from consult.witness.asking import question_of
from consult.witness.policy import policy_of
from consult.witness.standing import refused, standings

blueprint = Blueprint("witnesses", __name__)

OF_MATTER, OF_PROGRAMME, OF_SITE = "/nhat-ky/<slug>/", "/chuong-trinh/<slug>/nhat-ky/", "/nhat-ky/toan-trang/"
REQUEST, POLICY = "cho-nhan-chung/<int(max=9999999):old>/", "chinh-sach/"

PROGRAM = DOCS / "witness.py"


@blueprint.get("/nhat-ky/nhan-chung/")
@public()
def index() -> str:
    """The witnesses of this site, what each last signed, and what it means when one is silent or refuses."""
    session, signer = context.session(), context.signer()
    whole = Log(session, SITE_LOG)
    return render_template(
        "witness/index.html",
        standings=standings(session, current_app.extensions["consult.witnesses"]),
        refused=refused(session),
        keys=signer.published(signer.log_name),
        whole=signer.published(signer.origin(SITE_LOG, whole.epoch)) if whole.size else None,
        now=context.arrived_at(),
    )


@blueprint.get("/nhat-ky/nhan-chung/witness.py")
@public()
def program() -> Response:
    """The program of a witness."""
    answer = Response(PROGRAM.read_bytes(), mimetype="text/x-python")
    answer.headers["Cache-Control"] = "no-cache"
    return downloads.attached(answer, PROGRAM.name)


@blueprint.get(f"{OF_MATTER}{REQUEST}")
@public(Action.READ_MATTER, of=queries.by_slug)
def request(consultation: Consultation, old: int) -> Response:
    """The file that a witness that signed `old` entries last, 0 for none, is to be given on a stick. NotFound when
    there are not so many."""
    return _request(consultation.id, consultation.slug, old)


@blueprint.get(f"{OF_PROGRAMME}{REQUEST}")
@public()
def programme_request(slug: str, old: int) -> Response:
    """The same of a programme."""
    return _request(_programme(slug), slug, old)


@blueprint.get(f"{OF_SITE}{REQUEST}")
@public()
def site_request(old: int) -> Response:
    """The same of the log of the whole site."""
    return _request(SITE_LOG, "toan-trang", old)


@blueprint.get(f"{OF_MATTER}{POLICY}")
@public(Action.READ_MATTER, of=queries.by_slug)
def policy(consultation: Consultation) -> Response:
    """Whose signatures make a checkpoint of the log good, for programs that check without asking."""
    return _policy(consultation.id, f"/nhat-ky/{slugs.in_address(consultation.slug)}/", consultation.slug)


@blueprint.get(f"{OF_PROGRAMME}{POLICY}")
@public()
def programme_policy(slug: str) -> Response:
    """The same of a programme."""
    return _policy(_programme(slug), f"/chuong-trinh/{slug}/nhat-ky/", slug)


@blueprint.get(f"{OF_SITE}{POLICY}")
@public()
def site_policy() -> Response:
    """The same of the log of the whole site."""
    return _policy(SITE_LOG, OF_SITE, "toan-trang")


def _programme(slug: str) -> UUID:
    return heads.public(context.session(), slug).consultation_id


def _request(own_id: UUID, name: str, old: int) -> Response:
    session = context.session()
    signed = service.signed(session, own_id, context.arrived_at(), context.signer())
    if not old <= signed.size or not signed.size:
        raise NotFound
    question = question_of(session.connection().engine, own_id, signed.size, signed.note)
    return _file(question.request(old), f"{name}.request")


def _policy(own_id: UUID, base: str, name: str) -> Response:
    log, signer = Log(context.session(), own_id), context.signer()
    if not log.size:
        raise NotFound
    address = f"{current_app.config['SITE_URL']}{base}tlog/{log.epoch}/"
    witnesses, enough = current_app.extensions["consult.witnesses"], current_app.config["WITNESS_QUORUM"]
    said = policy_of(signer.origin(own_id, log.epoch), address, signer, witnesses, enough)
    return _file(said, f"{name}.tlog-policy")


def _file(said: str, name: str) -> Response:
    answer = Response(said, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, name)
