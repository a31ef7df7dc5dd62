"""Bodies, one in each row, known by their name or by their code on the document network."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log
from consult.administration.public_pages import forget_pages
from consult.administration.spreadsheets.places import KnownAreas, KnownBodies
from consult.administration.spreadsheets.rows import Outcome, Planned, Row
from consult.db import new_id
from consult.files.spreadsheets.tables import Table
from consult.people import mail_addresses, reach, telephones
from consult.people.models import Organisation
from consult.people.organisations import LONGEST_NAME
from consult.people.words import Level, OrganisationKind, Standing
from consult.policy import Actor
from consult.text import folded

KEPT = ("short_name", "place", *reach.FIELDS)
"""What a row may say anew of a body that is there: nothing that a correction or a change of the body has to say."""


class Bodies:
    """Reads and writes them."""

    def plan(self, session: Session, table: Table, _actor: Actor, now: datetime) -> list[Planned]:
        """As `rows.Reader`."""
        known, areas = KnownBodies(session), KnownAreas(session, clock.local_day(now))
        seen: dict[Any, int] = {}
        return [self._row(Row(table, record), known, areas, seen) for record in table.records]

    def write(self, session: Session, rows: list[Planned], actor: Actor, now: datetime) -> dict[str, Any]:
        """As `rows.Reader`."""
        for row in rows:
            if row.outcome is Outcome.NEW:
                session.add(Organisation(id=new_id(), **row.what))
                continue
            body = session.get_one(Organisation, row.what["id"])
            for name, (_before, after) in row.changes.items():
                setattr(body, name, after)
            audit_log.note(session, "reach_changed", body.name, actor, now, organisation_id=str(body.id))
        forget_pages(session)
        return {}

    def _row(self, row: Row, known: KnownBodies, areas: KnownAreas, seen: dict[Any, int]) -> Planned:
        name = row.text("name", LONGEST_NAME, needed=True)
        kind, level, standing = row.word("kind", True), row.word("level", True), row.word("standing")
        texts = {key: row.text(key, LONGEST_NAME) for key in KEPT}
        row.checked("telephone", telephones.problem, texts["telephone"])
        row.checked("mail", mail_addresses.problem, texts["mail"])
        row.checked("network_code", reach.code_problem, texts["network_code"])
        area_id, valid_from = areas.read(row, "area"), row.day("valid_from")
        if name:
            row.once("name", seen, folded(name))
        if texts["network_code"]:
            row.once("network_code", seen, ("code", texts["network_code"].casefold()))
        there = known.one(row, "network_code", texts["network_code"], known.named(name) if name else None)
        _check(row, there, kind, level, standing)
        if there is not None:
            # One body may stand in two rows, by its name in one and by its code in the other.
            row.once("name", seen, there.id)
            read = row.planned(there.name, {"id": there.id}, {key: getattr(there, key) for key in KEPT}, texts)
            return replace(read, said=name if folded(name) != there.folded_name else "")
        given: dict[str, Any] = {**texts, "short_name": texts["short_name"] or name}
        what = given | {"name": name, "folded_name": folded(name), "area_id": area_id, "valid_from": valid_from}
        return row.planned(name, what | _coded(row, kind, level, standing), None, {})


def _check(row: Row, there: Organisation | None, kind: str | None, level: str | None, standing: str | None) -> None:
    """A body that is there stays of its kind and level; a religious one says its standing, and no other does."""
    if there is not None:
        if kind and kind != there.kind:
            row.wrong("kind", "other_kind_there")
        if level and level != there.level:
            row.wrong("level", "other_level_there")
    elif kind == OrganisationKind.RELIGIOUS and standing is None:
        row.wrong("standing", "required")
    if standing is not None and kind and kind != OrganisationKind.RELIGIOUS:
        row.wrong("standing", "only_religious")


def _coded(row: Row, kind: str | None, level: str | None, standing: str | None) -> dict[str, UUID | Any]:
    if row.problems or kind is None or level is None:
        return {}
    return {
        "kind": OrganisationKind(kind),
        "level": Level(level),
        "standing": Standing(standing) if standing else None,
    }
