"""Who signs the logs of a site."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consult.errors import Unavailable
from consult.ledger.checkpoint import (
    Checkpoint,
    SiteKey,
    VerifierKey,
    current_key,
    origin_of,
    parse_checkpoint,
    sign_checkpoint,
    verifier_key,
)
from consult.ledger.entries import moment
from consult.ledger.further_signatures import key_of, line_of, vkey


@dataclass(frozen=True)
class Signer:
    """The site's name in its logs, and its signing keys with the instants they hold from; whether what it hands out is
    also signed with ML-DSA-44 (`further`)."""

    log_name: str
    keys: tuple[SiteKey, ...]
    further: bool = False

    def origin(self, consultation_id: UUID, epoch: int = 1) -> str:
        """The origin line of the log of a matter: each epoch of it is a log of its own to whoever compares
        checkpoints."""
        return origin_of(self.log_name, f"{consultation_id}/{epoch}" if epoch > 1 else str(consultation_id))

    def epoch_of(self, origin: str, consultation_id: UUID) -> int | None:
        """Which epoch of the log of a matter an origin line names; None when it is not one of that log."""
        if origin == self.origin(consultation_id):
            return 1
        number = origin.rpartition("/")[2]
        known = number.isascii() and number.isdigit() and len(number) < 9 and int(number) > 1
        return int(number) if known and origin == self.origin(consultation_id, int(number)) else None

    def trusted(self, origin: str) -> list[VerifierKey]:
        """All keys of the site as those that a note of the log `origin` may be signed with."""
        return [verifier_key(origin, key.private_key.public_key()) for key in self.keys]

    def note(self, consultation_id: UUID, size: int, root: bytes, now: datetime, epoch: int = 1) -> str:
        """The signed checkpoint of the log of a matter. An Ed25519 signature is the same whenever it is made. Raises
        Unavailable("log_unsigned") without a key that is valid yet: what would be signed is not recorded."""
        statement = Checkpoint(self.origin(consultation_id, epoch), size, root)
        try:
            key = current_key(self.keys, now).private_key
        except LookupError as missing:
            raise Unavailable("log_unsigned") from missing
        return sign_checkpoint(statement, key)

    def further_lines(self, note: str, now: datetime) -> list[str]:
        """What stands below a note that is handed out, beside what witnesses signed; nothing unless it is asked for."""
        if not self.further:
            return []
        checkpoint = parse_checkpoint(note.partition("\n\n")[0] + "\n")
        return [line_of(checkpoint, key_of(current_key(self.keys, now).private_key))]

    def further_keys(self, origin: str) -> list[str]:
        """The keys of these lines as they are published for the log `origin`, the oldest first."""
        ordered = sorted(self.keys, key=lambda key: key.valid_from) if self.further else []
        return [vkey(origin, key_of(key.private_key).public_key()) for key in ordered]

    def published(self, origin: str) -> list[dict[str, str]]:
        """All keys of the site as docs/ledger.md publishes them for the log `origin`, the oldest first."""
        ordered = sorted(self.keys, key=lambda key: key.valid_from)
        return [
            {
                "vkey": str(verifier_key(origin, key.private_key.public_key())),
                "valid_from": moment(key.valid_from),
            }
            for key in ordered
        ]
