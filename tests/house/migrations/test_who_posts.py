"""An investor's report that is being prepared goes to who appraises it; what was published stays as it was, is read by
everybody and judged by who appraises it."""

from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, update

from tests.house.migrations.filled import reflected
from tests.house.migrations.revisions import Filled, opened
from tests.house.migrations.test_migrations import configuration

BEFORE, AFTER = "3d9e61c07ab4", "6b1e93d7c5a0"


def upgraded(filled: Filled, **given: Any) -> tuple[Any, list[Any]]:
    """Makes the first matter a statutory consultation of the first organisation, an investor's, appraised by the second
    one, with `given`; gives who is in charge of it after the upgrade, and the organisations."""
    url = filled(BEFORE)
    with opened(url) as connection:
        tables = reflected(connection)
        connection.rollback()
        matter, body = tables["consultation"], tables["organisation"]
        with connection.begin():
            ids = list(connection.scalars(select(body.c.id).order_by(body.c.name)))
            connection.execute(update(body).values(kind="department"))
            connection.execute(update(body).where(body.c.id == ids[0]).values(kind="investor"))
            [own] = connection.execute(select(matter.c.id).order_by(matter.c.slug).limit(1)).one()
            values = {
                "procedure": "eia_statutory", "published_at": None, "lead_id": ids[0], "answering_id": ids[0],
                "issuing_id": ids[1],
            }  # fmt: skip
            values |= {name: ids[one] if name.endswith("_id") else one for name, one in given.items()}
            connection.execute(update(matter).where(matter.c.id == own).values(**values))
    command.upgrade(configuration(url), AFTER)
    with opened(url) as connection:
        return connection.scalar(select(matter.c.lead_id).where(matter.c.id == own)), ids


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ({}, 1),
        ({"answering_id": 2}, 1),
        ({"lead_id": 2}, 2),
        ({"issuing_id": 0}, 0),
        ({"procedure": "comment"}, 0),
    ],
)
def test_a_draft_goes_to_who_appraises_it(filled: Filled, given: dict[str, Any], leads: int) -> None:
    lead, ids = upgraded(filled, **given)
    assert lead == ids[leads]


def test_what_was_published_stays_as_the_log_fixed_it(filled: Filled) -> None:
    url = filled(BEFORE)
    with opened(url) as connection:
        matter = reflected(connection)["consultation"]
        connection.rollback()
        with connection.begin():
            public = matter.c.published_at.is_not(None)
            same = {"procedure": "eia_statutory", "lead_id": matter.c.answering_id}
            connection.execute(update(matter).where(public).values(**same))
        before = connection.execute(select(matter).where(public).order_by(matter.c.id)).all()
    command.upgrade(configuration(url), AFTER)
    with opened(url) as connection:
        assert connection.execute(select(matter).where(public).order_by(matter.c.id)).all() == before
