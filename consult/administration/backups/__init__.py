"""Backups of an installation: database, files and keys, each backup a folder that proves itself whole.

The rest of the house asks `state` and `last_sending` alone; what else is here is for the commands.
"""

from consult.administration.backups.create import back_up
from consult.administration.backups.last_runs import BackupState, state
from consult.administration.backups.manifest import MANIFEST, BackupFailed
from consult.administration.backups.restoration import restore

__all__ = ["MANIFEST", "BackupFailed", "BackupState", "back_up", "restore", "state"]
