"""A sheet recorded at the desk of a matter: a paper submission as all others, whose codes are those of the tear-off."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.files.store import FileStore
from consult.ledger.service import Signer
from consult.policy import Actor
from consult.responses.intake import service as intake
from consult.responses.intake.service import Paper
from consult.responses.paper import sheets
from consult.responses.paper.models import PaperPile
from consult.responses.paper.returned import Returned
from consult.responses.paper.said import Opinion, Said
from consult.responses.paper.service import WEBP
from consult.submissions.inputs import AttachmentInput, Codes, CommentInput, Letter, Receipt, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.lookup_codes import key_hash
from consult.submissions.words import Channel, SubmissionKind


def recorded(session: Session, matter: Consultation, keys: Sequence[str]) -> Mapping[str, int]:
    """The number of the submission by the key of its sheet, for those that were recorded."""
    hashes = {key_hash(key): key for key in keys}
    rows = session.execute(
        select(Submission.idempotency_hash, Submission.number).where(
            Submission.consultation_id == matter.id, Submission.idempotency_hash.in_(hashes)
        )
    )
    return {hashes[hashed]: number for hashed, number in rows}


def first_comment(session: Session, matter: Consultation, number: int) -> int:
    """The number of the first comment of a submission."""
    found = session.scalars(
        select(Submission).where(Submission.consultation_id == matter.id, Submission.number == number)
    ).one()
    return found.comments[0].number


def record(
    session: Session,
    matter: Consultation,
    pile: PaperPile,
    sheet: Returned,
    said: Said,
    opinions: Sequence[Opinion],
    channel: Channel,
    actor: Actor,
    now: datetime,
    files: FileStore,
    signer: Signer,
    codes: Codes,
) -> Receipt:
    """Receives a sheet, once: its serial number is its key. Raises Invalid and Refused as `intake.record`, and
    Refused("sheet_recorded") when it was recorded with other words."""
    paper = Paper(
        kind=SubmissionKind.COMMENT,
        channel=channel,
        comments=tuple(CommentInput(one.text, one.anchor, one.stance) for one in opinions),
        sender=Sender(name=said.name, publish_name=said.publish, contact=said.contact, place_said=said.place),
        letter=Letter(),
        received_on=pile.received_on,
        received_reason=pile.received_reason,
        idempotency_key=sheets.key_of(sheet.form, sheet.number, codes),
        scans=tuple(_scan(files, page.picture_hash, sheet.number, page.page) for page in sheet.pages),
        once=True,
    )
    try:
        return intake.record(session, matter, paper, actor, now, signer, sheets.codes_then(sheet.form, codes))
    except Refused as refused:
        if refused.reason != "same_key_other_content":
            raise
        raise Refused("sheet_recorded") from refused


def _scan(files: FileStore, picture: str, number: int, page: int) -> AttachmentInput:
    return AttachmentInput(picture, f"phieu-{number}-trang-{page}.webp", WEBP, len(files.get(picture)), "scan")
