"""Who signs the logs of a site."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consult.ledger.checkpoint import Checkpoint, SiteKey, current_key, origin_of, sign_checkpoint, verifier_key
from consult.ledger.entries import moment


@dataclass(frozen=True)
class Signer:
    """The site's name in its logs, and its signing keys with the instants they hold from."""

    log_name: str
    keys: tuple[SiteKey, ...]

    def origin(self, consultation_id: UUID, epoch: int = 1) -> str:
        """The origin line of the log of a matter: each epoch of it is a log of its own to whoever compares
        checkpoints."""
        return origin_of(self.log_name, f"{consultation_id}/{epoch}" if epoch > 1 else str(consultation_id))

    def note(self, consultation_id: UUID, size: int, root: bytes, now: datetime, epoch: int = 1) -> str:
        """The signed checkpoint of the log of a matter. An Ed25519 signature is the same whenever it is made."""
        statement = Checkpoint(self.origin(consultation_id, epoch), size, root)
        return sign_checkpoint(statement, current_key(self.keys, now).private_key)

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
