"""The wordings that were accepted, wholly or partly, each with the clause of the newest draft that it would change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.responses.models import ResponseVersion
from consult.responses.redlines.promises import Promise, promises
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.receiving import clause_wording
from consult.text import one_line

BATCH = 500


@dataclass(frozen=True)
class AcceptedWording:
    """What the comments `numbers` proposed in the same words, as the public may see the first of them, with the answer
    in its `version`.

    `path` is the clause of the newest draft, `place` where it was commented on. `code` says why it cannot be laid
    against that clause; empty for one that can.
    """

    numbers: tuple[int, ...]
    path: str
    place: NamedPlace
    proposed: str
    comment: PublicComment
    version: ResponseVersion | None
    code: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two wordings have in common that ask for the same."""
        return self.path, one_line(self.proposed)


@dataclass(frozen=True)
class Accepted:
    """All of a matter, for the draft `revision`: those with a wording of their own, and the numbers of the accepted
    comments without one, which somebody has to put into words."""

    revision: Revision
    wordings: Sequence[AcceptedWording] = ()
    unworded: Sequence[int] = field(default=())


def accepted(session: Session, consultation: Consultation) -> Accepted:
    """Every accepted or partly accepted comment, by its number; those that propose the same for the same clause once.
    Statements grow with the earlier drafts that were commented on, and with every five hundred comments."""
    newest = queries.current_revision(session, consultation.id)
    rows = promises(session, consultation)
    shown = _shown(session, consultation, [row.number for row in rows])
    places = _Places(session, consultation, newest, rows)
    wordings: dict[Any, AcceptedWording] = {}
    unworded = []
    for row in rows:
        one = _wording(row, shown[row.number], places)
        if not one.proposed:
            unworded.append(row.number)
            continue
        key = (*one.key, one.code) if one.path else row.number
        before = wordings.get(key)
        wordings[key] = one if before is None else replace(before, numbers=(*before.numbers, row.number))
    return Accepted(newest, tuple(wordings.values()), tuple(unworded))


def _shown(session: Session, consultation: Consultation, numbers: Sequence[int]) -> dict[int, PublicComment]:
    found: dict[int, PublicComment] = {}
    for start in range(0, len(numbers), BATCH):
        wanted = Filter(numbers=tuple(numbers[start : start + BATCH]))
        found |= {one.number: one for one in public_comments(session, consultation, wanted, limit=None)}
    return found


def _wording(row: Promise, comment: PublicComment, places: "_Places") -> AcceptedWording:
    """One comment: a redacted one proposes what the public may read of it."""
    proposed = comment.proposed if comment.text_salt else row.proposed
    path, code = places.of(row)
    if path and row.revision != places.newest.number:
        # Its number is another one by now.
        proposed = clause_wording.without_number(proposed)
    if path and not row.worded_here:
        code = "moved"
    if row.version is None:
        code = "not_approved"
    place = NamedPlace(row.document or 0, comment.document_title, row.revision or 0, comment.drafts, row.path)
    return AcceptedWording((row.number,), path, place, proposed, comment, row.version, code)


class _Places:
    """Which clause of the newest draft is the one that each comment is about."""

    def __init__(self, session: Session, consultation: Consultation, newest: Revision, rows: Iterable[Promise]) -> None:
        self.newest = newest
        self._heirs: dict[UUID, list[successors.Place]] = {}
        older = [row for row in rows if row.document == anchors.MAIN and row.path and row.revision_id != newest.id]
        drafts = {row.revision_id for row in older}
        for revision in session.scalars(
            select(Revision).where(Revision.consultation_id == consultation.id, Revision.id.in_(drafts))
        ):
            ids = [row.provision_id for row in older if row.revision_id == revision.id and row.provision_id]
            self._heirs |= successors.heirs(session, revision, ids)
        said = [(row.revision_id, row.path) for row in older if row.revision_id]
        now = [(newest.id, place.path) for those in self._heirs.values() for place in those]
        self._words = _words(session, consultation.id, [*said, *now])

    def of(self, row: Promise) -> tuple[str, str]:
        """The path in the newest draft; where there is none, the code of why."""
        if row.document not in (None, anchors.MAIN):
            return "", "other_document"
        if not row.path:
            return "", "no_clause"
        if row.revision_id == self.newest.id:
            return row.path, ""
        heirs = self._heirs.get(row.provision_id, []) if row.provision_id else []
        if len(heirs) != 1:
            return "", "clause_gone"
        before = self._words.get((row.revision_id, row.path)) if row.revision_id else None
        same = before is not None and before == self._words.get((self.newest.id, heirs[0].path))
        return heirs[0].path, "" if same else "clause_changed"


def _words(
    session: Session, consultation_id: UUID, clauses: Sequence[clause_wording.Clause]
) -> dict[clause_wording.Clause, str]:
    """What clauses say, without their own numbers, which are others from draft to draft."""
    found: dict[clause_wording.Clause, str] = {}
    wanted = list(dict.fromkeys(clauses))
    for start in range(0, len(wanted), clause_wording.MOST_CLAUSES):
        part = wanted[start : start + clause_wording.MOST_CLAUSES]
        found |= clause_wording.words_of(session, consultation_id, part)
    return {clause: one_line(clause_wording.without_number(words)) for clause, words in found.items()}
