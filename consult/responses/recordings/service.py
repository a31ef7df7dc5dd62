"""A recording of a sheet: put on the site, replaced, taken off, and void once something of it is public no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.preparation import languages
from consult.consultations.preparation.summaries import Sound
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.policy import Action, Actor, require
from consult.responses.recordings.answered import answered_areas, anything_answered, print_mark
from consult.responses.recordings.models import SheetRecording
from consult.submissions.comments import taken_back

SPOKEN = ("vi", *languages.KNOWN)
_MARK = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True)
class NewRecording:
    """A sheet read out: of a commune or of the whole matter, in a language; `printed` is what stands at its foot."""

    area_id: UUID | None
    language: str
    printed: str
    sound: Sound


def put_recording(
    session: Session, matter: Consultation, new: NewRecording, actor: Actor, now: datetime
) -> SheetRecording:
    """Lets a recording be heard, in the place of the one before of the same sheet and language.

    Raises Invalid({"area" | "language" | "printed": …}) and Refused by the policy.
    """
    by_id = person(actor)
    with writing(session, matter.id):
        require(actor, Action.SUMMARISE_MATTER, matter, now)
        mark, received = _check(session, matter, new, now)
        for before in _kept(session, matter.id):
            if (before.area_id, before.language) == (new.area_id, new.language):
                before.removed_at = now
        made = _row(matter.id, new, by_id, now)
        made.taken_back, made.received = mark, received
        session.add(made)
        matter.touch()
    return made


def remove_recording(session: Session, matter: Consultation, key: UUID, actor: Actor, now: datetime) -> None:
    """Takes a recording off the site. Raises NotFound when there is none, and Refused by the policy."""
    with writing(session, matter.id):
        require(actor, Action.SUMMARISE_MATTER, matter, now)
        recording_of(session, matter, key).removed_at = now
        matter.touch()


def recordings_of(session: Session, matter: Consultation) -> list[SheetRecording]:
    """What can be heard now: the whole matter first, then by commune and language."""
    kept = [one for one in _kept(session, matter.id) if not _void(session, one)]
    return sorted(kept, key=lambda one: (one.area.folded_name if one.area else "", one.language != "vi", one.language))


def recording_of(session: Session, matter: Consultation, key: UUID) -> SheetRecording:
    """One that can be heard now; raises NotFound."""
    found = next((one for one in recordings_of(session, matter) if one.id == key), None)
    if found is None:
        raise NotFound
    return found


def _kept(session: Session, matter_id: UUID) -> Sequence[SheetRecording]:
    own = SheetRecording.consultation_id == matter_id, SheetRecording.removed_at.is_(None)
    return session.scalars(select(SheetRecording).where(*own)).all()


def _void(session: Session, one: SheetRecording) -> bool:
    return taken_back.anything_since(session, one.consultation_id, one.taken_back, one.received)


def _check(session: Session, matter: Consultation, new: NewRecording, now: datetime) -> tuple[int, int]:
    """The mark and the number at the foot of the sheet. Raises Invalid."""
    errors = {}
    if new.language not in SPOKEN:
        errors["language"] = "required"
    there = {one.id for one in answered_areas(session, matter, now)}
    if not (anything_answered(session, matter) if new.area_id is None else new.area_id in there):
        errors["area"] = "not_a_choice"
    matched = _MARK.fullmatch("".join(new.printed.split()).replace("–", "-"))
    mark, received = map(int, matched.groups()) if matched else (0, 0)
    newest, highest = map(int, print_mark(session, matter).split("-"))
    if matched is None or mark > newest or not 0 < received <= highest:
        errors["printed"] = "not_a_print_code"
    elif taken_back.anything_since(session, matter.id, mark, received):
        errors["printed"] = "sheet_out_of_date"
    if errors:
        raise Invalid(errors)
    return mark, received


def _row(matter_id: UUID, new: NewRecording, by_id: UUID, now: datetime) -> SheetRecording:
    return SheetRecording(
        consultation_id=matter_id,
        id=new_id(),
        area_id=new.area_id,
        language=new.language,
        audio_hash=new.sound.file_hash,
        audio_name=new.sound.name,
        audio_type=new.sound.media_type,
        audio_size=new.sound.size,
        at=now,
        by_id=by_id,
        removed_at=None,
    )
