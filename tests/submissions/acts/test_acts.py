"""What the desk does with comments: what it may, two people where it must be two, and each public act in the log."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import Invalid, NoneTaken, NotFound, Refused, Taken
from consult.ledger.commitment import opens
from consult.ledger.models import LedgerEntry
from consult.people.words import Role
from consult.policy import ANYBODY
from consult.submissions.acts import service as acts
from consult.submissions.comments.comment_state import read
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import CommentInput
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.receiving.commitments import redacted_value
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new, officer

NOW = MIDWAY + timedelta(hours=1)


def received(session: Session, **facts: Any) -> Consultation:
    """A matter with three comments of one sender."""
    consultation = matter(session, **facts)
    receive(session, consultation, new(comment("Một"), comment("Hai"), comment("Ba", "")), MIDWAY, SIGNER, CODES)
    return consultation


def seen(session: Session, consultation: Consultation) -> list[str]:
    return [one.visibility.value for one in read(session, consultation.id, [1, 2, 3])]


def log(session: Session) -> list[dict[str, Any]]:
    return [json.loads(body) for body in session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index))]


def test_many_are_released_at_once_and_logged(session: Session) -> None:
    consultation = received(session)
    version = consultation.content_version
    assert acts.release(session, consultation, [3, 1], officer(session, consultation), NOW).numbers == [1, 3]
    assert seen(session, consultation) == ["public", "in_check", "public"]
    assert [(entry["kind"], entry["comment"]) for entry in log(session)[3:]] == [("released", 1), ("released", 3)]
    assert consultation.content_version == version + 1


def test_releasing_takes_those_that_may_be_and_names_the_others(session: Session) -> None:
    consultation = received(session)
    who, second = officer(session, consultation), officer(session, consultation)
    acts.release(session, consultation, [2], who, NOW)
    act = acts.propose(session, consultation, 3, CommentActKind.WITHHELD, "insult", who, NOW)
    acts.confirm(session, consultation, act.id, second, NOW)
    with pytest.raises(NotFound):
        acts.release(session, consultation, [1, 9], who, NOW)
    assert seen(session, consultation) == ["in_check", "public", "withheld"]
    left = {"not_releasable": [2], "not_releasable_by_one": [3]}
    assert acts.release(session, consultation, [1, 2, 3], who, NOW) == Taken([1], left)
    assert seen(session, consultation) == ["public", "public", "withheld"]
    with pytest.raises(NoneTaken) as refused:
        acts.release(session, consultation, [2, 3], who, NOW)
    assert (refused.value.reason, refused.value.details) == ("not_releasable", {"numbers": "2"})
    assert refused.value.left == left


def test_texts_shown_with_answers_are_not_released_before(session: Session) -> None:
    consultation = received(session, disclosure=Disclosure.WITH_ANSWERS)
    who = officer(session, consultation)
    with pytest.raises(Refused, match="disclosed_with_answers"):
        acts.release(session, consultation, [1], who, NOW)
    assert acts.disclose(session, consultation, [1, 2], who, NOW) == [1, 2]
    assert seen(session, consultation) == ["public", "public", "in_check"]


def test_nobody_of_another_house_may(session: Session) -> None:
    consultation, other = received(session), matter(session, "khac", "013")
    with pytest.raises(NotFound):
        acts.release(session, consultation, [1], officer(session, other), NOW)
    with pytest.raises(Refused, match="sign_in_needed"):
        acts.pass_on(session, consultation, [1], "", ANYBODY, NOW)


@pytest.mark.parametrize(
    ("kind", "reason", "visibility", "outcome"),
    [
        (CommentActKind.WITHHELD, "insult", Visibility.WITHHELD, Outcome.AWAITING),
        (CommentActKind.INVALID, "off_topic", Visibility.IN_CHECK, Outcome.INVALID),
        (CommentActKind.REDACTED, "personal_data", Visibility.REDACTED, Outcome.AWAITING),
    ],
)
def test_two_people_decide(
    session: Session, kind: CommentActKind, reason: str, visibility: Visibility, outcome: Outcome
) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình", Role.LEADER)
    act = acts.propose(session, consultation, 1, kind, reason, one, NOW, {"text": "[đã che] một"})
    assert seen(session, consultation)[0] == "in_check" and len(log(session)) == 3
    with pytest.raises(Refused, match="second_person_needed"):
        acts.confirm(session, consultation, act.id, one, NOW)
    acts.confirm(session, consultation, act.id, other, NOW)
    standing = read(session, consultation.id, [1])[0]
    assert (standing.visibility, standing.outcome) == (visibility, outcome)
    assert (act.by_id, act.confirmed_by_id) == (one.user_id, other.user_id)
    assert (log(session)[3]["kind"], log(session)[3]["reason"]) == (kind.value, reason)
    with pytest.raises(Refused, match="already_decided"):
        acts.confirm(session, consultation, act.id, other, NOW)


def test_a_redacted_text_stands_beside_the_original(session: Session) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    act = acts.propose(
        session, consultation, 1, CommentActKind.REDACTED, "insult", one, NOW, {"text": "Che", "stance": "oppose"}
    )
    acts.confirm(session, consultation, act.id, other, NOW)
    kept = session.scalars(select(Comment).where(Comment.number == 1)).one()
    assert kept.versions[0].text == "Một"
    value, salt = redacted_value(kept, act.details), bytes.fromhex(act.details["salt"])
    assert opens(log(session)[3]["text"], "redacted", value, salt) and value["text"] == "Che"


def test_a_refused_proposal_never_counts(session: Session) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    act = acts.propose(session, consultation, 1, CommentActKind.WITHHELD, "insult", one, NOW)
    with pytest.raises(Refused, match="already_proposed"):
        acts.propose(session, consultation, 1, CommentActKind.INVALID, "trial", other, NOW)
    acts.refuse(session, consultation, act.id, other, NOW)
    with pytest.raises(Refused, match="already_decided"):
        acts.confirm(session, consultation, act.id, other, NOW)
    assert seen(session, consultation)[0] == "in_check" and act.details["refused_by"] == str(other.user_id)


@pytest.mark.parametrize(
    ("kind", "reason", "details", "error"),
    [
        (CommentActKind.WITHHELD, "", {}, {"reason": "choose_one"}),
        (CommentActKind.WITHHELD, "off_topic", {}, {"reason": "not_a_choice"}),
        (CommentActKind.WITHHELD, "withdrawn", {}, {"reason": "not_a_choice"}),
        (CommentActKind.REDACTED, "insult", {"text": " "}, {"text": "required"}),
    ],
)
def test_a_proposal_needs_its_reason(
    session: Session, kind: CommentActKind, reason: str, details: dict[str, Any], error: dict[str, str]
) -> None:
    consultation = received(session)
    with pytest.raises(Invalid) as told:
        acts.propose(session, consultation, 1, kind, reason, officer(session, consultation), NOW, details)
    assert told.value.errors == error


def test_what_two_withheld_two_release(session: Session) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    hide = acts.propose(session, consultation, 1, CommentActKind.WITHHELD, "insult", one, NOW)
    acts.confirm(session, consultation, hide.id, other, NOW)
    with pytest.raises(Refused, match="not_releasable"):
        acts.release(session, consultation, [1], one, NOW)
    show = acts.propose(session, consultation, 1, CommentActKind.RELEASED, "", one, NOW)
    acts.confirm(session, consultation, show.id, other, NOW)
    assert seen(session, consultation)[0] == "public"


def test_quarantine_leaves_no_trace_in_the_log(session: Session) -> None:
    consultation = received(session)
    who = officer(session, consultation)
    acts.quarantine(session, consultation, 1, "Có nội dung tố cáo", who, NOW)
    assert seen(session, consultation)[0] == "quarantined" and len(log(session)) == 3
    acts.release(session, consultation, [1, 2], who, NOW)
    with pytest.raises(Refused, match="not_in_check"):
        acts.quarantine(session, consultation, 2, "", who, NOW)


def test_passing_on_tells_a_bare_number(session: Session) -> None:
    consultation = received(session)
    who = officer(session, consultation)
    acts.release(session, consultation, [3], who, NOW)
    done = acts.pass_on(session, consultation, [1, 2, 3], "Chuyển thanh tra", who, NOW)
    assert done == Taken([1, 2], {"is_public": [3]})
    assert set(log(session)[-1]) == {"v", "index", "kind", "at", "count"} and log(session)[-1]["count"] == 2
    assert session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "passed_on")).one().comment_number is None
    later: list[Callable[[], object]] = [
        lambda: acts.pass_on(session, consultation, [1], "", who, NOW),
        lambda: acts.propose(session, consultation, 1, CommentActKind.INVALID, "trial", who, NOW),
        lambda: acts.split(session, consultation, 1, [comment("a"), comment("b")], who, NOW),
    ]
    for act in later:
        with pytest.raises(Refused, match="has_outcome"):
            act()


def test_an_answered_comment_is_not_passed_on(session: Session) -> None:
    consultation = received(session)
    who = officer(session, consultation)
    acts.answered(session, consultation, {1: {"response": 1, "version": 1}}, who, NOW)
    with pytest.raises(Refused, match="has_outcome"):
        acts.pass_on(session, consultation, [1], "", officer(session, consultation), NOW)


def test_splitting_receives_the_parts_and_keeps_the_whole(session: Session) -> None:
    consultation = received(session)
    who = officer(session, consultation)
    made = acts.split(session, consultation, 1, [comment("Phần một", "d12a.k3"), comment("Phần hai")], who, NOW)
    assert [(part.number, part.position, part.path) for part in made] == [(4, 4, "d12a.k3"), (5, 5, "d1.k1")]
    whole = read(session, consultation.id, [1])[0]
    assert whole.outcome is Outcome.SPLIT and {part.split_from_id for part in made} == {whole.comment.id}
    first, second, last = log(session)[3:]
    assert (first["part_of"], second["part_of"], last["into"]) == (1, 1, [4, 5])
    original = log(session)[0]
    assert first["commitments"]["identity"] == original["commitments"]["identity"]
    assert first["day"] == original["day"] and first["submission"] == original["submission"]
    with pytest.raises(Invalid) as told:
        acts.split(session, consultation, 2, [comment("Một mình")], who, NOW)
    assert told.value.errors == {"comments": "too_few"}


def test_acts_keep_their_order_on_a_clock_that_stands(session: Session) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    acts.release(session, consultation, [1], one, MIDWAY)
    hide = acts.propose(session, consultation, 1, CommentActKind.WITHHELD, "insult", one, MIDWAY)
    acts.confirm(session, consultation, hide.id, other, MIDWAY)
    assert seen(session, consultation)[0] == "withheld"
    assert len(session.scalars(select(CommentAct)).all()) == 2


def test_what_was_changed_since_it_was_proposed_is_proposed_anew(session: Session) -> None:
    consultation = received(session)
    one, two = officer(session, consultation), officer(session, consultation, "Bình", Role.LEADER)
    act = acts.propose(session, consultation, 1, CommentActKind.WITHHELD, "insult", one, NOW)
    sent = session.scalars(select(Submission)).one()
    amendment.amend(session, consultation, sent, 1, CommentInput("Lời khác hẳn."), NOW, NOW + timedelta(minutes=1))
    with pytest.raises(Refused, match="changed_since"):
        acts.confirm(session, consultation, act.id, two, NOW + timedelta(minutes=2))
    assert seen(session, consultation)[0] == "in_check"


def test_what_became_of_a_comment_meanwhile_is_asked_again_when_it_is_confirmed(session: Session) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    submission = session.scalars(select(Submission)).one()
    act = acts.propose(session, consultation, 1, CommentActKind.INVALID, "trial", one, NOW)
    amendment.withdraw(session, consultation, submission, [1], NOW, NOW)
    with pytest.raises(Refused, match="has_outcome"):
        acts.confirm(session, consultation, act.id, other, NOW)
    assert [entry["kind"] for entry in log(session)][-1] == "withdrawn"


def test_nobody_proposes_what_already_is(session: Session) -> None:
    consultation = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    acts.release(session, consultation, [1], one, NOW)
    hide = acts.propose(session, consultation, 2, CommentActKind.WITHHELD, "insult", one, NOW)
    acts.confirm(session, consultation, hide.id, other, NOW)
    for number, kind, reason in ((1, CommentActKind.RELEASED, ""), (2, CommentActKind.WITHHELD, "insult")):
        with pytest.raises(Refused, match="nothing_to_change"):
            acts.propose(session, consultation, number, kind, reason, one, NOW)
