"""Signed papers of a concluded matter: kept beside the unsigned ones, public, and told by the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files import letter_scans
from consult.files.kinds import PDF
from consult.files.store import FileStore
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.ending.models import SignedCopy
from consult.responses.ending.words import SignedPaper
from consult.submissions.comments import taken_back
from consult.text import one_line

LONGEST_NUMBER, LONGEST_REASON = 80, 500


@dataclass(frozen=True)
class KeptFile:
    """A PDF that is kept already."""

    hash: str
    name: str
    size: int


def checked(data: bytes, name: str, files: FileStore) -> KeptFile:
    """Looks into a file and keeps it. Raises Invalid({"scan": code}), `not_a_pdf` for a picture too."""
    scan = letter_scans.checked(data, name)
    if scan.media_type != PDF.media_type:
        raise Invalid({"scan": "not_a_pdf"})
    return KeptFile(files.put(scan.data), scan.name, len(scan.data))


def keep(
    session: Session,
    consultation: Consultation,
    paper: SignedPaper,
    number: str,
    day: date | None,
    file: KeptFile,
    actor: Actor,
    now: datetime,
) -> SignedCopy:
    """Makes a signed paper public beside the unsigned one.

    Raises Refused by the policy; Invalid({"number" | "signed_on": `required` | `too_long` | `in_the_future` |
    `before_conclusion`}): what is signed is what the matter was concluded with.
    """
    by_id, said = person(actor), one_line(number)
    with writing(session, consultation.id):
        require(actor, Action.KEEP_SIGNED, consultation, now)
        signed_on = _day(consultation, said, day, now)
        place = len(copies_of(session, consultation.id)) + 1
        made = SignedCopy(
            id=new_id(), consultation_id=consultation.id, number=place, paper=paper, letter_number=said,
            signed_on=signed_on, file_hash=file.hash, file_name=file.name, file_size=file.size, at=now, by_id=by_id,
            set_aside_reason="", taken_back=taken_back.mark(session, consultation.id),
        )  # fmt: skip
        session.add(made)
        entry = entries.signed_copy(place, paper, file.hash, file.size, said, signed_on)
        ledger.append(session, consultation.id, [entry], now)
        emit(session, "matter_changed", now, consultation.id, change="signed_copy", copy=place)
        consultation.touch()
    return made


def set_aside(
    session: Session, consultation: Consultation, number: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Gives a copy out no more: another file was put in, say. Raises NotFound; Refused by the policy, and
    `already_set_aside`; Invalid({"reason": `required` | `too_long`})."""
    by_id, said = person(actor), one_line(reason)
    with writing(session, consultation.id):
        require(actor, Action.KEEP_SIGNED, consultation, now)
        found = copy_of(session, consultation.id, number)
        if found.set_aside_at is not None:
            raise Refused("already_set_aside")
        _bounded("reason", said, LONGEST_REASON)
        found.set_aside_at, found.set_aside_by_id, found.set_aside_reason = now, by_id, said
        ledger.append(session, consultation.id, [entries.signed_copy_set_aside(number, said)], now)
        emit(session, "matter_changed", now, consultation.id, change="signed_copy_set_aside", copy=number)
        consultation.touch()


def copies_of(session: Session, consultation_id: UUID) -> Sequence[SignedCopy]:
    """All that were ever kept, the oldest first."""
    own = select(SignedCopy).where(SignedCopy.consultation_id == consultation_id)
    return session.scalars(own.order_by(SignedCopy.number)).all()


def given_out(session: Session, consultation_id: UUID) -> list[SignedCopy]:
    """Those that anybody may download, the newest first: neither set aside nor held back."""
    return _not_set_aside(session, consultation_id)[0]


def held_back(session: Session, consultation_id: UUID) -> list[SignedCopy]:
    """The newest of each paper of which no copy is given out, since something was taken back of its matter after it was
    made public: what nobody may read any more may stand in it. Who makes it public anew has looked at it."""
    given, held = _not_set_aside(session, consultation_id)
    newest = {one.paper: one for one in reversed(held)}
    return [one for paper, one in newest.items() if paper not in {other.paper for other in given}]


def _not_set_aside(session: Session, consultation_id: UUID) -> tuple[list[SignedCopy], list[SignedCopy]]:
    mark = taken_back.mark(session, consultation_id)
    found = [one for one in reversed(copies_of(session, consultation_id)) if one.set_aside_at is None]
    return [one for one in found if one.taken_back >= mark], [one for one in found if one.taken_back < mark]


def copy_of(session: Session, consultation_id: UUID, number: int) -> SignedCopy:
    """One of them; raises NotFound."""
    found = next((one for one in copies_of(session, consultation_id) if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def _day(consultation: Consultation, number: str, day: date | None, now: datetime) -> date:
    _bounded("number", number, LONGEST_NUMBER)
    if day is None:
        raise Invalid({"signed_on": "required"})
    if day > clock.local_day(now):
        raise Invalid({"signed_on": "in_the_future"})
    if consultation.concluded_at is not None and day < clock.local_day(consultation.concluded_at):
        raise Invalid({"signed_on": "before_conclusion"})
    return day


def _bounded(field: str, said: str, most: int) -> None:
    if not said:
        raise Invalid({field: "required"})
    if len(said) > most:
        raise Invalid({field: "too_long"})
