"""A revision's tree between its two forms: nodes as `outline --json` prints them, and rows of provisions."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from consult.consultations.document_models import Page, Provision, Revision
from consult.consultations.matter.inputs import ReadFile
from consult.db import new_id
from consult.outbox import service as outbox

NODE_FIELDS = ("path", "kind", "label", "marker", "marker_auto", "heading", "text")
Rows = list[dict[str, Any]]


def store(session: Session, revision: Revision, upload: ReadFile) -> None:
    """Writes the provisions and pages of a new revision, many rows in one statement; pages that are still to be read
    are asked for in the same transaction, by `pages_waiting` with `revision`, `after` (pages read) and `lost`."""
    store_tree(session, revision, upload.provisions)
    store_pages(session, revision, upload.pages)
    if revision.pages_read < revision.pages_total:
        outbox.emit(session, "pages_waiting", revision.created_at, revision.consultation_id, **waiting(revision, 0))


def store_pages(session: Session, revision: Revision, pages: Sequence[dict[str, Any]]) -> None:
    """Writes pages of a revision."""
    rows = [
        {
            "id": new_id(),
            "consultation_id": revision.consultation_id,
            "revision_id": revision.id,
            "recognised": page.get("recognised", False),
            "turned": page.get("turned", 0),
            **{name: page[name] for name in ("number", "text", "width", "height")},
        }
        for page in pages
    ]
    if rows:
        session.execute(insert(Page), rows)


def waiting(revision: Revision, lost: int) -> dict[str, Any]:
    """What the event that asks for the next pages of a revision says."""
    return {"revision": str(revision.id), "after": revision.pages_read, "lost": lost}


def store_tree(session: Session, revision: Revision, nodes: Sequence[dict[str, Any]]) -> None:
    """Writes a tree as the provisions of a revision that has none."""
    rows: Rows = []
    for node in nodes:
        _gather(node, None, 0, revision, rows)
    if rows:
        session.execute(insert(Provision), rows)


def replace_tree(session: Session, revision: Revision, nodes: Sequence[dict[str, Any]]) -> None:
    """Puts a corrected tree in the place of the one before."""
    session.execute(
        delete(Provision)
        .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
        .execution_options(synchronize_session=False)
    )
    store_tree(session, revision, nodes)


def tree_of(provisions: Sequence[Provision]) -> list[dict[str, Any]]:
    """The nodes of a revision as `outline --json` prints them, from its provisions in the order of reading."""
    top: list[dict[str, Any]] = []
    known: dict[UUID, dict[str, Any]] = {}
    for provision in provisions:
        node = {name: getattr(provision, name) for name in NODE_FIELDS}
        node["children"] = []
        if provision.rows is not None:
            node["rows"] = provision.rows
        if provision.kind == "body":
            node["grammar"] = provision.grammar
        if provision.picture is not None:
            node["picture"] = provision.picture
        if provision.page:
            node["page"] = provision.page
        known[provision.id] = node
        above = known.get(provision.parent_id) if provision.parent_id else None
        (above["children"] if above is not None else top).append(node)
    return top


def walk(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every node of a tree in the order of reading, cells of tables left in their table."""
    for node in nodes:
        yield node
        yield from walk(node["children"])


def _gather(node: dict[str, Any], parent_id: UUID | None, depth: int, revision: Revision, rows: Rows) -> None:
    own_id = new_id()
    rows.append(
        {
            "id": own_id,
            "consultation_id": revision.consultation_id,
            "revision_id": revision.id,
            "parent_id": parent_id,
            "position": len(rows),
            "depth": depth,
            "rows": node.get("rows"),
            "grammar": node.get("grammar", ""),
            "picture": node.get("picture"),
            "page": node.get("page", 0),
            **{name: node[name] for name in NODE_FIELDS},
        }
    )
    for child in node["children"]:
        _gather(child, own_id, depth + 1, revision, rows)
