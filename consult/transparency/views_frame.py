"""What the pages of logs share: a log with its checkpoint, and which page is asked for."""

from dataclasses import replace
from uuid import UUID

from flask import current_app, request

from consult.errors import NotFound
from consult.ledger import cosignatures, service
from consult.ledger.cosignature import with_lines
from consult.ledger.cosignatures import Standing
from consult.ledger.guard import NotSigning
from consult.ledger.log import Log
from consult.ledger.service import SignedLog
from consult.transparency.site_log import reading
from consult.transparency.site_log.reading import Noted
from consult.web import context

PAGE_SIZE = 25


def signed(consultation_id: UUID) -> tuple[SignedLog, str]:
    """The log with its checkpoint; or without one, and the reason why the site may not sign it."""
    session, signer = context.session(), context.signer()
    try:
        found = service.signed(session, consultation_id, context.arrived_at(), signer)
        return cosigned(found, consultation_id), ""
    except NotSigning as refusal:
        log = Log(session, consultation_id)
        return SignedLog(log.size, signer.origin(consultation_id, log.epoch), ""), refusal.reason


def cosigned(found: SignedLog, consultation_id: UUID) -> SignedLog:
    """The same, its checkpoint with what witnesses have signed under it, and what the site signs besides."""
    epoch = context.signer().epoch_of(found.origin, consultation_id) or 1
    note = cosignatures.under(context.session(), consultation_id, epoch, found.size, found.note)
    return replace(found, note=signed_besides(note))


def signed_besides(note: str) -> str:
    """A checkpoint that is handed out, with the further signature of the site where it is set to make one."""
    return with_lines(note, context.signer().further_lines(note, context.arrived_at()))


def noted(consultation_id: UUID) -> Noted | None:
    """What the log of the whole site says last of a log."""
    return reading.noted(context.session(), consultation_id, context.signer(), context.arrived_at())


def witnessed(consultation_id: UUID) -> list[Standing]:
    """How the witnesses of the site stand to a log."""
    names = [one.name for one in current_app.extensions["consult.witnesses"]]
    return cosignatures.standing(context.session(), consultation_id, names)


def page_number() -> int:
    """The page that the query asks for, from 1; raises NotFound for what is no number of one."""
    given = request.args.get("trang", "1")
    if not (given.isascii() and given.isdigit() and 0 < int(given[:7]) < 1_000_000 and len(given) < 8):
        raise NotFound
    return int(given)
