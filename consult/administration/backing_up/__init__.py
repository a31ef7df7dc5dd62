"""Backups of an installation: database, files and keys, each backup a folder that proves itself whole.

The rest of the house asks `state` alone; what else is here is for the commands.
"""

from consult.administration.backing_up.making import back_up
from consult.administration.backing_up.manifest import MANIFEST, BackupFailed
from consult.administration.backing_up.record import BackupState, state
from consult.administration.backing_up.restoring import restore

__all__ = ["MANIFEST", "BackupFailed", "BackupState", "back_up", "restore", "state"]
