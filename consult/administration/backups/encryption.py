"""Encryption of what is backed up, as age does it: whoever has the identity opens a file with `age -d` as well.

The server knows the public recipient only; what it has encrypted it cannot read again.
"""

import os
from datetime import datetime
from pathlib import Path

import pyrage
from pyrage import x25519

from consult.administration.backups.manifest import BackupFailed
from consult.command_line.faults import short


def recipient_of(said: str) -> x25519.Recipient:
    """The recipient that a setting names. Raises BackupFailed, without repeating what may be a secret."""
    if said.startswith("AGE-SECRET-KEY"):
        raise BackupFailed("secret_key", name="CONSULT_BACKUP_KEY")
    try:
        return x25519.Recipient.from_str(said)
    except pyrage.RecipientError as wrong:
        raise BackupFailed("no_recipient", name="CONSULT_BACKUP_KEY") from wrong


def seal(source: Path, target: Path, recipient: str) -> None:
    """Writes `source` into `target`, encrypted. Raises BackupFailed (a full disk, too) or OSError."""
    try:
        pyrage.encrypt_file(str(source), str(target), [recipient_of(recipient)])
    except pyrage.EncryptError as failed:
        raise BackupFailed("not_sealed", place=source, said=short(failed)) from failed


def unseal(source: Path, target: Path, identity: x25519.Identity) -> None:
    """Writes what is inside `source` into `target`. Raises BackupFailed when it is for somebody else."""
    try:
        pyrage.decrypt_file(str(source), str(target), [identity])
    except (pyrage.DecryptError, OSError) as failed:
        target.unlink(missing_ok=True)
        raise BackupFailed("not_opened", place=source, said=short(failed)) from failed


def new_identity(path: Path, now: datetime) -> str:
    """Writes a new identity into the new file `path`, for nobody else's eyes, and returns its public recipient.

    Raises FileExistsError: no key is ever overwritten.
    """
    identity = x25519.Identity.generate()
    recipient = str(identity.to_public())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# created: {now.isoformat()}\n# public key: {recipient}\n{identity}\n")
    return recipient


def identity_in(path: Path) -> x25519.Identity:
    """The identity in a file of `backup new-key` or age-keygen. Raises BackupFailed."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        [secret] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return x25519.Identity.from_str(secret)
    except (OSError, ValueError, pyrage.IdentityError) as wrong:
        raise BackupFailed("no_identity", place=path) from wrong
