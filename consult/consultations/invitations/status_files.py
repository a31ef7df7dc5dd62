"""What the status files of the document network tell of letters, taken as evidence of their delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import Delivery, Invitation, OfficialLetter, StatusFile
from consult.consultations.invitations import deliveries
from consult.consultations.invitations.network import document_of, sender_of
from consult.consultations.invitations.service import invitations_of
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.words import DeliveryKind
from consult.db import new_id, writing
from consult.edxml import statuses
from consult.edxml.statuses import DocumentNamed, Status, Unreadable
from consult.edxml.words import Dialect, State
from consult.edxml.writing import document_id
from consult.files.store import FileStore
from consult.people.models import Organisation
from consult.policy import Action, Actor, require
from consult.text import one_line

MOST_FILES = 200
SHOWN = 500
"""Status files of a matter that are listed, the newest first."""

STATES = {
    State.ARRIVED: DeliveryKind.ARRIVED,
    State.REFUSED: DeliveryKind.REFUSED,
    State.REGISTERED: DeliveryKind.REGISTERED,
    State.ASSIGNED: DeliveryKind.ASSIGNED,
    State.IN_WORK: DeliveryKind.IN_WORK,
    State.DONE: DeliveryKind.DONE,
    State.RECALL_ASKED: DeliveryKind.RECALL_ASKED,
    State.RECALLED: DeliveryKind.RECALLED,
    State.RECALL_REFUSED: DeliveryKind.RECALL_REFUSED,
}
TAKEN, ALREADY = "status_taken", "status_already"


@dataclass(frozen=True)
class Brought:
    """A file as somebody brought it, read: its status, or why it is none; `hash` where it is kept."""

    name: str
    status: Status | None
    why: str = ""
    about: str = ""
    hash: str = ""


def bring(data: bytes, name: str, files: FileStore) -> Brought:
    """Reads a file that should be a status, and keeps one that is; before any lock."""
    called = one_line(name.replace("\\", "/").rpartition("/")[2])[: statuses.LONGEST]
    try:
        status = statuses.read(data)
    except Unreadable as wrong:
        return Brought(called, None, wrong.code, wrong.field)
    return Brought(called, status, hash=files.put(data))


def take_statuses(
    session: Session, consultation: Consultation, brought: Sequence[Brought], actor: Actor, now: datetime
) -> list[StatusFile]:
    """Records what status files tell of the letters of a matter, row by row: each finds the letter that it responds to
    and the body that tells it. What was recorded before, and what is of no letter here, changes nothing and is named.

    Raises Refused by the policy.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        known = _Known(session, consultation, now)
        rows = [known.row(one, by_id) for one in brought]
        session.add_all(rows)
        if any(row.outcome == TAKEN for row in rows) and consultation.published_at is not None:
            consultation.touch()
        session.flush()
    return rows


def status_files_of(session: Session, consultation_id: UUID) -> list[tuple[StatusFile, str]]:
    """The status files that were brought, the newest first, each with the name of the body that it is of."""
    rows = session.execute(
        select(StatusFile, Organisation.name)
        .outerjoin(StatusFile.delivery)
        .outerjoin(Delivery.invitation)
        .outerjoin(Invitation.organisation)
        .where(StatusFile.consultation_id == consultation_id)
        .order_by(StatusFile.id.desc())
        .limit(SHOWN)
    )
    return [(row, name or "") for row, name in rows]


class _Known:
    """The letters and bodies of a matter, while its status files are taken one by one."""

    def __init__(self, session: Session, consultation: Consultation, now: datetime) -> None:
        self.session, self.consultation, self.now = session, consultation, now
        self.asked = invitations_of(session, consultation.id)
        self.letters = {one.letter.id: one.letter for one in self.asked if one.letter is not None}
        self.rows = deliveries.by_invitation(session, consultation.id)

    def row(self, one: Brought, by_id: UUID) -> StatusFile:
        """What becomes of one file."""
        outcome, about, delivery = self._taken(one, by_id)
        return StatusFile(
            consultation_id=self.consultation.id, id=new_id(), file_name=one.name, outcome=outcome, about=about,
            delivery_id=delivery.id if delivery else None, at=self.now, by_id=by_id,
        )  # fmt: skip

    def _taken(self, one: Brought, by_id: UUID) -> tuple[str, str, Delivery | None]:
        status = one.status
        if status is None:
            return one.why, one.about, None
        letter = next((each for each in self.letters.values() if self._responds(status.document, each)), None)
        if letter is None:
            return "status_letter_unknown", status.document.number or status.document.key, None
        body = self._body(status.organ, letter.id)
        if body is None:
            return "status_body_unknown", status.organ, None
        if status.at > self.now:
            return "status_in_the_future", "", None
        if letter.on is not None and clock.local_day(status.at) < letter.on:
            return "status_before_letter", "", None
        return self._recorded(one, status, body, by_id)

    def _recorded(
        self, one: Brought, status: Status, body: Invitation, by_id: UUID
    ) -> tuple[str, str, Delivery | None]:
        source = f"{status.organ} {status.state} {status.at.isoformat()}"
        own = self.rows.setdefault(body.id, [])
        gone = {row.voids_id for row in own}
        for row in own:
            if row.source == source and row.letter_id == body.letter_id and row.id not in gone:
                return ALREADY, "", row
        made = deliveries.added(self.session, body, STATES[status.state], status.at, self.now, by_id, source)
        made.whom, made.words = status.staff, status.words
        made.file_hash, made.file_name, made.media_type = one.hash, one.name, "application/xml"
        own.append(made)
        return TAKEN, "", made

    def _responds(self, named: DocumentNamed, letter: OfficialLetter) -> bool:
        """Whether a status is of this letter: by what the network knows it by, otherwise by its number, its day and who
        sent it."""
        document = document_of(self.consultation, letter, (), (), "", self.now)
        if named.key and named.key in {document_id(document, dialect) for dialect in Dialect}:
            return True
        ours = sender_of(self.consultation).network_code
        same = _plain(named.number) == _plain(letter.number) and named.on == letter.on
        return same and bool(named.number) and named.organ in ("", ours)

    def _body(self, code: str, letter_id: UUID) -> Invitation | None:
        own = (one for one in self.asked if one.letter_id == letter_id)
        return next((one for one in own if one.organisation.network_code.casefold() == code.casefold()), None)


def _plain(number: str) -> str:
    return "".join(number.split()).casefold()
