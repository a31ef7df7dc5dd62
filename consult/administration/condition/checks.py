"""Which parts of the site are looked at, and in what order they are told."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from consult.administration.condition import keeping, machine, set_up, working
from consult.administration.condition.findings import Check, Finding, Look
from consult.db import Database
from consult.files.damages import Damages
from consult.keys.ring import KeyRing
from consult.ledger.service import Signer


def checks_of(
    given: Mapping[str, Any], database: Database, signer: Signer, keys: KeyRing, damages: Damages
) -> tuple[Check, ...]:
    """Every check of the site with these settings; rooms above this one add their own (`consult/wiring/stores.py`)."""
    return (
        Check("database", _alone(partial(keeping.database, database)), needed=True),
        Check("schema", _alone(partial(keeping.schema_known, database)), needed=True, stored=True),
        Check("commit", _alone(partial(keeping.commits, database)), needed=True, stored=True),
        Check("files", _alone(partial(keeping.files, given["FILES_FOLDER"])), needed=True),
        Check("signing_key", partial(keeping.signing_key, signer), needed=True),
        Check("keys", partial(keeping.keys, keys), needed=True, stored=True),
        Check("worker", working.worker, stored=True),
        Check("events", working.events, stored=True),
        Check("mail", working.mail, stored=True),
        Check("jobs", working.jobs, stored=True),
        Check("backup", partial(keeping.backup, given["INSTANCE"])),
        Check("backup_key", _alone(partial(set_up.backup_key, given["BACKUP_KEY"]))),
        Check("sandbox", _alone(working.sandbox)),
        Check("scanner", _alone(partial(working.scanner, given["SCANNER"]))),
        Check("kept_files", _alone(partial(keeping.kept_files, damages))),
        Check("disk", _alone(partial(machine.disk, given["INSTANCE"]))),
        Check("clock", machine.clock, stored=True),
        Check("settings", _alone(partial(set_up.settings, given))),
        Check("administrators", set_up.administrators, stored=True),
        Check("holidays", set_up.holidays, stored=True),
    )


def _alone(look: Any) -> Look:
    """A look that asks neither the session nor the time."""

    def looked(_session: Any, _now: Any) -> Finding:
        found: Finding = look()
        return found

    return looked
