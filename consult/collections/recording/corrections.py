"""What was recorded, put right or withdrawn: how it stood before is kept, with who changed it and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.collections.inputs import NewFile, NewGathering, NewOpinion
from consult.collections.models import CollectedOpinion, Collection, EarlierRecord, Gathering, GatheringFile
from consult.collections.recording import checking
from consult.collections.words import FileKind
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.text import blank, one_line, stored

OF_OPINION = ("anchor", "stance", "text", "proposed", "reason", "differing", "people", "person_name", "contact_kind",
              "contact", "untyped")  # fmt: skip
OF_GATHERING = ("how", "place", "held_on", "people", "note", "minutes_signed")


def correct_opinion(
    session: Session, opinion: CollectedOpinion, new: NewOpinion, why: str, by_id: UUID | None, now: datetime
) -> None:
    """Other words of an opinion, or what stands on its page typed at last. Raises Invalid by fields that begin with
    "opinions.0.", and Refused("opinion_withdrawn")."""
    said = replace(new, file=None, code="")
    collection, opinion_id = session.get_one(Collection, opinion.collection_id), opinion.id
    typed = replace(said, untyped=False) if not said.untyped else said
    [checked] = checking.opinions(session, collection, [typed])
    with writing(session, Lock.COLLECTIONS):
        held = _standing(session, opinion_id)
        values = {name: getattr(checked.said, name) for name in OF_OPINION if hasattr(checked.said, name)}
        values |= {"stance": checked.stance, "contact_kind": checked.contact_kind}
        if all(getattr(held, name) == value for name, value in values.items()):
            return
        _keep(session, held.gathering_id, held, OF_OPINION, why, by_id, now)
        for name, value in values.items():
            setattr(held, name, value)


def withdraw_opinion(session: Session, opinion: CollectedOpinion, why: str, now: datetime) -> None:
    """Takes an opinion back, with the reason; it counts and is carried no more. Raises Invalid({"why": "required"})."""
    reason, opinion_id = _reason(why), opinion.id
    with writing(session, Lock.COLLECTIONS):
        held = _standing(session, opinion_id)
        held.withdrawn_at, held.withdrawn_reason = now, reason


def correct_gathering(
    session: Session, gathering: Gathering, new: NewGathering, why: str, by_id: UUID | None, now: datetime
) -> None:
    """Another place, day or number of people. Raises Invalid by fields that begin with "gathering.", and
    Refused("gathering_withdrawn")."""
    cleaned = replace(new, place=one_line(new.place), note=stored(new.note))
    gathering_id = gathering.id
    with writing(session, Lock.COLLECTIONS):
        held = _lasting(session, gathering_id)
        errors = checking.of_gathering(replace(cleaned, files=_files(held)), clock.local_day(now))
        if errors:
            raise Invalid(errors)
        values = {name: getattr(cleaned, name) for name in OF_GATHERING}
        if all(getattr(held, name) == value for name, value in values.items()):
            return
        _keep(session, held.id, held, OF_GATHERING, why, by_id, now)
        for name, value in values.items():
            setattr(held, name, value)


def sign_minutes(session: Session, gathering: Gathering, by_id: UUID | None, now: datetime) -> None:
    """Says that the minutes of a gathering, of which there is a photograph, are signed. Raises
    Invalid({"files": "minutes_missing"}), and Refused("gathering_withdrawn")."""
    gathering_id = gathering.id
    with writing(session, Lock.COLLECTIONS):
        held = _lasting(session, gathering_id)
        if not any(file.kind is FileKind.MINUTES for file in _files(held)):
            raise Invalid({"files": "minutes_missing"})
        if not held.minutes_signed:
            _keep(session, held.id, held, OF_GATHERING, "", by_id, now)
            held.minutes_signed = True


def withdraw_gathering(session: Session, gathering: Gathering, why: str, now: datetime) -> None:
    """Takes a gathering back with all opinions in it. Raises Invalid({"why": "required"})."""
    reason, gathering_id = _reason(why), gathering.id
    with writing(session, Lock.COLLECTIONS):
        held = _lasting(session, gathering_id)
        held.withdrawn_at, held.withdrawn_reason = now, reason
        standing = select(CollectedOpinion).where(
            CollectedOpinion.gathering_id == gathering_id, CollectedOpinion.withdrawn_at.is_(None)
        )
        for opinion in session.scalars(standing):
            opinion.withdrawn_at, opinion.withdrawn_reason = now, reason


def remove_file(session: Session, gathering: Gathering, file_id: UUID, now: datetime) -> None:
    """Takes a wrong scan away. Signed minutes without a page left are signed no more. Raises NotFound, and
    Refused("file_in_use") for a page on which an opinion stands."""
    gathering_id = gathering.id
    with writing(session, Lock.COLLECTIONS):
        held = _lasting(session, gathering_id)
        file = session.get(GatheringFile, file_id)
        if file is None or file.gathering_id != gathering_id:
            raise NotFound
        on_it = select(CollectedOpinion.id).where(
            CollectedOpinion.file_id == file_id, CollectedOpinion.withdrawn_at.is_(None)
        )
        if session.scalar(on_it.limit(1)) is not None:
            raise Refused("file_in_use")
        file.removed_at = file.removed_at or now
        left = [one for one in held.files if one.removed_at is None and one.kind is file.kind]
        if held.minutes_signed and file.kind is FileKind.MINUTES and not left:
            held.minutes_signed = False


def earlier_of(session: Session, gathering: Gathering, opinion: CollectedOpinion | None = None) -> list[EarlierRecord]:
    """How a gathering, or one of its opinions, stood before each correction, the latest first."""
    of = EarlierRecord.opinion_id == opinion.id if opinion is not None else EarlierRecord.opinion_id.is_(None)
    rows = select(EarlierRecord).where(EarlierRecord.gathering_id == gathering.id, of)
    return list(session.scalars(rows.order_by(EarlierRecord.version.desc())))


def _standing(session: Session, opinion_id: UUID) -> CollectedOpinion:
    held = session.get_one(CollectedOpinion, opinion_id)
    if held.withdrawn_at is not None:
        raise Refused("opinion_withdrawn")
    return held


def _lasting(session: Session, gathering_id: UUID) -> Gathering:
    held = session.get_one(Gathering, gathering_id)
    if held.withdrawn_at is not None:
        raise Refused("gathering_withdrawn")
    return held


def _files(held: Gathering) -> tuple[NewFile, ...]:
    return tuple(
        NewFile(file.kind, file.file_hash, file.file_name, file.media_type, file.file_size)
        for file in held.files
        if file.removed_at is None
    )


def _reason(why: str) -> str:
    reason = stored(why)
    if blank(reason):
        raise Invalid({"why": "required"})
    return reason


def _keep(
    session: Session, gathering_id: UUID, held: Any, names: tuple[str, ...], why: str, by_id: UUID | None,
    now: datetime,
) -> None:  # fmt: skip
    said: Mapping[str, Any] = {name: _plain(getattr(held, name)) for name in names}
    session.add(
        EarlierRecord(
            id=new_id(),
            gathering_id=gathering_id,
            opinion_id=held.id if isinstance(held, CollectedOpinion) else None,
            version=held.version,
            said=dict(said),
            replaced_at=now,
            by_id=by_id,
            reason=stored(why),
        )
    )
    held.version += 1


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
