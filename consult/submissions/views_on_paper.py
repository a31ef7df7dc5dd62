"""What stands of the public log on everything that is printed."""

from uuid import UUID

from consult.ledger import on_paper, service
from consult.ledger.guard import NotSigning
from consult.web import context


def mark(consultation_id: UUID) -> str:
    """The present checkpoint of a log as printed codes carry it; empty while nothing was said yet, or the site may not
    sign."""
    signer = context.signer()
    try:
        found = service.signed(context.session(), consultation_id, context.arrived_at(), signer)
    except NotSigning:
        return ""
    epoch = signer.epoch_of(found.origin, consultation_id) or 1
    return on_paper.written(consultation_id, epoch, found.note) if found.size else ""
