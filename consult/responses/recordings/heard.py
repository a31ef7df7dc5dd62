"""What can be heard of a matter, as its pages tell it: found once for each version of its content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.recordings.service import recordings_of
from consult.responses.statistics.by_version import KeptByVersion


@dataclass(frozen=True)
class HeardSheet:
    """A recording of the sheet of a commune (`area_name` empty: of the whole matter)."""

    id: UUID
    area_id: UUID | None
    area_name: str
    language: str
    ending: str
    audio_size: int
    at: datetime


def heard(session: Session, matter: Consultation) -> list[HeardSheet]:
    """The recordings that can be heard now, in the order of `recordings_of`."""
    return _kept.of(matter.id, matter.content_version, lambda: _found(session, matter))


def _found(session: Session, matter: Consultation) -> list[HeardSheet]:
    return [
        HeardSheet(
            one.id, one.area_id, one.area.name if one.area else "", one.language, one.ending, one.audio_size, one.at
        )
        for one in recordings_of(session, matter)
    ]


_kept: KeptByVersion[list[HeardSheet]] = KeptByVersion(500)
