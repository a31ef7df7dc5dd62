"""One machine brings the database to another release while others serve."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from consult import schema
from consult.db import connect
from consult.schema.steps import scripts
from tests.database import PostgresDatabases
from tests.machines.ahead import LATER, WRITTEN, later_release


@pytest.mark.postgres
def test_an_upgrade_waits_for_no_backup_while_others_wait_behind_it(
    postgresql_databases: PostgresDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "LONGEST_WAIT", 0.1)
    url = postgresql_databases.fresh()
    database = connect(url)
    command.stamp(schema.configuration(url), "head")
    with database.connect() as backup, later_release(tmp_path):
        backup.execute(text("LOCK TABLE comment IN ACCESS SHARE MODE"))
        with pytest.raises(schema.UpgradeFailed, match="lock timeout"):
            schema.upgrade(url)
        backup.rollback()
        schema.upgrade(url)
    database.dispose()
    postgresql_databases.drop(url)


def test_who_is_at_work_goes_by_its_own_release_though_the_next_lies_there(tmp_path: Path) -> None:
    """As between the checkout of an update and the restart."""
    with later_release(tmp_path) as migrations:
        assert schema.newest() == (LATER,)
        coming = WRITTEN.format(revision="f00000000002", before=LATER, said="", upgrade="    pass\n")
        (migrations / "versions" / "coming.py").write_text(coming, encoding="utf-8")
        assert schema.newest() == (LATER,) and scripts()[-1].revision == LATER
