"""What is received is kept as sent, numbered, logged and proved; the same key gives the same receipt."""

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.words import Disclosure
from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import merkle
from consult.ledger.canonical import parsed
from consult.ledger.checkpoint import verifier_key, verify_checkpoint
from consult.ledger.commitment import opens
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.submissions.inputs import AnchorInput, Codes, CommentInput, NewSubmission, Receipt, Sender
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving import anchor_resolution
from consult.submissions.receiving import commitments as committed
from consult.submissions.receiving.service import receive
from consult.submissions.words import ContactKind, Stance
from consult.tracking import lookup
from tests.submissions.rows import CLOSES, CODES, LATER_CODES, MIDWAY, SIGNER, area, comment, matter, new


def send(session: Session, consultation, submission: NewSubmission) -> Receipt:
    return receive(session, consultation, submission, submission.arrived_at, SIGNER, CODES)


def test_comments_are_numbered_in_order_and_kept_as_sent(session: Session) -> None:
    consultation = matter(session)
    first = send(session, consultation, new(comment("Một"), comment("Hai", "d12a.k3", stance=Stance.OPPOSE)))
    second = send(session, consultation, new(comment("Ba", ""), word="two"))
    assert (first.submission_number, first.comment_numbers) == (1, (1, 2))
    assert (second.submission_number, second.comment_numbers) == (2, (3,))
    kept = session.execute(
        select(Comment.number, Comment.path, CommentVersion.text, CommentVersion.stance)
        .join(CommentVersion, CommentVersion.comment_id == Comment.id)
        .order_by(Comment.number)
    ).all()
    assert [tuple(row) for row in kept] == [
        (1, "d1.k1", "Một", None),
        (2, "d12a.k3", "Hai", Stance.OPPOSE),
        (3, "", "Ba", None),
    ]
    assert consultation.content_version == 1


def test_the_receipt_proves_every_comment(session: Session) -> None:
    consultation = matter(session)
    send(session, consultation, new(word="before"))
    receipt = send(session, consultation, new(comment("Một"), comment("Hai"), comment("Ba")))
    origin = SIGNER.origin(consultation.id)
    trusted = verifier_key(origin, SIGNER.keys[0].private_key.public_key())
    checkpoint = verify_checkpoint(receipt.proof["checkpoint"], [trusted], origin)
    assert [proved["number"] for proved in receipt.proof["comments"]] == [2, 3, 4]
    for proved in receipt.proof["comments"]:
        leaf = merkle.leaf_hash(proved["entry"].encode())
        path = [bytes.fromhex(node) for node in proved["proof"]]
        assert merkle.verify_inclusion(proved["index"], checkpoint.size, leaf, path, checkpoint.root)


def test_commitments_open_with_what_was_sent_and_the_log_tells_nothing(session: Session) -> None:
    consultation = matter(session)
    place = area(session)
    sender = Sender("Nguyễn Văn An", True, place.id, ContactKind.TELEPHONE, "0912 345 678")
    receipt = send(session, consultation, new(comment("Bí mật của tôi"), sender=sender))
    entry = parsed(receipt.proof["comments"][0]["entry"].encode())
    kept, version = session.scalars(select(Submission)).one(), session.scalars(select(CommentVersion)).one()
    said = session.scalars(select(Comment)).one()
    key = (place.code, place.valid_from)
    commitments = entry["commitments"]
    assert opens(commitments["text"], "text", committed.text_value(said, version), version.text_salt)
    assert opens(commitments["identity"], "identity", committed.identity_value(kept, key), kept.identity_salt)
    assert opens(commitments["contact"], "contact", committed.contact_value(kept), kept.contact_salt)
    assert opens(commitments["attachments"], "attachments", [], kept.attachments_salt)
    for word in ("Bí mật", "Nguyễn", "0912", "01234", "Phong Quang"):
        assert word not in receipt.proof["comments"][0]["entry"]
    assert entry["anchor"] == {"document": 1, "revision": 1, "path": "d1.k1", "page": None, "quote": False}


