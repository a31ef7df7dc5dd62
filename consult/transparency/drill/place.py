"""An empty place beside the site into which a backup is restored on trial. Nothing of it is left afterwards."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from consult.administration.backups.manifest import BackupFailed
from consult.administration.backups.nightly import SPARE, Site
from consult.errors import Impossible

FOLDER = "unfinished-drill"
"""A fixed name: what a power cut left of it is found, and removed, by the next drill."""
ENDING = "_drill"
"""What the name of the database of a drill ends in, on PostgreSQL."""
LEFT_OUT = (
    "CONSULT_SMTP_HOST", "CONSULT_MESSAGE_URL", "CONSULT_REDIS_URL", "CONSULT_WITNESSES", "CONSULT_OPERATOR_MAIL",
    "CONSULT_LEDGER_KEY", "CONSULT_BACKUP_FOLDER", "CONSULT_BACKUP_KEY", "CONSULT_FILES_URL", "CONSULT_FILES_KEY",
    "CONSULT_FILES_SECRET", "CONSULT_BACKUP_URL", "CONSULT_BACKUP_URL_KEY", "CONSULT_BACKUP_URL_SECRET",
    "CONSULT_DATABASE_REPLICA_URL", "CONSULT_IDENTITY_PROVIDERS",
)  # fmt: skip
"""Settings by which the site on trial would reach people, other machines, or what belongs to the real one."""


class DrillFailed(Impossible):
    """A backup could not be restored on trial, or what was restored does not hold."""

    family = "command.drill_failed"


@dataclass(frozen=True)
class TrialPlace:
    """Where a site on trial has its data: all of it below `folder`, but for a database of PostgreSQL."""

    folder: Path
    database_url: str

    @property
    def instance(self) -> Path:
        """Its instance folder."""
        return self.folder / "instance"

    @property
    def files(self) -> Path:
        """Its files."""
        return self.instance / "files"

    @property
    def keys(self) -> Path:
        """Its keys."""
        return self.folder / "keys"

    @property
    def checkpoints(self) -> Path:
        """A copy of what is kept outside: the real one is nobody's to write but the real site's."""
        return self.folder / "checkpoints"

    @property
    def closed_sign(self) -> Path:
        """What says there that only those who work for the site come in until a new epoch has begun."""
        return self.instance / "maintenance.json"

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """The settings `given`, pointed at this place."""
        kept = {name: value for name, value in given.items() if name not in LEFT_OUT}
        return kept | {
            "CONSULT_INSTANCE": str(self.instance), "CONSULT_SHARED": str(self.instance),
            "CONSULT_DATABASE_URL": self.database_url, "CONSULT_KEYS": str(self.keys),
            "CONSULT_CHECKPOINTS": str(self.checkpoints),
        }  # fmt: skip


@contextmanager
def trial_place(site: Site, checkpoints: Path, needed: int) -> Iterator[TrialPlace]:
    """A place with room for so many bytes, emptied before and gone after the block. Raises BackupFailed without room,
    DrillFailed where PostgreSQL does not let us make a database."""
    folder = site.instance / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if (free := site.free(site.instance)) < needed + SPARE:
        raise BackupFailed("no_room", place=site.instance, free=free // SPARE, needed=(needed + SPARE) // SPARE)
    folder.mkdir(mode=0o700)
    try:
        with _database(site.database_url, folder) as url:
            place = TrialPlace(folder, url)
            place.instance.mkdir(mode=0o700)
            if checkpoints.is_dir():
                shutil.copytree(checkpoints, place.checkpoints)
            yield place
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(url: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    live = make_url(url)
    if live.get_backend_name() == "sqlite":
        yield f"sqlite:///{folder / 'instance' / 'consult.sqlite'}"
        return
    own = f"{live.database}{ENDING}"
    engine = create_engine(live, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        _made_anew(engine, own)
        yield live.set(database=own).render_as_string(hide_password=False)
    finally:
        _say(engine, _dropping(engine, own))
        engine.dispose()


def _made_anew(engine: Engine, own: str) -> None:
    name = engine.dialect.identifier_preparer.quote_identifier(own)
    if not _say(engine, _dropping(engine, own), f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"):
        raise DrillFailed("no_database", name=own, account=engine.url.username or "consult")


def _dropping(engine: Engine, own: str) -> str:
    return f"DROP DATABASE IF EXISTS {engine.dialect.identifier_preparer.quote_identifier(own)} WITH (FORCE)"


def _say(engine: Engine, *statements: str) -> bool:
    """Whether the server did all of these."""
    try:
        with engine.connect() as connection:
            for one in statements:
                connection.execute(text(one))
    except SQLAlchemyError:
        return False
    return True
