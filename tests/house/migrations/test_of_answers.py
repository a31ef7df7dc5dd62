"""What was answered before answers were acts has its acts after the upgrade, and none after going back."""

import json
from typing import Any

from alembic import command
from sqlalchemy import select, update

from tests.house.migrations.filled import Rows, held, reflected
from tests.house.migrations.revisions import Filled, opened
from tests.house.migrations.test_migrations import configuration

BEFORE, AFTER = "e1b6f70c93a4", "b81d5f27c0e4"


def answered(url: str) -> list[dict[str, Any]]:
    """Makes the first two entries of the log answer comments of their matter, the same answer twice; gives what was
    there of whom and when."""
    with opened(url) as connection:
        tables = reflected(connection)
        connection.rollback()
        entry, comment, response = (tables[name] for name in ("ledger_entry", "comment", "response"))
        with connection.begin():
            own = connection.execute(select(entry).order_by(entry.c.index)).all()[:2]
            numbers = connection.execute(
                select(comment.c.number).where(comment.c.consultation_id == own[0].consultation_id)
            ).all()
            [first] = connection.execute(
                select(response.c.number).where(response.c.consultation_id == own[0].consultation_id).limit(1)
            ).one()
            for place, row in enumerate(own):
                body = {"comments": [number for [number] in numbers], "response": first, "version": place + 1}
                connection.execute(
                    update(entry)
                    .where(entry.c.consultation_id == row.consultation_id, entry.c.index == row.index)
                    .values(kind="answered", body=json.dumps(body))
                )
        return [
            {"at": row.at, "number": number, "response": first, "version": place + 1}
            for place, row in enumerate(own)
            for [number] in numbers
        ]


def acts_of(rows: Rows) -> list[dict[str, Any]]:
    numbers = {(row["consultation_id"], row["id"]): row["number"] for row in rows["comment"].values()}
    return [
        {**row, "number": numbers[row["consultation_id"], row["comment_id"]]}
        for row in rows["comment_act"].values()
        if row["kind"] == "answered"
    ]


def test_what_was_answered_has_its_acts(filled: Filled) -> None:
    url = filled(BEFORE)
    expected = answered(url)
    with opened(url) as connection:
        before = held(connection)
    command.upgrade(configuration(url), AFTER)
    with opened(url) as connection:
        after = held(connection)
    made = acts_of(after)
    told = [
        {"at": act["at"], "number": act["number"], **details(act)} for act in sorted(made, key=lambda act: act["at"])
    ]
    key = lambda one: (one["at"], one["number"])  # noqa: E731
    assert sorted(told, key=key) == sorted(expected, key=key) and len(told) == 4
    assert all(act["effective_at"] == act["at"] and act["confirmed_by_id"] is None for act in made)
    publisher = next(iter(before["response_publication"].values()))["by_id"]
    assert {act["by_id"] for act in made if details(act)["version"] == 1} == {publisher}
    command.downgrade(configuration(url), BEFORE)
    with opened(url) as connection:
        assert held(connection) == before


def details(act: dict[str, Any]) -> dict[str, Any]:
    """The details of an act, whatever the driver gives them as."""
    given = act["details"]
    found: dict[str, Any] = json.loads(given) if isinstance(given, str) else given
    return found
