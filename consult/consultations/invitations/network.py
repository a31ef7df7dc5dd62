"""Letters as documents of the document network: to whom they go, and their .edxml files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation, OfficialLetter
from consult.consultations.invitations.service import invitations_of
from consult.consultations.models import Consultation
from consult.consultations.words import LetterPurpose, SentBy
from consult.edxml.documents import Enclosed, NetworkDocument, Party, Signer
from consult.edxml.words import Dialect
from consult.edxml.writing import written
from consult.files.store import FileStore
from consult.people.models import Organisation
from consult.policy import investor_answers

ENDING = ".edxml"


def recipients_of(session: Session, consultation: Consultation, letter: OfficialLetter) -> list[Invitation]:
    """Whom a letter goes to over the network by itself: who is asked by it on that way, all who are asked for one that
    asks nobody."""
    asked = invitations_of(session, consultation.id)
    if letter.purpose is not LetterPurpose.INVITATION:
        return asked
    return [one for one in asked if one.letter_id == letter.id and one.how in (None, SentBy.NETWORK)]


def file_of(
    consultation: Consultation,
    letter: OfficialLetter,
    bodies: Sequence[Organisation],
    files: FileStore,
    type_name: str,
    dialect: Dialect,
    now: datetime,
) -> bytes:
    """The letter to these bodies as an .edxml file of a dialect; `type_name` says what sort of document it is. Raises
    Lacking for what is empty and must not be, and DamagedFile."""
    return written(document_of(consultation, letter, bodies, _enclosed(letter, files), type_name, now), dialect)


def sender_of(consultation: Consultation) -> Organisation:
    """Whose the letters of a matter are: in the statutory consultation on an EIA the investor asks (Nghị định số
    08/2022/NĐ-CP, Phụ lục VI), otherwise the body that posts the matter."""
    return consultation.answering if investor_answers(consultation) else consultation.posting


def document_of(
    consultation: Consultation,
    letter: OfficialLetter,
    bodies: Sequence[Organisation],
    enclosed: Sequence[Enclosed],
    type_name: str,
    now: datetime,
) -> NetworkDocument:
    """A letter as the network has it."""
    sender = sender_of(consultation)
    return NetworkDocument(
        key=str(letter.id),
        sender=_party(sender),
        recipients=tuple(_party(body) for body in bodies),
        number=letter.number,
        on=letter.on,
        type_name=type_name,
        subject=letter.subject,
        signer=Signer(letter.signer_name, letter.signer_office, letter.signing_line),
        enclosed=tuple(enclosed),
        written_at=now,
        place=sender.place,
    )


def _party(body: Organisation) -> Party:
    return Party(body.network_code, body.name, body.address, body.mail, body.telephone)


def _enclosed(letter: OfficialLetter, files: FileStore) -> list[Enclosed]:
    if not letter.file_hash:
        return []
    return [Enclosed(letter.file_name, letter.media_type, files.get(letter.file_hash))]
