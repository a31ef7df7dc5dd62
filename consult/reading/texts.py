"""The text of a revision as a tree with the number of comments on each provision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.documents import Provision, Revision
from consult.reading.sheets import Node

_COLUMNS = (
    Provision.id,
    Provision.parent_id,
    Provision.path,
    Provision.kind,
    Provision.label,
    Provision.marker,
    Provision.heading,
    Provision.text,
    Provision.rows,
)


def tree(session: Session, revision: Revision, counts: Mapping[str, int]) -> list[Node]:
    """The provisions of `revision` as trees in the order of reading; `counts` maps a path to its number of comments.

    One statement, and columns instead of objects: a decree has thousands of provisions.
    """
    rows = session.execute(
        select(*_COLUMNS)
        .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
        .order_by(Provision.position)
    ).all()
    below: dict[UUID | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return [_node(row, below, counts) for row in below.get(None, ())]


def _node(row: Any, below: Mapping[UUID | None, list[Any]], counts: Mapping[str, int]) -> Node:
    return Node(
        path=row.path,
        kind=row.kind,
        label=row.label,
        marker=row.marker,
        heading=row.heading,
        text=row.text,
        rows=row.rows,
        count=counts.get(row.path, 0),
        children=tuple(_node(child, below, counts) for child in below.get(row.id, ())),
    )
