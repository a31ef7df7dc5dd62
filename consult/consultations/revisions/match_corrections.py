"""Correcting by hand what became of a provision: other heirs, none, or several of which it was split or merged."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comparison import word_differences
from consult.consultations.document_models import Provision, ProvisionMatch, Revision
from consult.consultations.matter import queries
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.revisions import matching
from consult.consultations.revisions.change_groups import same_content
from consult.consultations.words import MatchKind
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require

MOST_OTHERS = 20
Pair = tuple[UUID, UUID]


class Side(StrEnum):
    """Of which revision the provision is that one corrects the match of."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True)
class Texts:
    """The provisions of both revisions, by id."""

    old: dict[UUID, Provision]
    new: dict[UUID, Provision]


def pair(
    session: Session,
    consultation: Consultation,
    revision: Revision,
    side: Side,
    path: str,
    others: Collection[str],
    actor: Actor,
    now: datetime,
) -> None:
    """Says which provisions of the other revision belong to the provision `path`; none means added or removed.

    After publication this is public at once. Raises NotFound for a path that is none; Invalid({"others": code});
    Refused("not_matched" | the policy's reason).
    """
    by_id = person(actor)
    if len(others) > MOST_OTHERS:
        raise Invalid({"others": "too_many"})
    key = (revision.consultation_id, revision.id)
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        fresh = session.get(Revision, key)
        before = matching.previous(session, fresh) if fresh is not None else None
        if fresh is None or before is None:
            raise NotFound
        rows = list(session.scalars(select(ProvisionMatch).where(*matching.of_revision(fresh))))
        if not rows:
            raise Refused("not_matched")
        texts = Texts(_by_id(session, before), _by_id(session, fresh))
        changed = _set(rows, _wanted(rows, texts, side, path, others), texts, session)
        for row in changed:
            row.corrected_at, row.corrected_by_id = now, by_id
        if changed and fresh.published_at is not None:
            consultation.touch()
            outbox.emit(session, "matter_changed", now, consultation.id, change="revised")
        written(session, consultation)


def _by_id(session: Session, revision: Revision) -> dict[UUID, Provision]:
    return {provision.id: provision for provision in queries.provisions_of(session, revision)}


def _wanted(rows: Sequence[ProvisionMatch], texts: Texts, side: Side, path: str, others: Collection[str]) -> set[Pair]:
    """All pairs as they shall be."""
    own, opposite = (texts.old, texts.new) if side is Side.OLD else (texts.new, texts.old)
    ids = {provision.path: provision.id for provision in own.values()}
    other_ids = {provision.path: provision.id for provision in opposite.values()}
    if path not in ids:
        raise NotFound
    if any(other not in other_ids for other in others):
        raise Invalid({"others": "unknown_place"})
    mine = ids[path]
    kept = {pair for pair in _pairs(rows) if mine != (pair[0] if side is Side.OLD else pair[1])}
    chosen = {other_ids[other] for other in others}
    return kept | {(mine, one) if side is Side.OLD else (one, mine) for one in chosen}


def _pairs(rows: Sequence[ProvisionMatch]) -> set[Pair]:
    return {(row.old_id, row.new_id) for row in rows if row.old_id is not None and row.new_id is not None}


def _set(rows: Sequence[ProvisionMatch], wanted: set[Pair], texts: Texts, session: Session) -> list[ProvisionMatch]:
    """Adds and deletes rows until the pairs are those wanted; gives the rows that are new or of another kind."""
    touched = {one for pair in _pairs(rows) ^ wanted for one in pair}
    paired = {one for pair in wanted for one in pair}
    changed: list[ProvisionMatch] = []
    known: set[Pair] = set()
    for row in rows:
        if row.old_id is not None and row.new_id is not None:
            known.add((row.old_id, row.new_id))
            stays = (row.old_id, row.new_id) in wanted
        else:
            stays = (row.old_id or row.new_id) not in paired
        if not stays:
            session.delete(row)
        elif touched & {row.old_id, row.new_id}:
            changed.append(row)
    model = rows[0]
    new = [_row(model, *pair) for pair in wanted - known]
    alone = touched - paired
    new += [_row(model, one, None) for one in alone if one in texts.old]
    new += [_row(model, None, one) for one in alone if one in texts.new]
    session.add_all(new)
    changed += new
    of_old, of_new = Counter(old for old, _ in wanted), Counter(one for _, one in wanted)
    for row in changed:
        row.kind, row.similarity = _judged(row, texts, wanted, of_old, of_new)
    return changed


def _row(model: ProvisionMatch, old_id: UUID | None, new_id_: UUID | None) -> ProvisionMatch:
    return ProvisionMatch(
        id=new_id(),
        consultation_id=model.consultation_id,
        old_revision_id=model.old_revision_id,
        new_revision_id=model.new_revision_id,
        old_id=old_id,
        new_id=new_id_,
    )


def _judged(
    row: ProvisionMatch, texts: Texts, pairs: set[Pair], of_old: Counter[UUID], of_new: Counter[UUID]
) -> tuple[MatchKind, float]:
    """What a row says, from its two texts and what else they are paired with."""
    if row.old_id is None or row.new_id is None:
        return (MatchKind.ADDED if row.old_id is None else MatchKind.REMOVED), 0.0
    old, new = texts.old[row.old_id], texts.new[row.new_id]
    same = same_content(old, new) and old.rows == new.rows
    similarity = 1.0 if same else _similarity(words_of(old), words_of(new))
    if of_old[old.id] > 1:
        return MatchKind.SPLIT, similarity
    if of_new[new.id] > 1:
        return MatchKind.MERGED, similarity
    if not same:
        return MatchKind.CHANGED, similarity
    stays = old.parent_id is new.parent_id is None or (old.parent_id, new.parent_id) in pairs
    if not stays:
        return MatchKind.MOVED, similarity
    return (MatchKind.UNCHANGED if old.label == new.label else MatchKind.RENUMBERED), similarity


def words_of(provision: Provision) -> str:
    """The words of a provision itself: what it is called by is no word of it."""
    return "\n".join(part for part in (provision.heading, provision.text) if part)


def _similarity(old: str, new: str) -> float:
    """Between 0 and 1, and below 1 when the words are not the same."""
    same = sum(len(piece.text) for piece in word_differences(old, new) if piece.op == "same")
    return min(0.999, 2 * same / (len(old) + len(new) or 1))
