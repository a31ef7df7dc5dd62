"""A database of before the time when a release's rows were written down follows releases from its upgrade on."""

from datetime import date
from pathlib import Path

from alembic import command

from consult import schema
from consult.administration.reference import holidays, release
from consult.administration.reference.holidays import HolidayKind
from consult.consultations.models import Holiday
from consult.data.reference_rows import Change
from consult.db import Database
from tests.builders import NOW, make_publisher
from tests.database import Databases

BEFORE = "c7d1f0a4e852"
EDITED, OLD = date(2027, 2, 4), date(2027, 2, 5)


def test_what_was_there_is_a_releases_unless_an_administrator_typed_it(databases: Databases, tmp_path: Path) -> None:
    url = databases.upgraded()
    database = Database(url, tmp_path, "OFF")
    with database.session() as session:
        release.take(session, NOW)
        actor = make_publisher(session)
        holidays.put(session, EDITED, HolidayKind.SWAPPED_OFF, "Của tỉnh", "", actor, NOW)
        session.get_one(Holiday, OLD).name = "Tên của bản trước"
        session.commit()
    database.engine.dispose()
    command.downgrade(schema.configuration(url), BEFORE)
    schema.upgrade(url)
    with database.session() as session:
        found = release.take(session, NOW)
        # The database of then had no table of words that mean the same.
        assert {one.change for one in found if one.table == "synonym_group"} == {Change.ADDED}
        assert [(one.change, one.key) for one in found if one.table != "synonym_group"] == [
            (Change.KEPT, EDITED.isoformat()),
            (Change.CHANGED, OLD.isoformat()),
        ]
        assert session.get_one(Holiday, EDITED).name == "Của tỉnh"
        assert session.get_one(Holiday, OLD).name != "Tên của bản trước"
    database.engine.dispose()
    databases.drop(url)
