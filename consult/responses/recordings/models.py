"""Recordings of the sheets that are read out in village halls."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, key_of_consultation
from consult.people.models import Area


class SheetRecording(Numbered, Base):
    """The sheet of a commune (None: of the whole matter) read out in one language; a later one takes its place.

    `taken_back` and `received` are the mark and the highest number of a comment when the sheet was printed: once
    something of it was taken back, nobody hears the recording any more."""

    __tablename__ = "sheet_recording"
    __table_args__ = (key_of_consultation(), Index(None, "consultation_id", "language"))

    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    language: Mapped[str]
    taken_back: Mapped[int]
    received: Mapped[int]
    audio_hash: Mapped[str]
    audio_name: Mapped[str]
    audio_type: Mapped[str]
    audio_size: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    removed_at: Mapped[datetime | None]

    area: Mapped[Area | None] = relationship()

    @property
    def ending(self) -> str:
        """The ending of its file's name, which is one of its kind."""
        return self.audio_name.rpartition(".")[2].lower()
