"""Who is asked in writing in the demonstration: the letters with their files, and what is known of their delivery."""

from datetime import datetime
from typing import Any

from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations import deliveries, letters
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.deliveries import NewDelivery
from consult.consultations.invitations.letters import NewLetter
from consult.consultations.invitations.rules import silence_may_count
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.words import DeliveryKind, LetterPurpose, SentBy
from consult.db import writing
from consult.demo import content
from consult.demo.drawn.typesetting import pdf_of
from consult.demo.matters import Scene
from consult.files.signed_files import KeptFile
from consult.people.models import Organisation

PDF = "application/pdf"


def ask(scene: Scene) -> None:
    """Records the letters to the bodies asked, and what is known of their delivery."""
    row, calendar = scene.row, scene.calendar
    for asked in content.parts(scene.slug, "asked"):
        body = scene.cast.organisations[asked["organisation"]]
        moment = calendar.at(max(asked["letter_dated"], row["announced"]), "08:30")
        letter = NewInvitation(
            organisation_id=body.id,
            silence_is_consent=silence_may_count(scene.consultation, body),
            letter_number=asked["letter_number"] or "",
            letter_on=calendar.day(asked["letter_dated"]),
            reply_by=calendar.day(asked["reply_by"]) if asked["reply_by"] is not None else None,
            how=SentBy(asked["how"]) if "how" in asked else None,
        )
        made = invitations.invite(scene.session, scene.consultation, letter, scene.officer, moment)
        for known in asked.get("known", ()):
            _record(scene, body, made, known)
    for told in content.parts(scene.slug, "letters"):
        _letter(scene, told)


def _letter(scene: Scene, row: dict[str, Any]) -> None:
    """What is recorded of a letter beside its number and day: its signer, and its file, drawn up at load."""
    moment = scene.calendar.at(max(row["dated"], scene.row["announced"]), "08:20")
    data = pdf_of(["\n\n".join(row["text"])])
    file = KeptFile(scene.files.put(data), row["file_name"], PDF, len(data))
    lines = {name: row[name] for name in letters.LINES}
    new = NewLetter(LetterPurpose.INVITATION, row["number"], scene.calendar.day(row["dated"]), file=file, **lines)
    letters.record(scene.session, scene.consultation, new, scene.officer, moment)


def _record(scene: Scene, body: Organisation, invitation: Invitation, row: dict[str, Any]) -> None:
    """One thing known of a delivery: what an officer records, or what the network told."""
    kind, moment = DeliveryKind(row["kind"]), scene.calendar.at(row["day"], "09:10")
    if kind in deliveries.ENTERED:
        new = NewDelivery(kind, scene.calendar.day(row["day"]), row.get("whom", ""), row.get("words", ""))
        deliveries.record(scene.session, scene.consultation, body.id, new, scene.officer, moment)
    else:
        _tell(scene, invitation, kind, moment, row.get("whom", ""))


def _tell(scene: Scene, invitation: Invitation, kind: DeliveryKind, moment: datetime, whom: str) -> None:
    with writing(scene.session, scene.consultation.id):
        source = f"{kind} {moment.isoformat()}"
        made = deliveries.added(scene.session, invitation, kind, moment, moment, scene.officer.user_id, source)
        made.whom = whom
