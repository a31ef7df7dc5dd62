"""The official letters of a matter: recorded once with number, day, signer and file, for all bodies that get them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation, OfficialLetter
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.words import LetterPurpose
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.files.signed_files import KeptFile
from consult.policy import Action, Actor, require
from consult.relationships import along

LETTER_LIMIT = 100
LINE_LIMIT = 500


@dataclass(frozen=True)
class NewLetter:
    """What is known of a letter, as typed; `file` None leaves the one that is there."""

    purpose: LetterPurpose
    number: str
    on: date | None
    subject: str = ""
    signer_name: str = ""
    signer_office: str = ""
    signing_line: str = ""
    file: KeptFile | None = None


def record(session: Session, consultation: Consultation, new: NewLetter, actor: Actor, now: datetime) -> OfficialLetter:
    """Records a letter, or adds to the one that has this number and day already: the same form sent twice makes one.

    Raises Invalid (`number` and `letter_on`: what tells one letter from another), and Refused by the policy.
    """
    _check(new)
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        letter = find(session, consultation.id, new.purpose, new.number, new.on)
        letter = letter or _added(session, consultation, new.purpose, new.number, new.on, by_id, now)
        _fill(letter, new)
        _told(consultation)
        written(session, consultation)
    return letter


def change(
    session: Session, consultation: Consultation, letter_id: UUID, new: NewLetter, actor: Actor, now: datetime
) -> OfficialLetter:
    """Puts right what was recorded of a letter, for all who got it. Raises NotFound, Invalid (also for the number and
    day of another letter), and Refused by the policy."""
    _check(new)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        letter = letter_of(session, consultation.id, letter_id)
        other = find(session, consultation.id, letter.purpose, new.number, new.on)
        if other is not None and other.id != letter.id:
            raise Invalid({"number": "letter_recorded"})
        _fill(letter, new)
        _told(consultation)
        written(session, consultation)
    return letter


def find_or_add(
    session: Session, consultation: Consultation, number: str, on: date | None, by_id: UUID, now: datetime
) -> OfficialLetter | None:
    """The letter that asks, of this number and day; None where neither is known. Call inside `writing`."""
    if not number and on is None:
        return None
    found = find(session, consultation.id, LetterPurpose.INVITATION, number, on)
    return found or _added(session, consultation, LetterPurpose.INVITATION, number, on, by_id, now)


def find(
    session: Session, consultation_id: UUID, purpose: LetterPurpose, number: str, on: date | None
) -> OfficialLetter | None:
    """The letter of this number and day."""
    same = (OfficialLetter.consultation_id == consultation_id, OfficialLetter.purpose == purpose)
    return session.scalars(
        select(OfficialLetter).where(*same, OfficialLetter.number == number, OfficialLetter.on == on)
    ).first()


def letter_of(session: Session, consultation_id: UUID, letter_id: UUID) -> OfficialLetter:
    """One letter of a matter. Raises NotFound."""
    found = session.get(OfficialLetter, (consultation_id, letter_id))
    if found is None:
        raise NotFound
    return found


def letters_of(session: Session, consultation_id: UUID) -> list[tuple[OfficialLetter, int]]:
    """The letters of a matter, the newest first, each with how many bodies were asked by it."""
    asked = (
        select(func.count(Invitation.id)).where(along(Invitation.letter)).correlate(OfficialLetter).scalar_subquery()
    )
    found = select(OfficialLetter, asked).where(OfficialLetter.consultation_id == consultation_id)
    newest = (OfficialLetter.on.is_(None), OfficialLetter.on.desc(), OfficialLetter.id.desc())
    return [(letter, count) for letter, count in session.execute(found.order_by(*newest))]


def texts_of(letter: OfficialLetter) -> Mapping[str, str]:
    """What stands in the fields of a letter, by their names in the form."""
    return {
        "number": letter.number,
        "letter_on": letter.on.isoformat() if letter.on else "",
        **{name: getattr(letter, name) for name in LINES},
        "file": letter.file_name,
    }


LINES = tuple(one.name for one in fields(NewLetter) if one.name.startswith(("subject", "sign")))
"""The fields of a letter that are one line each."""


def _check(new: NewLetter) -> None:
    errors = {}
    if not new.number:
        errors["number"] = "required"
    elif len(new.number) > LETTER_LIMIT:
        errors["number"] = "too_long"
    if new.on is None:
        errors["letter_on"] = "required"
    errors |= {name: "too_long" for name in LINES if len(getattr(new, name)) > LINE_LIMIT}
    if errors:
        raise Invalid(errors)


def _added(
    session: Session,
    consultation: Consultation,
    purpose: LetterPurpose,
    number: str,
    on: date | None,
    by_id: UUID,
    now: datetime,
) -> OfficialLetter:
    letter = OfficialLetter(
        consultation_id=consultation.id, id=new_id(), purpose=purpose, number=number, on=on, recorded_at=now,
        recorded_by_id=by_id,
    )  # fmt: skip
    session.add(letter)
    session.flush()
    return letter


def _fill(letter: OfficialLetter, new: NewLetter) -> None:
    letter.number, letter.on = new.number, new.on
    for name in LINES:
        setattr(letter, name, getattr(new, name))
    if new.file is not None:
        letter.file_hash, letter.file_name = new.file.hash, new.file.name
        letter.media_type, letter.file_size = new.file.media_type, new.file.size


def _told(consultation: Consultation) -> None:
    """Lets the public pages go that name the letter."""
    if consultation.published_at is not None:
        consultation.touch()
