"""What programs send, kept piece by piece until it is whole, and recorded once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.inputs import NewFile, NewGathering, NewOpinion
from consult.collections.models import Branch, Collection
from consult.collections.openrosa import filled as forms
from consult.collections.openrosa.filled import Filled
from consult.collections.openrosa.models import ProgramInstance
from consult.collections.openrosa.xlsform import form_id
from consult.collections.recording import lists
from consult.collections.recording import service as recording
from consult.collections.words import FileKind, WayIn
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.submissions.inputs import SHORT_LIMIT, Codes
from consult.submissions.receiving.normalization import contact_kind
from consult.submissions.receiving.validation import of_contact
from consult.text import one_line


@dataclass(frozen=True)
class Piece:
    """A file of a filled form by the name it has there: the hash of the bytes that came, and the file in the store."""

    came: str
    file: NewFile


def read(collection: Collection, data: bytes) -> Filled:
    """A filled form of this collection. Raises Invalid as `filled.read`, and ({"xml": "another_form"})."""
    found = forms.read(data)
    if found.form_id != form_id(collection):
        raise Invalid({"xml": "another_form"})
    return found


def before(session: Session, branch: Branch, filled: Filled) -> ProgramInstance | None:
    """What came of this filled form already; None for nothing."""
    return session.scalar(
        select(ProgramInstance).where(
            ProgramInstance.collection_id == branch.collection_id,
            ProgramInstance.instance_hash == _hash(filled.instance_id.encode()),
        )
    )


def receive(
    session: Session,
    branch: Branch,
    data: bytes,
    filled: Filled,
    pieces: Mapping[str, Piece],
    codes: Codes,
    now: datetime,
) -> ProgramInstance:
    """One post: keeps its pieces, and records the filled form once all the files that it names are there. The same
    again changes nothing.

    Raises Refused("same_key_other_content") when other words, another branch or another file came under the same names;
    and, with everything kept, Refused and Invalid as `recording.record`.
    """
    branch_id, content = branch.id, _hash(data)
    with writing(session, Lock.COLLECTIONS):
        row = before(session, session.get_one(Branch, branch_id), filled)
        if row is None:
            row = _instance(branch, data, filled, now)
            session.add(row)
        if row.content_hash != content or row.branch_id != branch_id or _differs(row, pieces):
            raise Refused("same_key_other_content")
        new = [piece.file for name, piece in pieces.items() if name not in row.media]
        row.media = {**row.media, **{name: asdict(piece) for name, piece in pieces.items()}}
        row.missing = [name for name in filled.files if name not in row.media]
        done, row_id = row.gathering, row.id
        if done is not None and new:
            recording.add_files(session, lists.find(session, row.branch, done), new, now)
    if done is None and not row.missing:
        return record(session, row_id, codes, now)
    return session.get_one(ProgramInstance, row_id)


def record(session: Session, row_id: UUID, codes: Codes, now: datetime) -> ProgramInstance:
    """Records what came of a filled form, without files that did not: it came in with its first piece, however late the
    last one is. Raises Refused and Invalid as `recording.record`; then it is kept, with why."""
    wrong: dict[str, str]
    try:
        with writing(session, Lock.COLLECTIONS):
            row = session.get_one(ProgramInstance, row_id)
            if row.gathering is None:
                gathering, opinions = _said(forms.read(row.xml.encode()), _files(row))
                key = f"program {row.instance_hash}"
                came_at = row.received_at
                done = recording.record(session, row.branch, gathering, opinions, key, None, codes, now, came_at)
                # Whatever it says is an opinion by now, and goes when that is withdrawn.
                row.gathering, row.wrong, row.xml = done.gathering, {}, ""
        return row
    except Invalid as invalid:
        failed: Invalid | Refused = invalid
        wrong = dict(invalid.errors)
    except Refused as refused:
        failed, wrong = refused, {"": refused.reason}
    with writing(session, Lock.COLLECTIONS):
        session.get_one(ProgramInstance, row_id).wrong = wrong
    raise failed


def waiting(session: Session, branch: Branch) -> Sequence[ProgramInstance]:
    """What a branch sent that is not recorded: files of it are missing, or something was wrong."""
    return session.scalars(
        select(ProgramInstance)
        .where(ProgramInstance.branch_id == branch.id, ProgramInstance.gathering.is_(None))
        .order_by(ProgramInstance.received_at, ProgramInstance.id)
    ).all()


def find(session: Session, branch: Branch, row_id: UUID) -> ProgramInstance:
    """One of them. Raises NotFound."""
    found = session.get(ProgramInstance, row_id)
    if found is None or found.branch_id != branch.id:
        raise NotFound
    return found


def kind_of(filled: Filled, name: str, media_type: str) -> FileKind:
    """What a file of a filled form is."""
    if name in filled.pages:
        return FileKind.MINUTES
    return FileKind.SOUND if media_type.startswith("audio/") else FileKind.PICTURE


def _instance(branch: Branch, data: bytes, filled: Filled, now: datetime) -> ProgramInstance:
    return ProgramInstance(
        id=new_id(),
        collection_id=branch.collection_id,
        branch_id=branch.id,
        instance_hash=_hash(filled.instance_id.encode()),
        content_hash=_hash(data),
        xml=forms.as_text(data),
        media={},
        missing=[],
        wrong={},
        received_at=now,
    )


def _differs(row: ProgramInstance, pieces: Mapping[str, Piece]) -> bool:
    return any(row.media[name]["came"] != piece.came for name, piece in pieces.items() if name in row.media)


def _files(row: ProgramInstance) -> dict[str, NewFile]:
    kept = {name: one["file"] for name, one in row.media.items()}
    return {name: NewFile(**{**file, "kind": FileKind(file["kind"])}) for name, file in kept.items()}


def _said(filled: Filled, files: Mapping[str, NewFile]) -> tuple[NewGathering, list[NewOpinion]]:
    """What a filled form says, in the words of `record`."""
    names = list(files)
    opinions = [_opinion(one, [name for name in own if name in files], names) for one, own in filled.opinions]
    minutes = any(file.kind is FileKind.MINUTES for file in files.values())
    gathering = NewGathering(
        filled.how,
        WayIn.PROGRAM,
        filled.place,
        filled.held_on,
        filled.people,
        filled.note,
        filled.signed and minutes,
        tuple(files.values()),
    )
    return gathering, [one for one in opinions if one.text or one.proposed or one.stance or one.untyped]


def _opinion(one: NewOpinion, own: Sequence[str], names: Sequence[str]) -> NewOpinion:
    """An opinion with the file it stands on. What is no telephone number and no mail address stays beside the name:
    nobody can mend it on a telephone any more."""
    contact, name = one_line(one.contact), one.person_name
    if of_contact(contact_kind(contact), contact):
        contact, name = "", one_line(f"{name} {contact}")[:SHORT_LIMIT]
    spoken = not (one.text or one.proposed or one.stance)
    file = names.index(own[0]) if own else None
    return replace(one, person_name=name, contact=contact, file=file, untyped=spoken and file is not None)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
