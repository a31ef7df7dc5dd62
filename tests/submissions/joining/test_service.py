"""Who is of one opinion with a public comment joins it: counted apart, with a receipt, and it binds the comment."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.responses.answers import public_sums
from consult.submissions.acts import service as acts
from consult.submissions.comments import joiner_counts, listing
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import CommentInput, Sender
from consult.submissions.joining.service import JoinReceipt, NewJoining, join, leave
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.tracking import lookup
from tests.submissions.rows import CLOSES, CODES, LATER_CODES, MIDWAY, SIGNER, comment, key, matter, new, officer

LATER = MIDWAY + timedelta(hours=2)


def public(session: Session, consultation: Consultation, **given: Any) -> Submission:
    """A comment whose text is public."""
    sender = Sender("Ma Văn Tên", True, contact="ma@example.invalid")
    receipt = receive(session, consultation, new(comment(), sender=sender, **given), MIDWAY, SIGNER, CODES)
    acts.release(session, consultation, receipt.comment_numbers, officer(session, consultation), MIDWAY)
    return lookup.open_with_secret(session, receipt.code, receipt.secret, CODES)


def joining(
    session: Session, consultation: Consultation, word: str = "a", number: int = 1, **given: Any
) -> JoinReceipt:
    at, codes = given.pop("at", LATER), given.pop("codes", CODES)
    return join(session, consultation, number, NewJoining(key(word), at, **given), at, SIGNER, codes)


def take_back(session: Session, receipt: JoinReceipt, at: Any = LATER) -> None:
    mine = lookup.open_any(session, receipt.code, receipt.secret, CODES)
    assert isinstance(mine, Joiner)
    leave(session, mine, at, at)


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))


def shown(session: Session, consultation: Consultation) -> Any:
    return listing.public_comment(session, consultation, 1)


def test_a_joining_has_a_receipt_an_entry_and_a_count_of_its_own(session: Session) -> None:
    consultation = matter(session)
    public(session, consultation)
    before = public_sums.outcome(session, consultation.id)
    first, second = joining(session, consultation), joining(session, consultation, "b", contact=" 0912 345 678 ")
    assert (first.number, second.number, first.repeated) == (1, 2, False)
    entry = json.loads(second.proof["joined"]["entry"])
    assert (entry["kind"], entry["comment"], entry["joiner"]) == ("joined", 1, 2)
    assert second.proof["checkpoint"].split("\n")[1] == str(entry["index"] + 1)
    assert shown(session, consultation).joiners == 2
    assert public_sums.outcome(session, consultation.id) == before
    kept = lookup.find_joiner(session, second.code, CODES)
    assert (kept.contact, kept.contact_kind.value) == ("0912 345 678", "telephone")
    with pytest.raises(NotFound):
        lookup.find_by_code(session, second.code, CODES)


def test_the_same_key_gives_the_same_receipt_even_after_the_end(session: Session) -> None:
    consultation = matter(session)
    public(session, consultation)
    first, again = joining(session, consultation), joining(session, consultation, at=CLOSES)
    assert (again.code, again.secret, again.number, again.proof) == (first.code, first.secret, 1, first.proof)
    assert again.repeated
    assert session.scalar(select(func.count()).select_from(Joiner)) == 1
    with pytest.raises(Refused, match="same_key_other_content"):
        joining(session, consultation, number=2)


def test_a_key_changed_in_between_changes_no_receipt(session: Session) -> None:
    consultation = matter(session)
    public(session, consultation)
    first = joining(session, consultation)
    again = joining(session, consultation, codes=LATER_CODES)
    assert (again.code, again.secret, again.repeated) == (first.code, first.secret, True)
    new_one = joining(session, consultation, "b", codes=LATER_CODES)
    for receipt in (first, new_one):
        assert isinstance(lookup.open_any(session, receipt.code, receipt.secret, LATER_CODES), Joiner)
    with pytest.raises(NotFound):
        lookup.find_any(session, new_one.code, CODES)


def test_it_does_not_empty_the_page_cache(session: Session) -> None:
    consultation = matter(session)
    public(session, consultation)
    session.refresh(consultation)
    version = consultation.content_version
    take_back(session, joining(session, consultation))
    session.refresh(consultation)
    assert consultation.content_version == version


@pytest.mark.parametrize(
    ("at", "reason"),
    [(MIDWAY - timedelta(days=30), "not_open_yet"), (CLOSES, "too_late")],
)
def test_the_days_are_those_of_comments(session: Session, at: Any, reason: str) -> None:
    consultation = matter(session)
    public(session, consultation)
    with pytest.raises(Refused, match=reason):
        joining(session, consultation, at=at)
    assert "joined" not in kinds(session)


def test_only_what_is_public_can_be_joined(session: Session) -> None:
    consultation = matter(session)
    receive(session, consultation, new(comment()), MIDWAY, SIGNER, CODES)
    with pytest.raises(Refused, match="text_not_public"):
        joining(session, consultation)
    with pytest.raises(NotFound):
        joining(session, consultation, number=9)
    consultation.joining = False
    session.commit()
    with pytest.raises(Refused, match="joining_off"):
        joining(session, consultation)


def test_what_is_withdrawn_or_split_cannot_be_joined(session: Session) -> None:
    consultation = matter(session)
    mine = public(session, consultation)
    amendment.withdraw(session, consultation, mine, [1], MIDWAY, MIDWAY)
    other = public(session, consultation, word="two")
    desk = officer(session, consultation)
    acts.split(session, consultation, other.comments[0].number, [comment("Một"), comment("Hai")], desk, MIDWAY)
    for number in (1, 2):
        with pytest.raises(Refused, match="has_outcome"):
            joining(session, consultation, number=number)


@pytest.mark.parametrize("contact", ["khong phai", "a@b", "1" * 400])
def test_a_contact_that_is_none_is_told(session: Session, contact: str) -> None:
    consultation = matter(session)
    public(session, consultation)
    with pytest.raises(Invalid):
        joining(session, consultation, contact=contact)


def test_a_joined_text_does_not_change(session: Session) -> None:
    consultation = matter(session)
    mine = public(session, consultation)
    receipt = joining(session, consultation)
    with pytest.raises(Refused, match="joined_by_others"):
        amendment.amend(session, consultation, mine, 1, CommentInput("Khác"), LATER, LATER)
    take_back(session, receipt)
    assert amendment.amend(session, consultation, mine, 1, CommentInput("Khác"), LATER, LATER).version == 2


def test_its_sender_may_leave_what_others_joined(session: Session) -> None:
    consultation = matter(session)
    mine = public(session, consultation)
    assert shown(session, consultation).sender == "Ma Văn Tên"
    receipts = [joining(session, consultation, word) for word in "ab"]
    amendment.withdraw(session, consultation, mine, [1], LATER, LATER)
    left = shown(session, consultation)
    assert (left.sender, left.area, left.organisation, left.left, left.joiners) == ("", "", "", True, 2)
    assert (left.visibility, left.text) == (Visibility.PUBLIC, "Nên bỏ khoản này.")
    assert public_sums.outcome(session, consultation.id)["awaiting"] == 1
    amendment.withdraw(session, consultation, mine, [1], LATER, LATER)
    with pytest.raises(Refused, match="joined_by_others"):
        amendment.amend(session, consultation, mine, 1, CommentInput("Khác"), LATER, LATER)
    take_back(session, receipts[0])
    assert public_sums.outcome(session, consultation.id)["awaiting"] == 1
    take_back(session, receipts[1])
    assert public_sums.outcome(session, consultation.id)["withdrawn"] == 1
    assert shown(session, consultation).visibility is Visibility.WITHHELD
    assert kinds(session)[-5:] == ["joined", "author_left", "joining_withdrawn", "joining_withdrawn", "withdrawn"]


def test_taking_back_forgets_the_contact_and_is_done_once(session: Session) -> None:
    consultation = matter(session)
    public(session, consultation)
    receipt = joining(session, consultation, contact="0912 345 678")
    with pytest.raises(Refused, match="wrong_second_code"):
        lookup.open_any(session, receipt.code, str(int(receipt.secret) ^ 1).zfill(6), CODES)
    with pytest.raises(Refused, match="too_late"):
        take_back(session, receipt, CLOSES)
    take_back(session, receipt)
    take_back(session, receipt)
    row = session.scalars(select(Joiner)).one()
    assert (row.contact, row.contact_kind.value) == ("", "none")
    assert kinds(session).count("joining_withdrawn") == 1
    assert joiner_counts.counts(session, consultation.id, [row.comment_id]) == {}


def test_an_invalid_comment_keeps_its_outcome_when_all_leave(session: Session) -> None:
    consultation = matter(session)
    mine = public(session, consultation)
    receipt = joining(session, consultation)
    amendment.withdraw(session, consultation, mine, [1], LATER, LATER)
    one, other = officer(session, consultation), officer(session, consultation, "Cúc")
    act = acts.propose(session, consultation, 1, CommentActKind.INVALID, "off_topic", one, LATER)
    acts.confirm(session, consultation, act.id, other, LATER)
    take_back(session, receipt)
    told = public_sums.outcome(session, consultation.id)
    assert (told["withdrawn"], told["invalid"]) == (0, {"off_topic": 1})
    assert Outcome.INVALID.value in told
