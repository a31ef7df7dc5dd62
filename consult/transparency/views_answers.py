"""What programs that read any log are answered, whichever log it is: its checkpoint, its tiles, proofs of entries."""

import base64
from uuid import UUID

from flask import Response

from consult.errors import NotFound
from consult.ledger import cosignatures, service
from consult.ledger.log import Log
from consult.transparency import logs, tiles
from consult.transparency.views_frame import cosigned, signed, signed_besides
from consult.web import context
from consult.web.files import downloads

FOR_EVER = "public, max-age=31536000, immutable"
PROOF = "c2sp.org/tlog-proof@v1"


def checkpoint(own_id: UUID, epoch: int) -> Response:
    """The newest checkpoint of the present epoch, with what witnesses have signed under it. NotFound for an epoch that
    has ended: what is left of its tree is the beginning of the present one."""
    _require_present(own_id, epoch)
    found = service.signed(context.session(), own_id, context.arrived_at(), context.signer())
    answer = Response(cosigned(found, own_id).note, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def tile(own_id: UUID, epoch: int, path: str) -> Response:
    """A tile of hashes or a bundle of entries; it never changes while its epoch goes on. Of a log that the site may not
    sign nobody keeps one: what was lost of it lies at the same address."""
    _require_present(own_id, epoch)
    data = tiles.content(context.session(), own_id, tiles.tile_at(path))
    answer = Response(data, content_type="application/octet-stream")
    # Signing keeps outside what was not yet: from then on no other entry can come to this address.
    _, unsigned = signed(own_id)
    answer.headers["Cache-Control"] = "no-store" if unsigned else FOR_EVER
    return answer


def proof(own_id: UUID, index: int, name: str) -> Response:
    """That an entry is in the log, as a file that needs no site to be checked (C2SP tlog-proof), with the entry itself
    as its extra data: under the first checkpoint that witnesses signed after it, or the present one while none did."""
    session = context.session()
    entry = logs.entry_at(session, own_id, index)
    log = Log(session, own_id)
    found = cosignatures.covering(session, own_id, log.epoch, index + 1)
    if found is None:
        present = service.signed(session, own_id, context.arrived_at(), context.signer())
        found = present.size, present.note
    hashes = [_base64(bytes.fromhex(one)) for one in log.inclusion(index, found[0])]
    lines = [PROOF, f"extra {_base64(entry.body.encode())}", f"index {index}", *hashes, "", signed_besides(found[1])]
    answer = Response("\n".join(lines), mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, f"{name}-{index}.tlog-proof")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _require_present(own_id: UUID, epoch: int) -> None:
    if Log(context.session(), own_id).epoch != epoch:
        raise NotFound
