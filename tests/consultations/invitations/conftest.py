"""A statutory consultation on an EIA whose bodies are asked in writing, and what they may show."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from consult.consultations.invitations import letters
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.letters import NewLetter
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.models import Consultation
from consult.consultations.words import Kind, LetterPurpose, Procedure
from consult.files.signed_files import KeptFile
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind
from consult.policy import Actor
from consult.stages import Stage
from tests.builders import NOW, TODAY, make_consultation, make_organisation, make_publisher, paged

FILE = KeptFile("0" * 64, "cong-van.pdf", "application/pdf", 9)
LETTER = NewLetter(LetterPurpose.INVITATION, "12/SNNMT-MT", TODAY, "V/v lấy ý kiến", "Hà Văn A", "Giám đốc", file=FILE)


@dataclass
class Asking:
    """A matter, who asks for it, and a commune that was asked by a letter over the network."""

    session: Session
    matter: Consultation
    actor: Actor
    commune: Organisation


@pytest.fixture
def asking(session: Session) -> Asking:
    """A People's Committee of a commune was asked today; its silence may count."""
    given = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY, "upload": paged()}
    matter = make_consultation(session, Stage.OPEN, **given)
    commune = make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE, Level.COMMUNE)
    commune.network_code, matter.answering.network_code = "H00.20.1", "H00.10"
    session.commit()
    actor = make_publisher(session)
    letters.record(session, matter, LETTER, actor, NOW)
    new = NewInvitation(commune.id, LETTER.number, LETTER.on, silence_is_consent=True)
    invitations.invite(session, matter, new, actor, NOW)
    return Asking(session, matter, actor, commune)
