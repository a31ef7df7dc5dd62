"""What is compiled once for all sites and databases of a process: most tests make their own, and each would compile
the same templates, the same statements and the same migrations again (their routes: `tests/registered.py`)."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from typing import Any

from alembic.script import Script, ScriptDirectory
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect

from consult.web.markup import SpokenEnvironment


class CompiledTemplates(BytecodeCache):
    """The code of every template that was compiled, by its name, its source and the language that it speaks; what
    environments differ in beside that is the same for all sites. It lies in a folder that all processes of a run share:
    what they have to compile takes each of them ten seconds and more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[tuple[str, str], Any] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of that source."""
        language = environment.spoken if isinstance(environment, SpokenEnvironment) else ""
        key = self.get_cache_key(f"{language} {name}", filename)
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Puts the code that is kept, if there is any, into its bucket."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))
        if bucket.code is None and (file := self._file(bucket)).exists():
            bucket.bytecode_from_string(file.read_bytes())
            self.kept[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self.kept[bucket.key, bucket.checksum] = bucket.code
        being_written = self._file(bucket).with_suffix(f".{os.getpid()}-{get_ident()}")
        being_written.write_bytes(bucket.bytecode_to_string())
        being_written.rename(self._file(bucket))

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}-{bucket.checksum}"


class _Alike(DefaultDialect):
    """A database as all engines of this process see it. SQLAlchemy keeps a compiled statement for one dialect: those
    that would compile it to the same are one to it, and their engines keep their statements in one place."""

    supports_statement_cache = True
    statements: dict[Any, Any]

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Has a new engine keep its statements with those of the others."""
        super().engine_created(engine)
        engine.update_execution_options(compiled_cache=cls.statements)

    def _settings(self) -> tuple[object, ...]:
        return type(self), self.paramstyle, self._json_serializer, self._json_deserializer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike) and self._settings() == other._settings()

    def __hash__(self) -> int:
        return hash(self._settings())


class AlikeSqlite(_Alike, SQLiteDialect_pysqlite):
    """SQLite."""

    supports_statement_cache = True
    statements: dict[Any, Any] = {}


class AlikePostgresql(_Alike, PGDialect_psycopg):
    """PostgreSQL: there is one server for all of them."""

    supports_statement_cache = True
    statements: dict[Any, Any] = {}


def share_statements() -> None:
    """Every engine that this process makes from now on shares what it compiles with those of its kind."""
    registry.register("sqlite", __name__, AlikeSqlite.__name__)
    registry.register("postgresql.psycopg", __name__, AlikePostgresql.__name__)


class SharedMigrations:
    """The migrations of a folder: alembic reads all of them for every command, though it carries out only some."""

    def __init__(self) -> None:
        self.kept: dict[Any, list[Script]] = {}
        self.loading = ScriptDirectory._load_revisions

    def load(self, folder: ScriptDirectory) -> Iterator[Script]:
        """What `folder` holds, as it was read before if nothing in it has changed."""
        files = sorted(Path(folder.versions).glob("*.py"))
        key = tuple((file, file.stat().st_mtime_ns) for file in files)
        if key not in self.kept:
            self.kept[key] = list(self.loading(folder))
        return iter(self.kept[key])
