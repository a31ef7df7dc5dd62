"""With the secret number a sender changes and withdraws until the end; what was said before is kept."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import service as ledger
from consult.ledger.commitment import opens
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.submissions.acts import service as acts
from consult.submissions.comments.comment_state import read
from consult.submissions.comments.listing import public_comments
from consult.submissions.inputs import CommentInput, Receipt, Sender
from consult.submissions.models import CommentAct, CommentVersion, Submission
from consult.submissions.receiving import commitments, lookup_codes
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.tracking import lookup
from tests.submissions.rows import CLOSES, CODES, MIDWAY, SIGNER, comment, matter, new, officer

LATER = MIDWAY + timedelta(hours=2)


def sent(session: Session, consultation: Consultation, *said: CommentInput, word: str = "one") -> Receipt:
    return receive(session, consultation, new(*said, word=word), MIDWAY, SIGNER, CODES)


def submission_of(session: Session, receipt: Receipt) -> Submission:
    return lookup.open_with_secret(session, receipt.code, receipt.secret, CODES)


def last_entry(session: Session) -> dict[str, Any]:
    body = session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index.desc())).first()
    found: dict[str, Any] = json.loads(body or "{}")
    return found


def amend(session: Session, consultation: Consultation, receipt: Receipt, text: str, at: Any = LATER) -> CommentVersion:
    mine = submission_of(session, receipt)
    return amendment.amend(session, consultation, mine, receipt.comment_numbers[0], CommentInput(text), at, at)


def test_a_code_opens_however_it_is_typed(session: Session) -> None:
    receipt = sent(session, matter(session))
    digits = receipt.code.replace("-", "")
    for typed in (
        receipt.code,
        digits,
        f" {digits[:5]} {digits[5:]} ",
        "".join(chr(0x660 + int(one)) for one in digits),
    ):
        assert lookup.find_by_code(session, typed, CODES).number == 1


def test_a_slip_of_the_pen_opens_nothing(session: Session) -> None:
    receipt = sent(session, matter(session))
    digits = receipt.code.replace("-", "")
    for position in range(len(digits)):
        wrong = digits[:position] + str((int(digits[position]) + 1) % 10) + digits[position + 1 :]
        assert not lookup_codes.well_formed(wrong)
        with pytest.raises(NotFound):
            lookup.find_by_code(session, wrong, CODES)
    with pytest.raises(Refused, match="wrong_second_code"):
        lookup.open_with_secret(session, receipt.code, str(int(receipt.secret) ^ 1).zfill(6), CODES)


def test_earlier_versions_are_kept_and_the_change_is_logged(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation, comment("Trước"))
    version = amend(session, consultation, receipt, "Sau")
    assert [kept.text for kept in session.scalars(select(CommentVersion).order_by(CommentVersion.version))] == [
        "Trước",
        "Sau",
    ]
    entry, one = last_entry(session), read(session, consultation.id, [1])[0]
    assert (entry["kind"], entry["comment"], entry["version"]) == ("amended", 1, 2)
    assert opens(entry["text"], "text", commitments.text_value(one.comment, version), version.text_salt or b"")


def test_a_changed_text_is_no_longer_public_until_looked_at(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation)
    acts.release(session, consultation, [1], officer(session, consultation), LATER)
    amend(session, consultation, receipt, "Sau", MIDWAY)
    assert read(session, consultation.id, [1])[0].visibility.value == "in_check"


def test_where_texts_are_public_at_once_so_is_the_change(session: Session) -> None:
    consultation = matter(session, disclosure=Disclosure.AT_ONCE)
    receipt = sent(session, consultation)
    amend(session, consultation, receipt, "Sau")
    assert read(session, consultation.id, [1])[0].visibility.value == "public"
    assert last_entry(session)["kind"] == "released"


def test_saying_the_same_again_changes_nothing(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation, comment("Như cũ"))
    assert amend(session, consultation, receipt, " Như cũ ").version == 1
    assert ledger.size(session, consultation.id) == 1


def test_after_the_end_nothing_is_changed(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation)
    amend(session, consultation, receipt, "Giây cuối", CLOSES - timedelta(microseconds=1))
    with pytest.raises(Refused, match="too_late"):
        amend(session, consultation, receipt, "Muộn", CLOSES)
    mine = submission_of(session, receipt)
    with pytest.raises(Refused, match="too_late"):
        amendment.withdraw(session, consultation, mine, [1], CLOSES, CLOSES)


def test_nobody_changes_what_another_sent(session: Session) -> None:
    consultation = matter(session)
    mine, theirs = sent(session, consultation), sent(session, consultation, word="theirs")
    with pytest.raises(NotFound):
        amendment.amend(
            session,
            consultation,
            submission_of(session, mine),
            theirs.comment_numbers[0],
            CommentInput("x"),
            LATER,
            LATER,
        )
    with pytest.raises(Invalid):
        amend(session, consultation, mine, " ")


def test_withdrawing_is_for_good_and_stays_counted(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation, comment("Một"), comment("Hai"))
    mine = submission_of(session, receipt)
    assert amendment.withdraw(session, consultation, mine, [2], LATER, LATER).numbers == [2]
    one, two = read(session, consultation.id, [1, 2])
    assert (two.outcome.value, two.visibility.value) == ("withdrawn", "withheld")
    assert one.outcome.value == "awaiting" and last_entry(session)["kind"] == "withdrawn"
    amendment.withdraw(session, consultation, mine, [2], LATER, LATER)
    assert ledger.size(session, consultation.id) == 3
    with pytest.raises(Refused, match="has_outcome"):
        amendment.amend(session, consultation, mine, 2, CommentInput("x"), LATER, LATER)


def test_what_was_answered_or_passed_on_is_not_changed(session: Session) -> None:
    consultation = matter(session)
    answered, passed = sent(session, consultation), sent(session, consultation, word="passed")
    who = officer(session, consultation)
    acts.answered(session, consultation, {1: {"response": 1, "version": 1}}, who, LATER)
    acts.pass_on(session, consultation, [2], "", who, LATER)
    with pytest.raises(Refused, match="has_outcome"):
        amend(session, consultation, answered, "Đổi ý")
    with pytest.raises(Refused, match="has_outcome"):
        amend(session, consultation, passed, "Đổi ý")
    with pytest.raises(Refused, match="has_outcome"):
        amendment.withdraw(session, consultation, submission_of(session, passed), [2], LATER, LATER)


def test_of_several_those_that_may_be_are_withdrawn_and_the_rest_is_named(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation, comment("Một"), comment("Hai"), comment("Ba"))
    mine, who = submission_of(session, receipt), officer(session, consultation)
    acts.pass_on(session, consultation, [2], "", who, LATER)
    done = amendment.withdraw(session, consultation, mine, [1, 2, 3], LATER, LATER)
    assert (done.numbers, done.left) == ([1, 3], {"has_outcome": [2]})
    outcomes = [one.outcome.value for one in read(session, consultation.id, [1, 2, 3])]
    assert outcomes == ["withdrawn", "passed_on", "withdrawn"]


def test_a_name_is_taken_back_at_any_time_and_what_was_said_stays(session: Session) -> None:
    consultation = matter(session)
    given = new(comment("Một"), comment("Hai"), sender=Sender(name="Hà Văn Tịch", publish_name=True))
    receipt = receive(session, consultation, given, MIDWAY, SIGNER, CODES)
    acts.release(session, consultation, receipt.comment_numbers, officer(session, consultation), MIDWAY)
    assert [one.sender for one in public_comments(session, consultation)] == ["Hà Văn Tịch"] * 2
    size, version = ledger.size(session, consultation.id), consultation.content_version
    for _twice in range(2):
        amendment.hide_name(session, submission_of(session, receipt), CLOSES + timedelta(days=300))
        shown = public_comments(session, consultation)
        assert [(one.sender, one.text) for one in shown] == [("", "Một"), ("", "Hai")]
        session.refresh(consultation)
        assert consultation.content_version == version + 1
    told = session.scalars(select(OutboxMessage.payload).order_by(OutboxMessage.id.desc())).first()
    assert told == {"comments": [1, 2], "change": "name_hidden"}
    assert ledger.size(session, consultation.id) == size + 1
    mine = submission_of(session, receipt)
    assert (mine.sender_name, mine.publish_name) == ("Hà Văn Tịch", True)


@pytest.mark.parametrize("way", ["withheld", "quarantined", "redacted"])
def test_what_the_desk_took_away_does_not_come_back_by_being_changed(session: Session, way: str) -> None:
    """Even where texts are public at once: it stays as two people, or one who set it apart, have decided."""
    consultation = matter(session, disclosure=Disclosure.AT_ONCE)
    receipt = sent(session, consultation)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    if way == "quarantined":
        session.execute(delete(CommentAct))
        session.commit()
        acts.quarantine(session, consultation, 1, "", one, LATER)
    else:
        shown = {"text": "Che"} if way == "redacted" else {}
        act = acts.propose(session, consultation, 1, CommentActKind(way), "insult", one, LATER, shown)
        acts.confirm(session, consultation, act.id, other, LATER)
    amend(session, consultation, receipt, "Nói lại", LATER + timedelta(hours=1))
    apart = way == "quarantined"
    assert last_entry(session)["kind"] == ("amended" if apart else "withheld")
    [told] = public_comments(session, consultation)
    assert (told.visibility.value, told.text) == ("in_check" if apart else "withheld", "")
    [one_state] = read(session, consultation.id, [1])
    assert one_state.visibility.value == ("quarantined" if apart else "withheld")
    if not apart:
        with pytest.raises(Refused, match="not_releasable_by_one"):
            acts.release(session, consultation, [1], one, LATER + timedelta(hours=2))


def test_a_text_is_changed_so_often_and_no_more(session: Session) -> None:
    consultation = matter(session)
    receipt = sent(session, consultation)
    for turn in range(2, 51):
        assert amend(session, consultation, receipt, f"Lần {turn}").version == turn
    with pytest.raises(Refused, match="too_many_versions"):
        amend(session, consultation, receipt, "Lần nữa")
    assert ledger.size(session, consultation.id) == 50
