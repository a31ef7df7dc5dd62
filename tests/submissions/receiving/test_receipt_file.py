"""The receipt file holds against the verifier that outsiders use, which shares no code with the site."""

import json
from types import ModuleType

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.ledger.models import LedgerEntry
from consult.submissions.inputs import AttachmentInput, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import own_submission
from consult.submissions.words import ContactKind, Stance
from tests.submissions.rows import CODES, MIDWAY, SIGNER, area, comment, matter, new

FILES = tuple(AttachmentInput(f"{number}" * 64, f"ảnh {number}.jpg", "image/jpeg", number) for number in (3, 1, 2))


def test_an_outsider_can_check_the_receipt(session: Session, verifier: ModuleType) -> None:
    consultation, home = matter(session), area(session)
    sender = Sender("Nguyễn Văn An", True, home.id, ContactKind.MAIL, "an@example.test")
    said = (comment("Một", "d1.k1.pdd", stance=Stance.OPPOSE, proposed="Khác", reason="Vì"), comment("Hai", ""))
    receive(session, consultation, new(word="before"), MIDWAY, SIGNER, CODES)
    receipt = receive(session, consultation, new(*said, sender=sender, attachments=FILES), MIDWAY, SIGNER, CODES)
    row = session.scalars(select(Submission).where(Submission.number == 2)).one()
    file = json.loads(json.dumps(own_submission.receipt_file(session, row, SIGNER)))
    keys = [verifier.read_key(key["vkey"]) for key in file["keys"]]
    texts = list(session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index)))
    lines = verifier.check_receipt(file, keys, SIGNER.origin(consultation.id), texts)
    assert len(lines) == 2 and all(line.endswith("not checked: nothing") for line in lines)
    assert receipt.code not in str(file) and receipt.secret not in str(file)
    file["comments"][0]["openings"]["text"]["value"]["text"] = "Mốt"
    with pytest.raises(verifier.Failed):
        verifier.check_receipt(file, keys, SIGNER.origin(consultation.id), texts)
