"""The matter in short in other languages, as text and as sound: added, replaced and removed by the body in charge."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Summary
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.preparation import languages
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.files import attachments, kinds
from consult.files.attachments import Bounds
from consult.files.store import FileStore
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require

TEXT_LIMIT = 10_000
TITLE_LIMIT = 300
PLAYED = frozenset({kinds.MP3, kinds.OGG, kinds.M4A, kinds.WAV})
"""What old telephones play too."""


@dataclass(frozen=True)
class Sound:
    """A sound in the store."""

    file_hash: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class NewSummary:
    """What is told in one language. Without a new sound that of before stays, unless `silent` says to leave it out."""

    language: str
    text: str
    sound: Sound | None = None
    silent: bool = False
    title: str = ""
    question: str = ""


_OF_SOUNDS = {
    "not_a_recording": "not_a_played_sound", "heic_photo": "not_a_played_sound", "file_too_large": "sound_too_large",
}  # fmt: skip


def read_sound(data: bytes, name: str, largest: int, files: FileStore) -> Sound:
    """An uploaded sound, told by its content and opened in the sandbox, kept in the store. Slow, so it comes before any
    transaction. Raises Invalid({"sound": code}) as `attachments.checked`, with `not_a_played_sound` and
    `sound_too_large` in the place of what is said of other files."""
    try:
        checked = attachments.checked(data, name, Bounds(largest=largest), PLAYED)
    except Invalid as invalid:
        code = invalid.errors["file"]
        raise Invalid({"sound": _OF_SOUNDS.get(code, code)}) from invalid
    return Sound(files.put(checked.data), checked.name, checked.media_type, len(checked.data))


def put_summary(session: Session, consultation: Consultation, new: NewSummary, actor: Actor, now: datetime) -> Summary:
    """Tells the matter in a language, in the place of what was told in it before; that stays in the database.

    Raises Invalid({"language": …, "text": …}) and Refused by the policy.
    """
    by_id = person(actor)
    _check(new)
    with writing(session, consultation.id):
        require(actor, Action.SUMMARISE_MATTER, consultation, now)
        before = _now_told(session, consultation.id, new.language)
        if before is not None:
            before.removed_at = now
            new = new if new.sound or new.silent else replace(new, sound=_sound_of(before))
        made = _row(consultation.id, new, by_id, now)
        session.add(made)
        _tell(session, consultation, now)
    return made


def remove_summary(session: Session, consultation: Consultation, language: str, actor: Actor, now: datetime) -> None:
    """Takes what is told in a language off the site. Raises NotFound when nothing is, and Refused by the policy."""
    with writing(session, consultation.id):
        require(actor, Action.SUMMARISE_MATTER, consultation, now)
        summary_in(session, consultation.id, language).removed_at = now
        _tell(session, consultation, now)


def summaries_of(session: Session, consultation_id: UUID) -> list[Summary]:
    """What is told now, by language. One statement."""
    return list(
        session.scalars(
            select(Summary)
            .where(Summary.consultation_id == consultation_id, Summary.removed_at.is_(None))
            .order_by(Summary.language, Summary.id)
        )
    )


def titles_in(session: Session, ids: Collection[UUID], language: str) -> dict[UUID, Summary]:
    """What is told now of several matters in one language, by matter; one statement."""
    now_told = Summary.language == language, Summary.removed_at.is_(None)
    found = session.scalars(select(Summary).where(Summary.consultation_id.in_(ids), *now_told))
    return {summary.consultation_id: summary for summary in found}


def summary_in(session: Session, consultation_id: UUID, language: str) -> Summary:
    """What is told now in one language; raises NotFound."""
    found = _now_told(session, consultation_id, language)
    if found is None:
        raise NotFound
    return found


def ever_told(session: Session, consultation_id: UUID, language: str) -> list[Summary]:
    """Everything that is and was told in one language, the oldest first."""
    own = Summary.consultation_id == consultation_id, Summary.language == language
    return list(session.scalars(select(Summary).where(*own).order_by(Summary.at, Summary.id)))


def _tell(session: Session, consultation: Consultation, now: datetime) -> None:
    """Public pages are made anew, and what is told of a public matter is found."""
    consultation.touch()
    if consultation.published_at is not None:
        outbox.emit(session, "matter_told", now, consultation.id)


def _now_told(session: Session, consultation_id: UUID, language: str) -> Summary | None:
    return session.scalar(
        select(Summary).where(
            Summary.consultation_id == consultation_id, Summary.language == language, Summary.removed_at.is_(None)
        )
    )


def _check(new: NewSummary) -> None:
    errors = {}
    if not languages.is_code(new.language):
        errors["language"] = "not_a_language" if new.language else "required"
    if not new.text.strip():
        errors["text"] = "required"
    elif len(new.text) > TEXT_LIMIT:
        errors["text"] = "too_long"
    if errors:
        raise Invalid(errors)


def _sound_of(row: Summary) -> Sound | None:
    return Sound(row.audio_hash, row.audio_name, row.audio_type, row.audio_size) if row.audio_hash else None


def _row(consultation_id: UUID, new: NewSummary, by_id: UUID, now: datetime) -> Summary:
    sound = new.sound or Sound("", "", "", 0)
    return Summary(
        consultation_id=consultation_id,
        id=new_id(),
        language=new.language,
        title=new.title,
        question=new.question,
        text=new.text,
        audio_hash=sound.file_hash,
        audio_name=sound.name,
        audio_type=sound.media_type,
        audio_size=sound.size,
        at=now,
        by_id=by_id,
        removed_at=None,
    )
