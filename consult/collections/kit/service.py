"""The kit for a village meeting: the clauses that are disputed most in plain words, each with a question, and perhaps
three minutes of sound for the loudspeaker of the commune."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.consolidated_models import MeetingKit
from consult.collections.models import CollectedOpinion, Collection
from consult.collections.service import find
from consult.consultations.document_models import Document, Revision
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.errors import Invalid, NotFound
from consult.policy import Actor
from consult.submissions import anchors
from consult.submissions.comments.visible import readable_expression
from consult.submissions.inputs import SHORT_LIMIT, TEXT_LIMIT
from consult.submissions.models import Comment
from consult.text import blank, one_line, stored
from consult.workspace import clauses as places

CLAUSES = 5


@dataclass(frozen=True)
class KitClause:
    """One clause of a kit: its anchor, what it says in plain words, and what is asked at the meeting."""

    anchor: str = ""
    words: str = ""
    question: str = ""


@dataclass(frozen=True)
class NewKit:
    """A kit as typed."""

    introduction: str
    clauses: Sequence[KitClause]


def of_collection(session: Session, collection: Collection) -> MeetingKit | None:
    """The kit of a collection; None before somebody made one."""
    return session.get(MeetingKit, collection.id)


def read(kit: MeetingKit) -> list[KitClause]:
    """The clauses of a kit."""
    return [KitClause(**one) for one in kit.clauses]


def save(session: Session, collection: Collection, new: NewKit, actor: Actor, now: datetime) -> None:
    """Makes the kit, or changes it. Raises Invalid by field ({"clauses.0.words": "required"}): a clause is told in
    plain words, and a kit has one at least."""
    cleaned = [_cleaned(one) for one in new.clauses]
    kept = [one for one in cleaned if one.anchor or one.words or one.question]
    introduction, collection_id = stored(new.introduction), collection.id
    errors = _wrong(session, collection, cleaned)
    if not kept:
        errors["clauses.0.words"] = "required"
    if len(introduction) > TEXT_LIMIT:
        errors["introduction"] = "too_long"
    if errors:
        raise Invalid(errors)
    with writing(session, Lock.COLLECTIONS):
        find(session, collection_id, actor)
        held = session.get(MeetingKit, collection_id)
        if held is None:
            held = MeetingKit(collection_id=collection_id, version=0)
            session.add(held)
        assert actor.user_id is not None
        held.introduction, held.clauses = introduction, [asdict(one) for one in kept]
        held.version, held.made_at, held.made_by_id = (held.version or 0) + 1, now, actor.user_id


def attach_sound(session: Session, collection: Collection, file_hash: str, media_type: str, actor: Actor) -> None:
    """A sound that is in the store already, in place of the one before. Raises NotFound before there is a kit."""
    collection_id = collection.id
    with writing(session, Lock.COLLECTIONS):
        find(session, collection_id, actor)
        held = session.get(MeetingKit, collection_id)
        if held is None:
            raise NotFound
        held.sound_hash, held.sound_type = file_hash, media_type


def begun(collection: Collection) -> str:
    """What the introduction of a new kit begins with: what branches are asked, or what the matter is about in short."""
    matter = collection.consultation
    return collection.asked or (matter.summary if matter is not None else "") or ""


def proposed(session: Session, collection: Collection) -> list[str]:
    """The clauses that most was said about, of public comments on the matter and of opinions gathered; the first most.
    At most CLAUSES anchors."""
    said: Counter[str] = Counter()
    if collection.consultation_id is not None:
        said.update(_of_comments(session, collection.consultation_id))
    gathered = select(CollectedOpinion.anchor).where(
        CollectedOpinion.collection_id == collection.id,
        CollectedOpinion.withdrawn_at.is_(None),
        CollectedOpinion.anchor != "",
    )
    said.update(session.scalars(gathered))
    return [anchor for anchor, _count in said.most_common(CLAUSES)]


def words_of(session: Session, collection: Collection, written: Sequence[str]) -> dict[str, str]:
    """What stands in the draft at each of these anchors, to be told in plain words; nothing of a place that is none."""
    matter = collection.consultation
    wanted = [one for one in dict.fromkeys(written) if one]
    if matter is None or not wanted:
        return {}
    found = places.read(session, matter, wanted)
    return {anchor: one.text for anchor, one in zip(wanted, found, strict=True) if one.known}


def _of_comments(session: Session, consultation_id: object) -> list[str]:
    rows = session.execute(
        select(Document.number, Revision.number, Comment.path)
        .join(Document.revisions)
        .join(Comment, Comment.revision_id == Revision.id)
        .where(Document.consultation_id == consultation_id, Comment.path != "", readable_expression())
    )
    return [anchors.written(document, revision, path) for document, revision, path in rows]


def _cleaned(one: KitClause) -> KitClause:
    return KitClause(one_line(one.anchor), stored(one.words), one_line(one.question))


def _wrong(session: Session, collection: Collection, clauses: Sequence[KitClause]) -> dict[str, str]:
    errors = {}
    for place, one in enumerate(clauses):
        if (one.anchor or one.question) and blank(one.words):
            errors[f"clauses.{place}.words"] = "required"
        if len(one.words) > TEXT_LIMIT:
            errors[f"clauses.{place}.words"] = "too_long"
        if len(one.question) > SHORT_LIMIT:
            errors[f"clauses.{place}.question"] = "too_long"
    matter = session.get(Consultation, collection.consultation_id) if collection.consultation_id else None
    asked = [(place, one.anchor) for place, one in enumerate(clauses) if one.anchor]
    found = places.read(session, matter, [anchor for _place, anchor in asked]) if matter is not None else []
    known = [one.known for one in found] or [False] * len(asked)
    errors.update(
        {
            f"clauses.{place}.anchor": "unknown_place"
            for (place, _a), there in zip(asked, known, strict=True)
            if not there
        }
    )
    return errors