def test_codes_are_stored_as_hashes_only(session: Session) -> None:
    consultation = matter(session)
    receipt = send(session, consultation, new())
    kept = session.scalars(select(Submission)).one()
    row = " ".join(str(getattr(kept, column.name)) for column in Submission.__table__.columns)
    for word in (receipt.code, receipt.code.replace("-", ""), receipt.secret, new().idempotency_key):
        assert word not in row
    assert receipt.code.startswith("012-") and len(receipt.secret) == 6


def test_the_same_key_gives_the_same_receipt_even_after_closing(session: Session) -> None:
    consultation = matter(session)
    first = send(session, consultation, new())
    late = new(at=CLOSES + timedelta(days=9))
    again = receive(session, consultation, late, CLOSES + timedelta(days=9), SIGNER, CODES)
    assert again.repeated and not first.repeated
    assert (again.code, again.secret, again.proof) == (first.code, first.secret, first.proof)
    assert len(session.scalars(select(Comment)).all()) == 1


def test_a_key_changed_in_between_changes_no_receipt(session: Session) -> None:
    consultation = matter(session)
    first = receive(session, consultation, new(comment()), MIDWAY, SIGNER, CODES)
    again = receive(session, consultation, new(comment()), MIDWAY, SIGNER, LATER_CODES)
    assert (again.code, again.secret, again.repeated) == (first.code, first.secret, True)
    later = receive(session, consultation, new(comment(), word="later"), MIDWAY, SIGNER, LATER_CODES)
    for receipt in (first, later):
        lookup.open_with_secret(session, receipt.code, receipt.secret, LATER_CODES)
        with pytest.raises(Refused, match="wrong_second_code"):
            lookup.open_with_secret(session, receipt.code, "000000", LATER_CODES)
    with pytest.raises(NotFound):
        lookup.find_by_code(session, later.code, CODES)


@pytest.mark.parametrize("ask", [lookup.find_by_code, lookup.find_any, lookup.find_joiner])
def test_without_its_keys_the_site_calls_no_code_unknown(session: Session, ask: Any) -> None:
    consultation = matter(session)
    receipt = receive(session, consultation, new(comment()), MIDWAY, SIGNER, CODES)
    with pytest.raises(LookupError):
        ask(session, receipt.code, Codes(()))
    with pytest.raises(LookupError):
        receive(session, consultation, new(comment()), MIDWAY, SIGNER, Codes((b"another",)))


def test_the_same_key_with_other_content_is_refused(session: Session) -> None:
    consultation = matter(session)
    send(session, consultation, new())
    with pytest.raises(Refused, match="same_key_other_content"):
        send(session, consultation, new(comment("Khác hẳn")))


def test_composed_and_decomposed_letters_are_one_text(session: Session) -> None:
    consultation = matter(session)
    words = "Đề nghị giữ nguyên mức hỗ trợ"
    first = send(session, consultation, new(comment(unicodedata.normalize("NFD", words))))
    again = send(session, consultation, new(comment(words)))
    assert again.repeated and again.code == first.code
    assert session.scalars(select(CommentVersion.text)).all() == [words]


def test_every_error_is_told_at_once(session: Session) -> None:
    consultation = matter(session)
    wrong = new(
        CommentInput("  \u200b\n "),
        comment("x" * 20_001, "d99"),
        CommentInput("Được", AnchorInput(document=2, page=8)),
        CommentInput("Được", AnchorInput(document=2, page=7, box=(0, 0, 900, 10))),
        CommentInput("Được", AnchorInput(path="d1.k1", quote="không có ở đây")),
        sender=Sender(contact_kind=ContactKind.MAIL, contact="an(at)example"),
        consent_version="",
    )
    with pytest.raises(Invalid) as told:
        send(session, consultation, wrong)
    assert told.value.errors == {
        "comments.0.text": "required",
        "comments.1.text": "too_long",
        "comments.1.anchor": "unknown_place",
        "comments.2.anchor": "unknown_place",
        "comments.3.anchor": "not_on_the_page",
        "comments.4.anchor": "unknown_quote",
        "contact": "not_a_mail_name",
        "consent": "required",
    }
    assert session.scalars(select(LedgerEntry)).all() == []


