"""Which parts of the site are looked at, and in what order they are told."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from consult.administration.condition import (
    log_checks,
    machine_checks,
    setup_checks,
    storage_checks,
    watch_checks,
    worker_checks,
)
from consult.administration.condition.findings import Check, Finding, Look
from consult.db import Database
from consult.files.damaged import DamageRecord
from consult.keys.ring import KeyRing
from consult.ledger.guard import Guard
from consult.ledger.service import Signer


def checks_of(
    given: Mapping[str, Any], database: Database, signer: Signer, keys: KeyRing, damages: DamageRecord,
    guard: Guard,
) -> tuple[Check, ...]:  # fmt: skip
    """Every check of the site with these settings; rooms above this one add their own (`consult/wiring/stores.py`)."""
    return (
        Check("database", _alone(partial(storage_checks.database, database)), needed=True),
        Check("schema", _alone(partial(storage_checks.schema_known, database)), needed=True, stored=True),
        Check("commit", _alone(partial(storage_checks.commits, database)), needed=True, stored=True),
        Check("files", _alone(partial(storage_checks.files, given["FILES_FOLDER"])), needed=True),
        Check("signing_key", partial(storage_checks.signing_key, signer), needed=True, own=True),
        Check("keys", partial(storage_checks.keys, keys), needed=True, stored=True, own=True),
        Check("log", log_checks.LogCheck(database, guard, given["INSTANCE"]).look, needed=True, stored=True),
        Check("worker", worker_checks.worker, stored=True),
        Check("events", worker_checks.events, stored=True),
        Check("mail", worker_checks.mail, stored=True),
        Check("messages", worker_checks.messages, stored=True),
        Check("jobs", worker_checks.jobs, stored=True),
        Check("backup", partial(storage_checks.backup, given["INSTANCE"]), own=True),
        Check("second_place", partial(storage_checks.second_place, given["INSTANCE"], given["BACKUP_STORE"]), own=True),
        Check("drill", partial(watch_checks.drill, given["INSTANCE"]), own=True),
        Check("verified", partial(watch_checks.verified, given["CONDITION_FOLDER"])),
        Check("certificate", watch_checks.CertificateCheck(given).found),
        Check("backup_key", _alone(partial(setup_checks.backup_key, given["BACKUP_KEY"])), own=True),
        Check("sandbox", _alone(worker_checks.sandbox), own=True),
        Check("scanner", _alone(partial(worker_checks.scanner, given["SCANNER"])), own=True),
        Check("kept_files", _alone(partial(storage_checks.kept_files, damages))),
        Check("disk", _alone(partial(machine_checks.disk, given["INSTANCE"])), own=True),
        Check("clock", machine_checks.clock, stored=True, own=True),
        Check("settings", _alone(partial(setup_checks.settings, given)), own=True),
        Check("administrators", setup_checks.administrators, stored=True),
        Check("holidays", setup_checks.holidays, stored=True),
        Check("maintenance", partial(watch_checks.maintenance, given["MAINTENANCE_FILE"]), own=not given["SHARED"]),
        Check("versions", _alone(partial(watch_checks.versions, database.engine)), stored=True, own=True),
    )


def _alone(look: Any) -> Look:
    """A look that asks neither the session nor the time."""

    def looked(_session: Any, _now: Any) -> Finding:
        found: Finding = look()
        return found

    return looked
