"""A database that a later release has brought further, as machines meet it that still run this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from alembic import command

from consult import schema
from consult.schema import steps

LATER = "f00000000001"
"""The revision of the later release."""
EXPANDS = """
    op.create_table("later_word", sa.Column("id", sa.Uuid(), primary_key=True), sa.Column("text", sa.Text()))
    for table in ("consultation", "comment", "submission", "comment_act", "response_version", "outbox_message"):
        op.add_column(table, sa.Column("of_later", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("counted_later", sa.Integer(), server_default="0", nullable=False))
"""
"""What may come while the code before runs on."""
WRITTEN = '''"""of a later release"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
{said}


def upgrade() -> None:
{upgrade}

def downgrade() -> None:
    pass
'''


@contextmanager
def later_release(folder: Path, upgrade: str = EXPANDS, said: str = "") -> Iterator[Path]:
    """The migrations are those of a release with one more, kept under `folder`, for as long as this goes on."""
    migrations = folder / f"later-{crc32((upgrade + said).encode())}"
    if not migrations.exists():
        _write(migrations / "versions", upgrade, said)
    with pytest.MonkeyPatch.context() as patch:
        for module in (schema, steps):
            patch.setattr(module, "MIGRATIONS", migrations)
        yield migrations


def _write(versions: Path, upgrade: str, said: str) -> None:
    versions.mkdir(parents=True)
    (versions.parent / "env.py").symlink_to(schema.MIGRATIONS / "env.py")
    for file in (schema.MIGRATIONS / "versions").glob("*.py"):
        (versions / file.name).symlink_to(file)
    [newest] = schema.newest()
    own = WRITTEN.format(revision=LATER, before=newest, said=said, upgrade=upgrade)
    (versions / "later.py").write_text(own, encoding="utf-8")


def bring_further(url: str, folder: Path, upgrade: str = EXPANDS, said: str = "") -> None:
    """Upgrades a database of this release to the later one."""
    command.stamp(schema.configuration(url), "head")
    with later_release(folder, upgrade, said):
        schema.upgrade(url)
