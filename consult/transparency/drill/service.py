"""One restore on trial from beginning to end, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyrage import x25519

from consult.administration.backups import last_drill, manifest, restoration
from consult.administration.backups.last_drill import DrillState
from consult.administration.backups.manifest import BackupFailed, Manifest
from consult.administration.backups.nightly import Site, alone, earlier_ones
from consult.command_line.error_messages import WRITTEN, telling
from consult.command_line.words import say_in
from consult.db import Database
from consult.files.store import FileStore
from consult.keys import ring
from consult.ledger import keys as ledger_keys
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.service import Signer
from consult.transparency.drill import looking, running
from consult.transparency.drill.looking import Loss
from consult.transparency.drill.place import DrillFailed, TrialPlace, trial_place

Tell = Callable[[str], None]
"""Hears each sentence, as soon as it is true."""
ROOM = 2
"""How often the bytes of the backup must be free: a database grows while its tables are upgraded."""


@dataclass(frozen=True)
class Trial:
    """What is restored on trial and held against what: the `site`, the backup `source` (the newest, if None) with the
    `identity` that opens it, the folder of kept `checkpoints`, the `notes` that people hold, the name of the log
    `origin`, the `host` that the site answers to, and the settings `given`."""

    site: Site
    checkpoints: Path
    origin: str
    host: str
    given: Mapping[str, str]
    source: Path | None = None
    identity: x25519.Identity | None = None
    notes: Sequence[str] = ()


def drill(trial: Trial, tell: Tell, now: datetime) -> DrillState:
    """Restores on trial, tells each step, and writes down what it came to, whatever failed. Raises BackupFailed,
    DrillFailed, OSError."""
    with alone(trial.site.instance):
        try:
            found = _drilled(trial, tell, now)
        except Exception as failed:
            last_drill.write(trial.site.instance, DrillState(now, False, None, telling(failed, WRITTEN)))
            raise
        last_drill.write(trial.site.instance, found)
    return found


def _drilled(trial: Trial, tell: Tell, now: datetime) -> DrillState:
    source = trial.source or _newest(trial.site.folder)
    backup = manifest.checked(source)
    if backup.recipient and trial.identity is None:
        raise BackupFailed("encrypted", recipient=backup.recipient)
    tell(_say("begins", name=source.name, at=_minute(backup), count=len(backup.files)))
    with trial_place(trial.site, trial.checkpoints, ROOM * _bytes(source)) as place:
        restoration.restore(source, place.database_url, place.files, place.keys, trial.identity)
        environment = place.environment(trial.given)
        running.upgraded(environment)
        # Nobody begins an epoch here, and the pages of the site on trial are asked by us alone.
        place.closed_sign.unlink(missing_ok=True)
        _start(environment, trial.host, tell)
        lost = _looked(trial, place, tell)
    return DrillState(now, *_summed_up(source, lost, tell))


def _start(environment: Mapping[str, str], host: str, tell: Tell) -> None:
    with running.running(environment) as port:
        running.check_answers(port, host)
    tell(_say("answers", path=running.PAGE))


def _looked(trial: Trial, place: TrialPlace, tell: Tell) -> list[Loss]:
    """Holds what was restored against its log and files, and tells of them; gives what would be lost."""
    database = Database(place.database_url, place.instance)
    signer, files = Signer(trial.origin, ledger_keys.of(ring.load(place.keys))), FileStore(place.files)
    try:
        with database.session() as session:
            tell(_say("logs", count=looking.check_logs(session, files, signer)))
            tell(_say("files", count=looking.check_files(session, files)))
            return looking.losses(session, CheckpointStore(place.checkpoints), trial.notes, signer)
    finally:
        database.engine.dispose()


def _summed_up(source: Path, lost: Sequence[Loss], tell: Tell) -> tuple[bool, int, str]:
    for one in lost:
        code = "forked" if one.forked else "loses" if one.entries else "older_epoch"
        tell(_say(code, name=one.name, here=one.here, known=one.known, entries=one.entries))
    entries, forked = sum(one.entries for one in lost), [one.name for one in lost if one.forked]
    if forked:
        return False, entries, _say("sum_forked", source=source.name, names=", ".join(forked))
    code = "sum_lost" if lost else "sum_nothing"
    return True, entries, _say(code, source=source.name, entries=entries, matters=len(lost))


def _newest(folder: Path) -> Path:
    found = earlier_ones(folder) if folder.is_dir() else []
    if not found:
        raise DrillFailed("no_backup", place=folder)
    return found[-1]


def _bytes(source: Path) -> int:
    return sum(path.stat().st_size for path in source.rglob("*") if path.is_file())


def _minute(backup: Manifest) -> str:
    return backup.made_at[:16].replace("T", " ")


def _say(code: str, **values: object) -> str:
    """Vietnamese whoever asks: it is written down and mailed."""
    return say_in(WRITTEN, f"command.restore_drill.{code}", values)
