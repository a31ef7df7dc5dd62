"""What the log commits to is what was sent, all of it, in the form that docs/ledger.md gives: values and hashes are
written down here once more, with nothing of the site's."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Kind
from consult.ledger.models import LedgerEntry
from consult.people.words import OrganisationKind
from consult.submissions.acts import decisions
from consult.submissions.inputs import AnchorInput, AttachmentInput, CommentInput, CritiqueInput, Letter, Sender
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving.models import Transcript
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.voices import transcription
from consult.submissions.words import Channel, CommentActKind, ContactKind, Stance, SubmissionKind, Topic
from tests.submissions.rows import CODES, MIDWAY, SIGNER, area, comment, matter, new, officer, organisation

LATER = MIDWAY + timedelta(hours=1)
SAID = {
    "stance": "support_with_changes",
    "text": "Nên quy định rõ hơn.",
    "proposed": "Chất thải nguy hại để riêng, giao vào ngày thứ bảy.",
    "reason": "Vì cuối tuần người dân mới ở nhà.",
}
CRITERIA = {
    "necessity": "Cần thiết.", "conformity": "Đúng luật.", "soundness": "Có cơ sở.", "balance": "Hài hòa.",
    "impact": {"politics": "Tốt.", "economy": "Vừa.", "culture": "Không.", "society": "Tốt.", "defence": "Không.",
               "security": "Không.", "foreign_affairs": "Không."},
}  # fmt: skip


def commitment(field: str, value: Any, salt: bytes | None) -> str:
    """As docs/ledger.md says: the salt, then canonical JSON. Every name in these values is plain ASCII, for which
    sorting by characters is sorting by code units."""
    assert salt is not None and len(salt) == 32
    written = json.dumps({"field": field, "value": value}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(salt + written.encode()).hexdigest()


def logged(session: Session, kind: str) -> dict[str, Any]:
    """The only entry of a kind."""
    [found] = entries(session, kind)
    return found


def entries(session: Session, kind: str) -> list[dict[str, Any]]:
    """All entries of a kind."""
    own = select(LedgerEntry.body).where(LedgerEntry.kind == kind).order_by(LedgerEntry.index)
    return [json.loads(body) for body in session.scalars(own)]


def said(**given: Any) -> CommentInput:
    return CommentInput(**{**SAID, "stance": Stance.SUPPORT_WITH_CHANGES, **given})


def test_a_comment_with_everything_filled(session: Session) -> None:
    consultation = matter(session)
    consultation.kind = Kind.EIA_REPORT
    place = area(session)
    sender = Sender("Nông Thị Hoa", True, place.id, ContactKind.MAIL, "hoa@example.test")
    file = AttachmentInput("ab" * 32, "ảnh bãi rác.jpg", "image/jpeg", 12_345)
    clause = AnchorInput(path="d1.k1.pdd", quote="Chất thải nguy hại")
    given = new(
        said(anchor=clause, topic=Topic.MEASURES), sender=sender, attachments=(file,), consent_version="2026-11"
    )
    receive(session, consultation, given, MIDWAY, SIGNER, CODES)
    entry, kept = logged(session, "received"), session.scalars(select(Submission)).one()
    version = session.scalars(select(CommentVersion)).one()
    text = {**SAID, "quote": "Chất thải nguy hại", "box": None, "topic": "measures"}
    identity = {
        "name": "Nông Thị Hoa", "publish_name": True, "area": {"code": "01234", "valid_from": "2025-07-01"},
        "organisation": "", "letter_number": "", "letter_on": "", "signatory_name": "", "signatory_office": "",
        "signing_line": "", "consent": "2026-11", "received_reason": "", "critique": None,
    }  # fmt: skip
    files = [{"name": "ảnh bãi rác.jpg", "sha256": "ab" * 32, "size": 12_345}]
    assert entry["commitments"] == {
        "text": commitment("text", text, version.text_salt),
        "identity": commitment("identity", identity, kept.identity_salt),
        "contact": commitment("contact", {"kind": "mail", "contact": "hoa@example.test"}, kept.contact_salt),
        "attachments": commitment("attachments", files, kept.attachments_salt),
    }
    assert (entry["day"], entry["channel"], entry["anchor"]["quote"]) == ("2027-03-10", "web", True)


def test_a_marked_part_of_a_page_and_a_paper_that_was_late_in_being_typed(session: Session) -> None:
    consultation = matter(session)
    here = AnchorInput(document=2, page=7, part=(100, 200, 300, 400))
    paper = {"channel": Channel.POST, "received_at": MIDWAY, "received_reason": "Theo dấu bưu điện"}
    receive(session, consultation, new(CommentInput("Bụi", here), at=LATER, **paper), LATER, SIGNER, CODES)
    entry, kept = logged(session, "received"), session.scalars(select(Submission)).one()
    version = session.scalars(select(CommentVersion)).one()
    text = {"stance": None, "text": "Bụi", "proposed": "", "reason": "", "quote": "", "box": [100, 200, 300, 400]}
    assert entry["commitments"]["text"] == commitment("text", text, version.text_salt)
    identity = {
        "name": "", "publish_name": False, "area": None, "organisation": "", "letter_number": "", "letter_on": "",
        "signatory_name": "", "signatory_office": "", "signing_line": "", "consent": "2026-11",
        "received_reason": "Theo dấu bưu điện", "critique": None,
    }  # fmt: skip
    assert entry["commitments"]["identity"] == commitment("identity", identity, kept.identity_salt)


EMPTY = {"stance": None, "text": "", "proposed": "", "reason": "", "quote": "", "box": None}


def test_a_critique_with_its_letter(session: Session) -> None:
    consultation = matter(session)
    front = organisation(session, "Ủy ban Mặt trận Tổ quốc tỉnh", OrganisationKind.FRONT_COMMITTEE)
    session.commit()
    letter = Letter("12/MTTQ-BTT", date(2027, 3, 9), "Hà Văn Thắng", "Phó Chủ tịch", "TM. BAN THƯỜNG TRỰC")
    held = CritiqueInput("conference", CRITERIA, "Nhất trí ban hành.", date(2027, 3, 8), "45 đại biểu")
    given = new(
        comment(), kind=SubmissionKind.CRITIQUE, sender=Sender(organisation_id=front.id), letter=letter, critique=held
    )
    receive(session, consultation, given, MIDWAY, SIGNER, CODES)
    entry, kept = entries(session, "received")[0], session.scalars(select(Submission)).one()
    identity = {
        "name": "", "publish_name": False, "area": None, "organisation": str(UUID(str(front.id))),
        "letter_number": "12/MTTQ-BTT", "letter_on": "2027-03-09", "signatory_name": "Hà Văn Thắng",
        "signatory_office": "Phó Chủ tịch", "signing_line": "TM. BAN THƯỜNG TRỰC", "consent": "2026-11",
        "received_reason": "",
        "critique": {
            "form": "conference", "held_on": "2027-03-08", "criteria": CRITERIA, "conclusion": "Nhất trí ban hành.",
            "participants": "45 đại biểu", "agreement_number": "", "agreement_on": "",
        },
    }  # fmt: skip
    assert entry["commitments"]["identity"] == commitment("identity", identity, kept.identity_salt)
    last = entries(session, "received")[-1]
    comment_row = session.scalars(select(Comment).where(Comment.number == last["comment"])).one()
    text = {**EMPTY, "critique_part": "conclusion", "text": "Nhất trí ban hành."}
    assert last["commitments"]["text"] == commitment("text", text, comment_row.versions[0].text_salt)


def test_how_a_critique_came_about_is_in_its_opening_where_it_was_told(session: Session) -> None:
    consultation = matter(session)
    front = organisation(session, "Ủy ban Mặt trận Tổ quốc tỉnh", OrganisationKind.FRONT_COMMITTEE)
    session.commit()
    told = {"held_at": " Hội trường A ", "questions": "Ai trả tiền?", "invited": "  "}
    held = CritiqueInput("dialogue", CRITERIA, "Nhất trí ban hành.", proceedings=told)
    given = new(comment(), kind=SubmissionKind.CRITIQUE, sender=Sender(organisation_id=front.id), critique=held)
    receive(session, consultation, given, MIDWAY, SIGNER, CODES)
    entry, kept = entries(session, "received")[0], session.scalars(select(Submission)).one()
    identity = {
        "name": "", "publish_name": False, "area": None, "organisation": str(UUID(str(front.id))),
        "letter_number": "", "letter_on": "", "signatory_name": "", "signatory_office": "", "signing_line": "",
        "consent": "2026-11", "received_reason": "",
        "critique": {
            "form": "dialogue", "held_on": "", "criteria": CRITERIA, "conclusion": "Nhất trí ban hành.",
            "participants": "", "agreement_number": "", "agreement_on": "",
            "proceedings": {"held_at": "Hội trường A", "questions": "Ai trả tiền?"},
        },
    }  # fmt: skip
    assert entry["commitments"]["identity"] == commitment("identity", identity, kept.identity_salt)


def test_a_changed_text_and_a_redacted_one(session: Session) -> None:
    consultation = matter(session)
    receive(session, consultation, new(comment("Lời đầu")), MIDWAY, SIGNER, CODES)
    submission = session.scalars(select(Submission)).one()
    changed = amendment.amend(session, consultation, submission, 1, said(), LATER, LATER)
    told = logged(session, "amended")
    beside = {"quote": "", "box": None}
    assert told["text"] == commitment("text", {**SAID, **beside}, changed.text_salt)
    one, other = officer(session, consultation), officer(session, consultation, "Cúc")
    shown = {"stance": "oppose", "text": "Phần còn lại.", "proposed": "Sửa.", "reason": "Vì vậy."}
    act = decisions.propose(
        session, consultation, 1, CommentActKind.REDACTED, "insult", one, LATER, {**shown, "note": "Riêng của cán bộ"}
    )
    decisions.confirm(session, consultation, act.id, other, LATER)
    salt = bytes.fromhex(session.get_one(CommentAct, (consultation.id, act.id)).details["salt"])
    assert logged(session, "redacted")["text"] == commitment("redacted", {**shown, **beside}, salt)


@pytest.mark.parametrize(
    ("language", "translation"), [("mong", "Chúng tôi mong có xe."), ("vi", "")], ids=["translated", "in Vietnamese"]
)
def test_what_was_written_down_of_a_voice(session: Session, language: str, translation: str) -> None:
    consultation = matter(session)
    voice = AttachmentInput("a" * 64, "ghi-am.webm", "audio/webm", 9, "voice", 0, language)
    receive(session, consultation, new(comment(""), attachments=(voice,)), MIDWAY, SIGNER, CODES)
    written = transcription.TypedTranscript(language, "Peb xav kom muaj tsheb.", translation)
    row = transcription.write(session, consultation, 1, written, officer(session, consultation), LATER)
    transcription.check(session, consultation, row.id, officer(session, consultation, "Cúc"), LATER)
    value = {"language": language, "transcript": "Peb xav kom muaj tsheb.", "translation": translation}
    salt = session.scalars(select(Transcript.salt)).one()
    assert logged(session, "transcribed")["text"] == commitment("transcript", value, salt)