@pytest.mark.parametrize("text", ["-", "Không có ý kiến", "=1+1", "<script>alert(1)</script>"])
def test_what_is_not_blank_is_text(session: Session, text: str) -> None:
    consultation = matter(session)
    send(session, consultation, new(comment(text)))
    assert session.scalars(select(CommentVersion.text)).all() == [text]


def test_places_of_every_kind_are_found(session: Session) -> None:
    consultation = matter(session)
    send(
        session,
        consultation,
        new(
            CommentInput("Cả văn bản", AnchorInput()),
            CommentInput("Cả tài liệu", AnchorInput(document=2, revision=1)),
            CommentInput("Một trang", AnchorInput(document=2, page=7, box=(59.5, 84.2, 119, 421))),
            CommentInput("Một đoạn", AnchorInput(path="d1", quote="chất thải  rắn\nsinh hoạt")),
        ),
    )
    found = session.scalars(select(Comment).order_by(Comment.number)).all()
    assert [one.document.number for one in found] == [1, 2, 2, 1]
    assert found[2].page.number == 7 and found[2].box == [100, 100, 200, 500]
    assert found[3].quote == "chất thải rắn sinh hoạt" and found[3].path == "d1"


def test_one_event_tells_the_ring_and_names_nobody(session: Session) -> None:
    consultation = matter(session)
    send(session, consultation, new(comment("Bí mật"), sender=Sender("Nguyễn Văn An")))
    message = session.scalars(select(OutboxMessage)).one()
    assert message.event == "comment_received" and message.payload["comments"] == [1]
    assert set(message.payload) == {"submission", "comments"}


def test_at_once_publishes_with_the_receipt(session: Session) -> None:
    consultation = matter(session, disclosure=Disclosure.AT_ONCE)
    send(session, consultation, new(comment("Một"), comment("Hai")))
    kinds = session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)).all()
    assert kinds == ["received", "received", "released", "released"]
    assert [(act.by_id, act.effective_at) for act in session.scalars(select(CommentAct))] == [(None, MIDWAY)] * 2


def test_what_is_not_published_yet_cannot_be_commented_on(session: Session) -> None:
    """Neither by its number, nor because it is the newest."""
    consultation = matter(session)
    [first] = session.scalars(select(Revision).join(Document).where(Document.number == 1))
    copied = {column.key: getattr(first, column.key) for column in Revision.__table__.columns}
    later = Revision(**{**copied, "id": new_id(), "number": 2, "published_at": None})
    session.add(later)
    session.flush()
    [old] = session.scalars(select(Provision).where(Provision.path == "d1"))
    kept = {column.key: getattr(old, column.key) for column in Provision.__table__.columns}
    session.add(Provision(**{**kept, "id": new_id(), "revision_id": later.id}))
    session.commit()
    told, errors = anchor_resolution.resolve(
        session, consultation.id, [AnchorInput(revision=2, path="d1"), AnchorInput(path="d1")]
    )
    assert list(errors) == [0]
    assert told[1] is not None and told[1].revision_id == first.id


@pytest.mark.parametrize(
    ("anchor", "code"),
    [
        (AnchorInput(document=2, page=7, quote="Nước thải"), "unknown_quote"),
        (AnchorInput(document=2, page=8), "unknown_place"),
        (AnchorInput(path="d1.k1", quote="Chất thải y tế"), "unknown_quote"),
        (AnchorInput(document=2, quote="Bụi"), "unknown_quote"),
        (AnchorInput(path="d1", page=7), "unknown_place"),
        (AnchorInput(document=2, page=7, box=(500, 84.2, 119, 421)), "not_on_the_page"),
    ],
    ids=["not on the page", "no such page", "not in the clause", "of a whole document", "two places", "over the edge"],
)
def test_what_is_not_in_the_text_is_no_place(session: Session, anchor: AnchorInput, code: str) -> None:
    consultation = matter(session)
    with pytest.raises(Invalid) as told:
        send(session, consultation, new(CommentInput("Ở đây", anchor)))
    assert told.value.errors == {"comments.0.anchor": code}
    here = AnchorInput(document=2, page=7, quote="tiếng ồn")
    assert send(session, consultation, new(CommentInput("Ở đây", here))).comment_numbers == (1,)
