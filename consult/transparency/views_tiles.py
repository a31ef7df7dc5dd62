"""The logs of matters and programmes for programs that read any log: checkpoints, tiles, and proofs of entries."""

from flask import Blueprint, Response

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.programme import heads
from consult.transparency import views_answers
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("tiles", __name__)

BASE = "/nhat-ky/<slug>/"
OF_PROGRAMME = "/chuong-trinh/<slug>/nhat-ky/"
EPOCH = "tlog/<int(max=9999999):epoch>/"
ENTRY = "<int(max=9999999):index>/bang-chung/"


@blueprint.get(f"{BASE}{EPOCH}checkpoint")
@public(Action.READ_MATTER, of=queries.by_slug)
def checkpoint(consultation: Consultation, epoch: int) -> Response:
    """The newest checkpoint of the present epoch."""
    return views_answers.checkpoint(consultation.id, epoch)


@blueprint.get(f"{BASE}{EPOCH}tile/<path:tile>")
@public(Action.READ_MATTER, of=queries.by_slug)
def tile(consultation: Consultation, epoch: int, tile: str) -> Response:
    """A tile of hashes or a bundle of entries."""
    return views_answers.tile(consultation.id, epoch, tile)


@blueprint.get(f"{BASE}{ENTRY}")
@public(Action.READ_MATTER, of=queries.by_slug)
def proof(consultation: Consultation, index: int) -> Response:
    """That an entry is in the log, as a file."""
    return views_answers.proof(consultation.id, index, consultation.slug)


@blueprint.get(f"{OF_PROGRAMME}{EPOCH}checkpoint")
@public()
def programme_checkpoint(slug: str, epoch: int) -> Response:
    """The same of a programme."""
    return views_answers.checkpoint(heads.public(context.session(), slug).consultation_id, epoch)


@blueprint.get(f"{OF_PROGRAMME}{EPOCH}tile/<path:tile>")
@public()
def programme_tile(slug: str, epoch: int, tile: str) -> Response:
    """A tile of hashes or a bundle of entries of a programme."""
    return views_answers.tile(heads.public(context.session(), slug).consultation_id, epoch, tile)


@blueprint.get(f"{OF_PROGRAMME}{ENTRY}")
@public()
def programme_proof(slug: str, index: int) -> Response:
    """That an entry is in the log of a programme, as a file."""
    return views_answers.proof(heads.public(context.session(), slug).consultation_id, index, slug)
