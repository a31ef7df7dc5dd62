"""What the pages of a matter need, beyond its own columns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.documents import Page, Revision
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.reading import service
from consult.reading.sheets import Node, Sheet
from consult.responses import sums
from consult.stages import stage_of

DIVISIONS = frozenset({"part", "chapter", "section", "subsection", "body", "appendix", "roman"})


def matter(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    """Everything the page of a matter shows at the instant `now`."""
    return {
        "consultation": consultation,
        "stage": stage_of(consultation, now),
        "now": now,
        "dossier": service.dossier(session, consultation.id),
        "periods": consultation.periods,
        "extensions": service.extensions(session, consultation.id),
        "outcome": sums.outcome(session, consultation.id),
        "visibility": sums.visibility(session, consultation.id),
        "asked": len(consultation.invitations),
    }


def page_of(session: Session, revision: Revision, number: int) -> Page:
    """The page `number` of a PDF revision; raises NotFound."""
    found = session.scalar(
        select(Page).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id, Page.number == number
        )
    )
    if found is None:
        raise NotFound
    return found


def last_page(session: Session, revision: Revision) -> int:
    """The number of the last page of a PDF revision."""
    last = session.scalar(
        select(func.max(Page.number)).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id
        )
    )
    return last or 0


def asked_sheet(cut: Sequence[Sheet], number: str, path: str) -> Sheet:
    """The sheet that holds `path`, or the one of that number, or the first; raises NotFound for one there is not."""
    if path:
        for sheet in cut:
            if path in sheet.paths():
                return sheet
        raise NotFound
    if not number:
        return cut[0]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= len(cut):
        raise NotFound
    return cut[int(number) - 1]


def contents(nodes: Sequence[Node], cut: Sequence[Sheet], shown: Sheet) -> tuple[Node, ...]:
    """The table of contents: every division, and the articles of this sheet when there are several."""
    here = shown.paths() if len(cut) > 1 else None
    return tuple(_listed(node, here) for node in nodes if _stays(node, here))


def _stays(node: Node, here: set[str] | None) -> bool:
    return node.kind in DIVISIONS or here is None or node.path in here


def _listed(node: Node, here: set[str] | None) -> Node:
    if node.kind == "article":
        return replace(node, children=(), rows=None, text="")
    return replace(node, children=tuple(_listed(child, here) for child in node.children if _stays(child, here)))


def addresses(cut: Sequence[Sheet], shown: Sheet) -> dict[str, str]:
    """For each path on another sheet, the query that opens that sheet; paths of this sheet need none."""
    if len(cut) == 1:
        return {}
    first_seen: dict[str, int] = {}
    for sheet in cut:
        for path in sheet.paths():
            first_seen.setdefault(path, sheet.number)
    here = shown.paths()
    return {path: f"?trang={number}" for path, number in first_seen.items() if path not in here}
