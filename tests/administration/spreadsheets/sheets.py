"""Spreadsheets of bodies, units, people and areas, and what they would do."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from consult.administration.models import SpreadsheetUpload, UploadKind
from consult.administration.spreadsheets import service
from consult.administration.spreadsheets.columns import KEYS, title
from consult.administration.spreadsheets.service import Plan
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.policy import Actor
from tests.builders import NOW

SAID = {"kind": "Tổ chức chính trị - xã hội", "level": "xã, phường"}


def rows_of(kind: UploadKind, *rows: dict[str, str]) -> list[Sheet]:
    """A sheet with every column of a kind, and these rows."""
    head = [title(key, "vi") for key in KEYS[kind]]
    lines = [[row.get(key, "") for key in KEYS[kind]] for row in rows]
    return [Sheet("Một", [Line(number, cells) for number, cells in enumerate([head, *lines], start=1)])]


def kept(session: Session, kind: UploadKind, actor: Actor, *rows: dict[str, str]) -> SpreadsheetUpload:
    """Such a file, as it was chosen."""
    return service.keep(session, kind, "to-chuc.xlsx", rows_of(kind, *rows), actor, NOW)


def planned(session: Session, kind: UploadKind, actor: Actor, *rows: dict[str, str]) -> Plan:
    """What such a file would do."""
    return service.plan(session, kept(session, kind, actor, *rows), actor, NOW)


def written(session: Session, kind: UploadKind, actor: Actor, *rows: dict[str, str]) -> SpreadsheetUpload:
    """Such a file, written as it was seen."""
    one = kept(session, kind, actor, *rows)
    return service.write(session, one.id, service.plan(session, one, actor, NOW).version, actor, NOW)


def wrong(plan: Plan) -> Sequence[tuple[str, str]]:
    """Each wrong cell with its code."""
    return [(one.cell, one.code) for row in plan.rows for one in row.problems]


def body(name: str, **said: str) -> dict[str, str]:
    """The row of a union of a commune."""
    return {**SAID, "name": name, **said}
