"""One key, twice: the same letter gives the same receipt, and another letter is never lost behind it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.submissions.inputs import AttachmentInput, NewSubmission
from consult.submissions.models import Submission
from consult.submissions.receiving import admission, service
from consult.submissions.receiving.admission import PendingSubmission
from consult.submissions.receiving.service import receive
from tests.submissions.rows import CLOSES, CODES, MIDWAY, SIGNER, comment, matter, new

PICTURE = AttachmentInput("a" * 64, "ảnh.jpg", "image/jpeg", 9)
OTHER_PICTURE = replace(PICTURE, file_hash="b" * 64)


def pending(session: Session, consultation: Consultation, submission: NewSubmission) -> PendingSubmission:
    """A submission that is ready to go in."""
    ready = service._prepared(session, consultation, submission, submission.arrived_at, SIGNER, CODES)
    assert isinstance(ready, PendingSubmission)
    return ready


def admitted(session: Session, consultation: Consultation, *submissions: NewSubmission) -> list[PendingSubmission]:
    """Several that come in the same instant, and share their transaction."""
    found = [pending(session, consultation, one) for one in submissions]
    admission.admit(consultation.id, session.connection(), found)
    return found


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_two_letters_with_one_key_in_one_instant(session: Session) -> None:
    consultation = matter(session)
    first, same, other = admitted(
        session, consultation, new(comment("Một")), new(comment("Một")), new(comment("Một khác"))
    )
    assert first.receipt is not None and same.receipt is not None
    assert (first.receipt.repeated, same.receipt.repeated) == (False, True)
    assert replace(same.receipt, repeated=False) == first.receipt
    assert other.receipt is None and other.refused is not None
    assert (other.refused.reason, kept(session)) == ("same_key_other_content", 1)


def test_whoever_comes_in_with_others_is_taken_by_their_own_moment(session: Session) -> None:
    consultation = matter(session)
    early, late, last = admitted(
        session, consultation, new(word="a"), new(word="b", at=CLOSES), new(comment(), comment(), word="c")
    )
    assert early.receipt is not None and last.receipt is not None and late.receipt is None
    assert late.refused is not None and late.refused.reason == "too_late"
    assert [early.receipt.comment_numbers, last.receipt.comment_numbers] == [(1,), (2, 3)]


def test_what_is_tried_again_forgets_what_became_of_the_first_try(session: Session) -> None:
    """After a transaction that failed for another's sake each goes in alone: nothing of it is recorded by then."""
    consultation = matter(session)
    one = pending(session, consultation, new())
    one.refused = Refused("too_late")
    admission.admit(consultation.id, session.connection(), [one])
    assert one.refused is None and one.receipt is not None and not one.receipt.repeated


@pytest.mark.parametrize(
    "changed",
    [
        {"attachments": (OTHER_PICTURE,)}, {"attachments": ()}, {"comments": (comment("Hai"),)},
        {"comments": (comment("Một", "d12a.k3"),)}, {"comments": (comment("Một", reason="Vì thế"),)},
        {"comments": (comment("Một"), comment("Hai"))},
    ],
    ids=["another file", "no file", "other words", "another clause", "a reason", "one more"],
)  # fmt: skip
def test_any_other_content_is_another_letter(session: Session, changed: dict[str, object]) -> None:
    consultation = matter(session)
    first = new(comment("Một"), attachments=(PICTURE,))
    receive(session, consultation, first, MIDWAY, SIGNER, CODES)
    with pytest.raises(Refused, match="same_key_other_content"):
        receive(session, consultation, replace(first, **changed), MIDWAY, SIGNER, CODES)  # type: ignore[arg-type]
    assert kept(session) == 1


def test_when_and_in_which_language_it_is_sent_again_does_not_count(session: Session) -> None:
    consultation = matter(session)
    first = new(comment("Một"))
    receipt = receive(session, consultation, first, MIDWAY, SIGNER, CODES)
    later = replace(first, arrived_at=MIDWAY + timedelta(minutes=5), language="en")
    again = receive(session, consultation, later, MIDWAY + timedelta(minutes=5), SIGNER, CODES)
    assert again == replace(receipt, repeated=True)


def test_a_repeat_after_the_clause_is_gone_still_has_its_receipt(session: Session) -> None:
    """A newer draft may lack the clause; what was received once stays received, and nothing new is taken for it."""
    consultation = matter(session)
    receipt = receive(session, consultation, new(comment("Một", "d12a.k3")), MIDWAY, SIGNER, CODES)
    session.query(Provision).filter(Provision.path == "d12a.k3").update({"path": "d13.k1"})
    session.commit()
    again = receive(session, consultation, new(comment("Một", "d12a.k3")), MIDWAY, SIGNER, CODES)
    assert again == replace(receipt, repeated=True)
    with pytest.raises(Invalid):
        receive(session, consultation, new(comment("Một", "d12a.k3"), word="two"), MIDWAY, SIGNER, CODES)
    assert kept(session) == 1
