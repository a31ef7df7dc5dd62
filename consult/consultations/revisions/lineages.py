"""Which provisions of a matter's public drafts are one clause: the one place that says so.

A number is no clause: what is Điều 5 in one draft may be Điều 6 in the next, and Điều 5 another. A clause is a line of
provisions that match from draft to draft (`ProvisionMatch`), one in each draft at most. Where one was split the line
goes on in the likeliest part, where several were merged it is that of the likeliest of them, and what is left over is a
line of its own: so every provision is in exactly one line, and what is counted by lines adds up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from consult.consultations.document_models import Document, Provision, ProvisionMatch, Revision
from consult.relationships import along

Rank = tuple[int, ...]
"""Where something stands among the provisions of the newest draft, and behind what of it that is gone."""

NOWHERE: Rank = (-1,)


@dataclass(frozen=True)
class ClausePlace:
    """A provision as it stands in its own draft; `rank` is where its clause stands in the newest one, or stood."""

    id: UUID
    document: int
    revision: int
    path: str
    heading: str
    position: int
    rank: Rank = NOWHERE


@dataclass(frozen=True)
class Lineages:
    """The clauses of a matter: `places` of provisions by their ids, and of those that belong to a line of several, the
    first and the newest provision of it."""

    places: Mapping[UUID, ClausePlace] = field(default_factory=dict)
    firsts: Mapping[UUID, UUID] = field(default_factory=dict)
    newests: Mapping[UUID, UUID] = field(default_factory=dict)

    def key(self, provision_id: UUID) -> UUID:
        """What all provisions of one clause have in common, and no other has."""
        return self.firsts.get(provision_id, provision_id)

    def newest(self, provision_id: UUID) -> ClausePlace:
        """The clause as it stands in the newest draft that has it."""
        return self.places[self.newests.get(provision_id, provision_id)]


@cache
def drafts_expression() -> Any:
    """How many drafts of a Document are public, as a column of a statement in which it is joined."""
    other = aliased(Revision)
    of_document = along(Document.revisions.of_type(other)) & other.published_at.is_not(None)
    return select(func.count(other.id)).where(of_document).correlate(Document).scalar_subquery()


@dataclass(frozen=True)
class FiledDrafts:
    """A document of a matter by its title, with how many public drafts it has, which is the number of the newest."""

    title: str
    drafts: int


def filed_drafts(session: Session, consultation_id: UUID) -> dict[int, FiledDrafts]:
    """All documents of a matter by their numbers, in one statement."""
    rows = session.execute(
        select(Document.number, Document.title, drafts_expression()).where(Document.consultation_id == consultation_id)
    )
    return {number: FiledDrafts(title, drafts) for number, title, drafts in rows}


def lineages(session: Session, consultation_id: UUID, wanted: Iterable[UUID]) -> Lineages:
    """The clauses of which the provisions `wanted` are, in one statement, or three where a document has several public
    drafts."""
    own = set(wanted)
    lines = _lines(session, consultation_id)
    if not lines:
        return Lineages(_places(session, consultation_id, Provision.id.in_(own))) if own else Lineages()
    several = [revision for line in lines for revision in line]
    found = _places(session, consultation_id, Provision.revision_id.in_(several) | Provision.id.in_(own))
    matches = _matches(session, consultation_id, several)
    firsts, newests = _chained(matches, found)
    return Lineages(_ranked(found, matches), firsts, newests)


def _lines(session: Session, consultation_id: UUID) -> list[list[UUID]]:
    """The public revisions of each document that has several."""
    rows = session.execute(
        select(Revision.document_id, Revision.id)
        .where(Revision.consultation_id == consultation_id, Revision.published_at.is_not(None))
        .order_by(Revision.document_id, Revision.number)
    )
    found: dict[UUID, list[UUID]] = {}
    for document_id, revision_id in rows:
        found.setdefault(document_id, []).append(revision_id)
    return [line for line in found.values() if len(line) > 1]


def _places(session: Session, consultation_id: UUID, which: Any) -> dict[UUID, ClausePlace]:
    rows = session.execute(
        select(Provision.id, Document.number, Revision.number, Provision.path, Provision.heading, Provision.position)
        .join(Provision.revision)
        .join(Revision.document)
        .where(Provision.consultation_id == consultation_id, which)
    )
    return {row[0]: ClausePlace(*row, rank=(row[5],)) for row in rows}


def _matches(session: Session, consultation_id: UUID, revisions: Sequence[UUID]) -> list[tuple[UUID, UUID, float]]:
    match = ProvisionMatch
    rows = session.execute(
        select(match.old_id, match.new_id, match.similarity).where(
            match.consultation_id == consultation_id,
            and_(match.new_revision_id.in_(revisions), match.old_id.is_not(None), match.new_id.is_not(None)),
        )
    )
    return [(old, new, similarity) for old, new, similarity in rows if old is not None and new is not None]


def _chained(
    matches: Sequence[tuple[UUID, UUID, float]], found: Mapping[UUID, ClausePlace]
) -> tuple[dict[UUID, UUID], dict[UUID, UUID]]:
    """The first and the newest of the line of each provision that has a match: each goes on in one other at most, the
    likeliest pairs first, and of those alike the ones that stand first."""
    later: dict[UUID, UUID] = {}
    taken: set[UUID] = set()
    for old, new, _ in sorted(matches, key=lambda one: (-one[2], found[one[0]].position, found[one[1]].position)):
        if old not in later and new not in taken:
            later[old] = new
            taken.add(new)
    firsts: dict[UUID, UUID] = {}
    newests: dict[UUID, UUID] = {}
    for first in later.keys() - taken:
        line = [first]
        while line[-1] in later:
            line.append(later[line[-1]])
        firsts |= dict.fromkeys(line, first)
        newests |= dict.fromkeys(line, line[-1])
    return firsts, newests


def _ranked(found: Mapping[UUID, ClausePlace], matches: Sequence[tuple[UUID, UUID, float]]) -> dict[UUID, ClausePlace]:
    """The places with the ranks of what came of them; what is gone stands behind what stood before it."""
    heirs: dict[UUID, list[UUID]] = {}
    for old, new, _ in matches:
        heirs.setdefault(old, []).append(new)
    newest: dict[int, int] = {}
    for one in found.values():
        newest[one.document] = max(newest.get(one.document, 0), one.revision)
    ranked: dict[UUID, ClausePlace] = {}
    last: Rank = NOWHERE
    for one in sorted(found.values(), key=lambda each: (each.document, -each.revision, each.position)):
        if one.position == 0:
            last = NOWHERE
        if one.revision == newest[one.document]:
            rank: Rank = one.rank
        elif one.id in heirs:
            last = rank = min(ranked[heir].rank for heir in heirs[one.id])
        else:
            rank = (*last, one.position)
        ranked[one.id] = replace(one, rank=rank)
    return ranked
