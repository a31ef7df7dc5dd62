"""What became of a clause from one draft to another, whichever of them is the later, as the matches say.

An address names a draft and a path. Where that draft has no such path, the clause meant is that of the nearest earlier
draft which has it, or else of the nearest later one. A path without a draft is of the time before addresses named any:
it was written for the first public draft that has it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, ProvisionMatch, Revision


class FateKind(StrEnum):
    """What became of a clause: it stands under its number or another one, alone or together with others, in several
    parts, or no more. In an earlier draft it came from what is there, or was not there yet."""

    SAME = "same"
    RENUMBERED = "renumbered"
    MERGED = "merged"
    SPLIT = "split"
    DROPPED = "dropped"
    CAME_FROM = "came_from"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Fate:
    """The provision `path` of draft `revision` of a document, and what it is in the draft `asked`: at `paths` there.
    One that was dropped is gone since the draft `since`. It does not stand where the draft of the address that was
    asked for has no such path."""

    document: int
    revision: int
    path: str
    asked: int
    kind: FateKind
    paths: tuple[str, ...] = ()
    since: int = 0
    stands: bool = True


def first_expression(consultation_id: UUID, document: int, path: str) -> Any:
    """The number of the first public draft that has such a path, as a part of a statement."""
    return _of_path(func.min(Revision.number), consultation_id, document, path).scalar_subquery()


def first_with(session: Session, consultation_id: UUID, document: int, path: str) -> int | None:
    """The number of the first public draft that has such a path; None when none has."""
    first: int | None = session.scalar(_of_path(func.min(Revision.number), consultation_id, document, path))
    return first


def of_address(session: Session, consultation_id: UUID, document: int, revision: int | None, path: str) -> Fate | None:
    """Of the provision that an address means: what it is in the newest draft, or where the draft `revision` that it
    names has no such path, what it is in that one. None when no public draft ever had such a path, or there is no such
    draft."""
    line = _line(session, consultation_id, document)
    having = _having(session, consultation_id, document, path)
    if not having or (revision is not None and not any(one.number == revision for one in line)):
        return None
    if revision is None or revision in having:
        start, asked, stands = min(having) if revision is None else revision, line[-1].number, True
    else:
        start, asked, stands = max((one for one in having if one < revision), default=min(having)), revision, False
    return _followed(session, document, line, start, having[start], path, asked, stands)


def of_older(
    session: Session, consultation_id: UUID, places: Iterable[tuple[int, int, str]]
) -> dict[tuple[int, int, str], Fate]:
    """Of those of these places (document, draft, path) that are of an older draft of their document, what they are in
    the newest. A document as a whole stays what it is."""
    found: dict[tuple[int, int, str], Fate] = {}
    lines: dict[int, list[Revision]] = {}
    for document, revision, path in dict.fromkeys(places):
        if document not in lines:
            lines[document] = _line(session, consultation_id, document)
        newest = lines[document][-1].number if lines[document] else 0
        if revision >= newest:
            continue
        fate = of_address(session, consultation_id, document, revision, path) if path else None
        if fate is not None:
            found[document, revision, path] = fate
        elif not path:
            found[document, revision, path] = Fate(document, revision, "", newest, FateKind.SAME)
    return found


def _followed(
    session: Session,
    document: int,
    line: Sequence[Revision],
    start: int,
    own: UUID,
    path: str,
    asked: int,
    stands: bool,
) -> Fate:
    onward = asked > start
    steps = [one for one in line if (start < one.number <= asked if onward else asked <= one.number < start)]
    ids, shared = {own}, False
    for revision in steps if onward else reversed(steps):
        pairs = _pairs(session, revision, ids, onward)
        shared = shared or len({old for old, _ in pairs}) > len(ids)
        ids = {new for _, new in pairs}
        if not ids:
            kind = FateKind.DROPPED if onward else FateKind.NOT_YET
            return Fate(document, start, path, asked, kind, (), revision.number, stands)
    paths = _paths(session, line[0].consultation_id, ids)
    return Fate(document, start, path, asked, _kind(paths, path, shared, onward), paths, 0, stands)


def _kind(paths: Sequence[str], path: str, shared: bool, onward: bool) -> FateKind:
    if len(paths) == 1 and not shared:
        return FateKind.SAME if paths[0] == path else FateKind.RENUMBERED
    if not onward:
        return FateKind.CAME_FROM
    return FateKind.SPLIT if len(paths) > 1 else FateKind.MERGED


def _pairs(session: Session, revision: Revision, ids: set[UUID], onward: bool) -> set[tuple[UUID, UUID]]:
    """From the provisions `ids` to those of `revision`, the next or the one before, with all that lead to the same."""
    match = ProvisionMatch
    here, there = (match.old_id, match.new_id) if onward else (match.new_id, match.old_id)
    side = match.new_revision_id if onward else match.old_revision_id
    own = (match.consultation_id == revision.consultation_id, side == revision.id)
    reached = select(there).where(*own, here.in_(ids), there.is_not(None))
    rows = session.execute(select(here, there).where(*own, there.in_(reached), here.is_not(None)))
    return {(one, other) for one, other in rows if one is not None and other is not None}


def _paths(session: Session, consultation_id: UUID, ids: set[UUID]) -> tuple[str, ...]:
    own = (Provision.consultation_id == consultation_id, Provision.id.in_(ids))
    return tuple(session.scalars(select(Provision.path).where(*own).order_by(Provision.position)))


def _having(session: Session, consultation_id: UUID, document: int, path: str) -> dict[int, UUID]:
    """The provision with such a path in each public draft that has one, by the number of the draft: each is another
    clause until matches say otherwise."""
    rows = session.execute(_of_path(Revision.number, consultation_id, document, path).add_columns(Provision.id))
    return {number: provision_id for number, provision_id in rows}


def _of_path(column: Any, consultation_id: UUID, document: int, path: str) -> Any:
    return (
        select(column)
        .select_from(Provision)
        .join(Provision.revision)
        .join(Revision.document)
        .where(
            Provision.consultation_id == consultation_id,
            Provision.path == path,
            Document.number == document,
            Revision.published_at.is_not(None),
        )
    )


def _line(session: Session, consultation_id: UUID, document: int) -> list[Revision]:
    """The public drafts of a document, the oldest first."""
    return list(
        session.scalars(
            select(Revision)
            .join(Revision.document)
            .where(
                Revision.consultation_id == consultation_id,
                Document.number == document,
                Revision.published_at.is_not(None),
            )
            .order_by(Revision.number)
        )
    )
