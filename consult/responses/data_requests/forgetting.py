"""What lies on the disk of what was erased: files that came with it, pages parked for an hour, forms not yet sent."""

import html
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.db import Base
from consult.files.places.opening import Where, place_at
from consult.files.places.place import Place
from consult.files.store import FileStore
from consult.outbox.models import OutboxMessage
from consult.responses.data_requests.models import DataRequest
from consult.submissions.models import CommentVersion, Submission
from consult.submissions.receiving.models import Transcript
from consult.text import one_line

FILE_COLUMNS = frozenset({"file_hash", "picture_hash", "audio_hash", "sound_hash", "scan_hash", "minutes_hash"})
"""The columns by which rows name a file of the store."""
LEAST = 12
"""Words shorter than so many letters are found in any page, and tell nothing."""
MOST_OF_A_LINE = 60
PARKED = ("ANSWERS_FOLDER", "UNSENT_FOLDER", "WAITING_FOLDER")
"""The settings of folders in which pages and forms lie for some hours."""


class StillRead(Exception):
    """Somebody still reads the database as it was before: what was erased stands in its log for so long."""


class ErasedFiles:
    """Lets go of the files of what was erased, where nothing else names them, and of pages in which it stands."""

    def __init__(self, files: FileStore) -> None:
        self.files = files

    def handle(self, session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After data_erased: removes the files. The same again changes nothing. Then what the database had written down
        of the words beside itself is brought in, over what stood there."""
        for message in messages:
            for name in message.payload["files"]:
                if not named(session, name):
                    self.files.discard(name)
        settle(session)


def named(session: Session, file_hash: str) -> bool:
    """Whether any row names this file."""
    for table in Base.metadata.tables.values():
        for column in (one for one in table.columns if one.name in FILE_COLUMNS):
            if session.execute(select(column).where(column == file_hash).limit(1)).first() is not None:
                return True
    return False


def settle(session: Session) -> None:
    """On SQLite: the write-ahead log, in which rows stand as they were, is emptied. PostgreSQL lets go of them by its
    own vacuum. Raises StillRead while somebody reads what was: it is tried again."""
    session.rollback()
    if session.get_bind().dialect.name != "sqlite":
        return
    busy = session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
    session.rollback()
    if busy:
        raise StillRead


def phrases(session: Session, submission: Submission) -> list[str]:
    """Pieces of what a sender said and left by which a page is known that holds it: asked before it is erased."""
    own = [one.id for one in submission.comments]
    of_matter = CommentVersion.consultation_id == submission.consultation_id
    said = [submission.sender_name, submission.contact]
    for version in session.scalars(select(CommentVersion).where(of_matter, CommentVersion.comment_id.in_(own))):
        said += [version.text, version.proposed, version.reason]
    spoken = Transcript.consultation_id == submission.consultation_id
    for one in session.scalars(select(Transcript).where(spoken, Transcript.comment_id.in_(own))):
        said += [one.transcript, one.translation]
    asked = DataRequest.consultation_id == submission.consultation_id
    said += session.scalars(select(DataRequest.said).where(asked, DataRequest.submission_id == submission.id)).all()
    lines = (one_line(line)[:MOST_OF_A_LINE] for one in said for line in one.splitlines())
    return [line for line in lines if len(line) >= LEAST]


def forget_pages(places: Iterable[Where], said: Sequence[str]) -> int:
    """Removes the files at these places in which one of these phrases stands, plain or as HTML or JSON writes it; gives
    how many. They are copies that would go within hours."""
    wanted = {form.encode() for one in said for form in (one, html.escape(one), _as_json(one))}
    gone = 0
    for place in map(place_at, places):
        # Where nobody answers they go within hours all the same.
        with suppress(OSError):
            for found in list(place.listed(unfinished=True)):
                gone += _forgotten(place, found.name, wanted)
    return gone


def _forgotten(place: Place, name: str, wanted: Iterable[bytes]) -> bool:
    with suppress(FileNotFoundError):
        content = place.read(name)
        if any(one in content for one in wanted):
            place.remove(name)
            return True
    return False


def _as_json(said: str) -> str:
    """As a text stands in JSON that writes ASCII alone."""
    return "".join(one if one.isascii() else f"\\u{ord(one):04x}" for one in html.escape(said))
