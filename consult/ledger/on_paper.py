"""A checkpoint as it stands in the QR code of what is printed (docs/ledger.md, "On paper"): size and root, without the
signature, behind the address that the code leads to."""

import base64
import re
from uuid import UUID

from consult.ledger.checkpoint import parse_checkpoint

NAME = "nk"
MARK = re.compile(r"[0-9a-f]{8}\.[1-9][0-9]{0,8}\.[1-9][0-9]{0,15}\.[A-Za-z0-9_-]{43}")
OF_ID = 8
"""How many of the last digits of the id of a matter tell its log from others."""


def written(consultation_id: UUID, epoch: int, note: str) -> str:
    """The mark of a checkpoint: which log, which epoch of it, how many entries, and the root (base64 for addresses)."""
    said = parse_checkpoint(note.partition("\n\n")[0] + "\n")
    root = base64.urlsafe_b64encode(said.root).decode().rstrip("=")
    return f"{consultation_id.hex[-OF_ID:]}.{epoch}.{said.size}.{root}"


def is_mark(text: str) -> bool:
    """Whether a text is such a mark."""
    return MARK.fullmatch(text) is not None


def behind(address: str, mark: str) -> str:
    """An address with a mark behind it, which no server is sent; as it is without one."""
    return f"{address}#{NAME}={mark}" if mark else address
