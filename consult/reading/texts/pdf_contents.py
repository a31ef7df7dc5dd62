"""A document of pages as it is read: its contents as a tree, and where in it comments gather."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision

MOST_GATHERED = 5


@dataclass
class ContentsEntry:
    """A heading: its first page, and how many comments there are on its pages up to the next heading of its level."""

    title: str
    page: int
    level: int
    count: int = 0
    children: list["ContentsEntry"] = field(default_factory=list)


def tree(contents: Sequence[Mapping[str, Any]], counts: Mapping[int, int], last: int) -> list[ContentsEntry]:
    """The headings of a revision as a tree, with the comments of `counts` (by page) on each and all below it."""
    rows = [ContentsEntry(str(row["title"]), int(row["page"]), int(row["level"])) for row in contents]
    top: list[ContentsEntry] = []
    above: list[ContentsEntry] = []
    for position, entry in enumerate(rows):
        end = next((later.page for later in rows[position + 1 :] if later.level <= entry.level), last + 1)
        pages = range(entry.page, max(end, entry.page + 1))
        entry.count = sum(counts.get(page, 0) for page in pages) if counts else 0
        while above and above[-1].level >= entry.level:
            above.pop()
        (above[-1].children if above else top).append(entry)
        above.append(entry)
    return top


def heading_at(contents: Sequence[Mapping[str, Any]], page: int) -> str:
    """The heading under which a page stands; empty before the first one."""
    before = [row for row in contents if row["page"] <= page]
    return str(before[-1]["title"]) if before else ""


def gathered(counts: Mapping[int, int]) -> list[tuple[int, int]]:
    """The pages with most comments, and how many, in the order of pages."""
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_GATHERED]
    return sorted(most)


def newest_number(session: Session, document: Document) -> int:
    """The number of the newest published revision of a document."""
    newest = session.scalar(
        select(func.max(Revision.number)).where(
            Revision.consultation_id == document.consultation_id,
            Revision.document_id == document.id,
            Revision.published_at.is_not(None),
        )
    )
    return newest or 0
