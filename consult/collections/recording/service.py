"""Opinions come in, by whatever way: all or nothing, and the same once only."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections import state
from consult.collections.inputs import NewFile, NewGathering, NewOpinion, Recorded
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering, GatheringFile
from consult.collections.recording import checking, sent_before, slips
from consult.collections.recording.checking import Checked
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.shown import digest
from consult.submissions.inputs import Codes
from consult.submissions.receiving.lookup_codes import SHORTEST_KEY, key_hash


def record(
    session: Session,
    branch: Branch,
    gathering: NewGathering,
    opinions: Sequence[NewOpinion],
    key: str,
    by_id: UUID | None,
    codes: Codes,
    now: datetime,
    came_at: datetime | None = None,
) -> Recorded:
    """One gathering of a branch with its opinions, all or nothing. `key` (at least 128 random bits) is the idempotency
    key: the same key with the same content gives the same again and changes nothing. `by_id` is who is signed in, None
    for who came in by the link of the branch. `came_at`: when it came in, where that was before.

    Raises Invalid with everything that is wrong ({"gathering.held_on": "required", "opinions.3.text": "required"}), and
    Refused: `same_key_other_content`, `collection_closed` or `collection_matter_over`; whoever sent keeps it then.
    """
    if len(key) < SHORTEST_KEY:
        raise Invalid({"idempotency_key": "too_short"})
    content = _content(gathering, opinions)
    if (found := sent_before.gathering_of(session, branch, key)) is not None:
        return _again(session, found, content, codes)
    cleaned = checking.gathering(gathering, len(opinions), now)
    checked = checking.opinions(session, branch.collection, opinions, len(gathering.files))
    collection_id, branch_id = branch.collection_id, branch.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(Branch, branch_id)
        if (found := sent_before.gathering_of(session, held, key)) is not None:
            return _again(session, found, content, codes)
        collection = session.get_one(Collection, collection_id)
        state.require_open(collection, now, came_at)
        row = _gathering(session, held, cleaned, now, by_id)
        row.key_hash, row.content_hash = key_hash(key), content
        session.add(row)
        session.flush()
        files = _add_files(session, row, cleaned.files, now)
        made = _add_opinions(session, row, checked, files, key, by_id, codes, now)
    return Recorded(row.number, [one.number for one in made], [slips.code_of(one, codes) for one in made])


def add_opinions(
    session: Session,
    gathering: Gathering,
    opinions: Sequence[NewOpinion],
    key: str,
    by_id: UUID | None,
    codes: Codes,
    now: datetime,
) -> Recorded:
    """More opinions of a gathering that came in before: what stands in its minutes or on its pages, typed now by the
    branch or the level above. `file` is the place among its files that were not removed. `key` as in `record`; this
    may be done after the collection was closed, since the opinions came in with the minutes or pages.

    Raises Invalid and Refused as `record`, `same_key_other_content` also where some of them came before with this key
    (Back, and more typed into the form that was sent), and Refused("gathering_withdrawn").
    """
    if len(key) < SHORTEST_KEY:
        raise Invalid({"idempotency_key": "too_short"})
    if not opinions:
        raise Invalid({"opinions": "required"})
    session.refresh(gathering)
    kept = [file.id for file in gathering.files if file.removed_at is None]
    checked = checking.opinions(session, gathering.branch.collection, opinions, len(kept))
    gathering_id = gathering.id
    with writing(session, Lock.COLLECTIONS):
        row = session.get_one(Gathering, gathering_id)
        if row.withdrawn_at is not None:
            raise Refused("gathering_withdrawn")
        if earlier := sent_before.opinions_of(session, row, key, len(opinions)):
            sent_before.require_same(session, earlier, [_said(one) for one in checked])
            return Recorded(row.number, [one.number for one in earlier], _codes(earlier, codes), repeated=True)
        if not kept:
            state.require_open(session.get_one(Collection, row.collection_id), now)
        made = _add_opinions(session, row, checked, kept, key, by_id, codes, now)
    return Recorded(row.number, [one.number for one in made], _codes(made, codes))


def add_files(session: Session, gathering: Gathering, files: Sequence[NewFile], now: datetime) -> None:
    """More files of a gathering: what came in several pieces, a page that was forgotten. A file that is there already,
    by its content, is not added twice. Raises Refused("gathering_withdrawn")."""
    gathering_id = gathering.id
    with writing(session, Lock.COLLECTIONS):
        row = session.get_one(Gathering, gathering_id)
        if row.withdrawn_at is not None:
            raise Refused("gathering_withdrawn")
        there = {file.file_hash for file in row.files if file.removed_at is None}
        _add_files(session, row, [file for file in files if file.file_hash not in there], now)


def by_key(session: Session, branch: Branch, key: str) -> Gathering:
    """The gathering that came in with an idempotency key; NotFound when none did."""
    found = sent_before.gathering_of(session, branch, key)
    if found is None:
        raise NotFound
    return found


def _content(gathering: NewGathering, opinions: Sequence[NewOpinion]) -> str:
    return digest(asdict(gathering), [asdict(one) for one in opinions])


def _again(session: Session, found: Gathering, content: str, codes: Codes) -> Recorded:
    if found.content_hash != content:
        raise Refused("same_key_other_content")
    came = session.scalars(
        select(CollectedOpinion)
        .where(CollectedOpinion.gathering_id == found.id, CollectedOpinion.recorded_at == found.recorded_at)
        .order_by(CollectedOpinion.number)
    ).all()
    return Recorded(found.number, [one.number for one in came], _codes(came, codes), repeated=True)


def _gathering(session: Session, branch: Branch, new: NewGathering, now: datetime, by_id: UUID | None) -> Gathering:
    last = session.scalar(select(func.max(Gathering.number)).where(Gathering.collection_id == branch.collection_id))
    return Gathering(
        id=new_id(),
        collection_id=branch.collection_id,
        branch_id=branch.id,
        number=(last or 0) + 1,
        how=new.how,
        way_in=new.way_in,
        place=new.place,
        held_on=new.held_on,
        people=new.people,
        note=new.note,
        minutes_signed=new.minutes_signed,
        recorded_at=now,
        recorded_by_id=by_id,
    )


def _add_files(session: Session, row: Gathering, files: Sequence[NewFile], now: datetime) -> list[UUID]:
    made = [GatheringFile(id=new_id(), gathering_id=row.id, added_at=now, **asdict(file)) for file in files]
    session.add_all(made)
    session.flush()
    return [file.id for file in made]


def _add_opinions(
    session: Session,
    row: Gathering,
    checked: Sequence[Checked],
    files: Sequence[UUID],
    key: str,
    by_id: UUID | None,
    codes: Codes,
    now: datetime,
) -> list[CollectedOpinion]:
    own = CollectedOpinion.collection_id == row.collection_id
    last = session.scalar(select(func.max(CollectedOpinion.number)).where(own)) or 0
    made = []
    for place, one in enumerate(checked):
        opinion = CollectedOpinion(
            **_said(one),
            id=new_id(),
            collection_id=row.collection_id,
            gathering_id=row.id,
            number=last + place + 1,
            file_id=files[one.said.file] if one.said.file is not None else None,
            recorded_at=now,
            recorded_by_id=by_id,
            key_hash=sent_before.key_of(key, place),
        )
        opinion.code_hash = slips.hash_for(opinion, one.said.code, codes)
        made.append(opinion)
    _require_new_codes(session, made)
    session.add_all(made)
    session.flush()
    return made


def _said(one: Checked) -> dict[str, object]:
    names = ("anchor", "text", "proposed", "reason", "differing", "people", "person_name", "contact", "untyped")
    return {**{name: getattr(one.said, name) for name in names}, "stance": one.stance, "contact_kind": one.contact_kind}


def _require_new_codes(session: Session, made: Sequence[CollectedOpinion]) -> None:
    """A form that was scanned twice is refused by name: its tear-off already leads to an opinion."""
    hashes = [one.code_hash for one in made]
    there = set(session.scalars(select(CollectedOpinion.code_hash).where(CollectedOpinion.code_hash.in_(hashes))))
    errors = {
        f"opinions.{row}.code": "code_used" for row, one in enumerate(hashes) if one in there or one in hashes[:row]
    }
    if errors:
        raise Invalid(errors)


def _codes(made: Sequence[CollectedOpinion], codes: Codes) -> list[str]:
    return [slips.code_of(one, codes) for one in made]
