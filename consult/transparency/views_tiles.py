"""The log of a matter for programs that read any log: its checkpoint, its tiles, and proofs of single entries."""

import base64

from flask import Blueprint, Response

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger import cosignatures, service
from consult.ledger.log import Log
from consult.policy import Action
from consult.transparency import logs, tiles
from consult.transparency.views_frame import cosigned, signed
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("tiles", __name__, url_prefix="/nhat-ky")

FOR_EVER = "public, max-age=31536000, immutable"
PROOF = "c2sp.org/tlog-proof@v1"


@blueprint.get("/<slug>/tlog/<int(max=9999999):epoch>/checkpoint")
@public(Action.READ_MATTER, of=queries.by_slug)
def checkpoint(consultation: Consultation, epoch: int) -> Response:
    """The newest checkpoint of the present epoch, with what witnesses have signed under it. NotFound for an epoch that
    has ended: what is left of its tree is the beginning of the present one."""
    _require_present(consultation, epoch)
    found = service.signed(context.session(), consultation.id, context.arrived_at(), context.signer())
    answer = Response(cosigned(found, consultation.id).note, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/<slug>/tlog/<int(max=9999999):epoch>/tile/<path:tile>")
@public(Action.READ_MATTER, of=queries.by_slug)
def tile(consultation: Consultation, epoch: int, tile: str) -> Response:
    """A tile of hashes or a bundle of entries; it never changes while its epoch goes on. Of a log that the site may not
    sign nobody keeps one: what was lost of it lies at the same address."""
    _require_present(consultation, epoch)
    data = tiles.content(context.session(), consultation.id, tiles.tile_at(tile))
    answer = Response(data, content_type="application/octet-stream")
    # Signing keeps outside what was not yet: from then on no other entry can come to this address.
    _, unsigned = signed(consultation.id)
    answer.headers["Cache-Control"] = "no-store" if unsigned else FOR_EVER
    return answer


@blueprint.get("/<slug>/<int(max=9999999):index>/bang-chung/")
@public(Action.READ_MATTER, of=queries.by_slug)
def proof(consultation: Consultation, index: int) -> Response:
    """That an entry is in the log, as a file that needs no site to be checked (C2SP tlog-proof): under the first
    checkpoint that witnesses signed after it, or the present one while none did."""
    session = context.session()
    logs.entry_at(session, consultation.id, index)
    log = Log(session, consultation.id)
    found = cosignatures.covering(session, consultation.id, log.epoch, index + 1)
    if found is None:
        signed = service.signed(session, consultation.id, context.arrived_at(), context.signer())
        found = signed.size, signed.note
    hashes = [base64.b64encode(bytes.fromhex(one)).decode() for one in log.inclusion(index, found[0])]
    answer = Response("\n".join([PROOF, f"index {index}", *hashes, "", found[1]]), mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, f"{consultation.slug}-{index}.tlog-proof")


def _require_present(consultation: Consultation, epoch: int) -> None:
    if Log(context.session(), consultation.id).epoch != epoch:
        raise NotFound
