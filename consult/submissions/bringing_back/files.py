"""The files of what is brought back. A receipt proves the hash of each and holds none: what its sender gives again is
taken by its hash, and one that is not there is marked as lost."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.files import kinds, virus_scanner
from consult.files.store import FileStore, MissingFile
from consult.submissions.bringing_back.proofs import ProvedComment
from consult.submissions.inputs import AttachmentInput
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import VOICE, VoiceLanguage

UNKNOWN = "application/octet-stream"


def keep_again(given: Sequence[bytes], found: Sequence[ProvedComment], files: FileStore) -> None:
    """Keeps the files that a sender gives again. Raises Invalid for one that the receipt does not name, or that the
    scanner does not let pass."""
    listed = {one["sha256"] for one in found[0].values["attachments"]}
    if any(sha256(data).hexdigest() not in listed for data in given):
        raise Invalid({"files": "not_of_receipt"})
    for data in given:
        try:
            virus_scanner.scan(data)
        except Invalid as invalid:
            raise Invalid({"files": invalid.errors["file"]}) from invalid
        files.put(data)


def attachments(found: Sequence[ProvedComment], files: FileStore) -> tuple[AttachmentInput, ...]:
    """All files that the receipt names, in their order; those that are not kept are lost. A recording belongs to the
    comment that it is. Raises Refused `receipt_without_text` for a comment without words that is spoken nowhere."""
    listed = found[0].values["attachments"]
    kept = [_type_of(one, files) for one in listed]
    voices = _voices(found, listed, [media_type for media_type, _lost in kept])
    silent = {place for place, one in enumerate(found) if not one.values["text"]["text"]}
    if not silent <= set(voices.values()):
        raise Refused("receipt_without_text")
    return tuple(_input(one, *kept[place], voices.get(place), found) for place, one in enumerate(listed))


def refill(session: Session, consultation: Consultation, submission_id: UUID, files: FileStore) -> list[str]:
    """Files of a submission that were lost and are kept by now are lost no more; commits. Gives their names."""
    with writing(session, consultation.id):
        rows = lost_of(session, consultation.id, submission_id)
        again = [row for row in rows if _is_kept(files, row.file_hash)]
        for row in again:
            row.lost_at, row.media_type = None, _kind(files.get(row.file_hash)) or row.media_type
        return [row.file_name for row in again]


def lost_of(session: Session, consultation_id: UUID, submission_id: UUID) -> Sequence[Attachment]:
    """The files of a submission that are lost."""
    own = (Attachment.consultation_id == consultation_id, Attachment.submission_id == submission_id)
    return session.scalars(
        select(Attachment).where(*own, Attachment.lost_at.is_not(None)).order_by(Attachment.id)
    ).all()


def _input(
    one: Mapping[str, Any], media_type: str, lost: bool, comment: int | None, found: Sequence[ProvedComment]
) -> AttachmentInput:
    file = AttachmentInput(one["sha256"], one["name"], media_type, one["size"], lost=lost)
    if comment is None:
        return file
    told = found[comment].voice
    language = told.get("language") if told.get("language") in set(VoiceLanguage) else ""
    seconds = told.get("seconds") if isinstance(told.get("seconds"), int) else 0
    return AttachmentInput(*_positional(file), VOICE, comment, str(language), int(seconds or 0), lost)


def _positional(file: AttachmentInput) -> tuple[str, str, str, int]:
    return file.file_hash, file.file_name, file.media_type, file.file_size


def _voices(found: Sequence[ProvedComment], listed: Sequence[Any], types: Sequence[str]) -> dict[int, int]:
    """Which file is which comment spoken, by their places. A receipt says so from now on; of an older one, recordings
    are those of the comments without words, the last ones first, and any other may be of a comment with words: it is
    heard rather than passed over."""
    said = {place: one.voice.get("sha256") for place, one in enumerate(found) if one.voice}
    if said:
        names = [one["sha256"] for one in listed]
        return {names.index(name): place for place, name in said.items() if name in names}
    sounds = [place for place, media_type in enumerate(types) if media_type.startswith("audio/")]
    silent = [place for place, one in enumerate(found) if not one.values["text"]["text"]]
    if len(sounds) < len(silent):
        sounds = list(range(len(listed)))
    others = [place for place in range(len(found)) if place not in silent]
    own = dict(zip(reversed(sounds), reversed(silent), strict=False))
    return own | dict(zip([place for place in sounds if place not in own and types[place].startswith("audio/")], others,
                          strict=False))  # fmt: skip


def _type_of(one: Mapping[str, Any], files: FileStore) -> tuple[str, bool]:
    """The media type of a listed file, by its content or by its name where it is lost, and whether that is so."""
    if _is_kept(files, one["sha256"]):
        return _kind(files.get(one["sha256"])) or UNKNOWN, False
    name = str(one["name"]).lower()
    known = (kind.media_type for kind in kinds.ATTACHMENTS if name.endswith(kind.endings))
    return next(known, UNKNOWN), True


def _kind(data: bytes) -> str:
    found = kinds.kind_of(data)
    return found.media_type if found else ""


def _is_kept(files: FileStore, name: str) -> bool:
    try:
        files.opened(name).close()
    except (MissingFile, ValueError):
        return False
    return True
