"""Whoever may read a comment may read its parts: to split one undoes nothing that was decided of it."""

import json
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import Refused
from consult.ledger.models import LedgerEntry
from consult.policy import Actor
from consult.responses.answers import public_sums
from consult.submissions.acts import service as acts
from consult.submissions.comments import listing
from consult.submissions.comments.comment_state import read
from consult.submissions.comments.outcome import READABLE, Visibility
from consult.submissions.inputs import AttachmentInput
from consult.submissions.models import CommentAct, Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new, officer

NOW = MIDWAY + timedelta(hours=1)
PARTS = [comment("Một, phần a"), comment("Một, phần b")]
SPOKEN = AttachmentInput("a" * 64, "ghi-am.webm", "audio/webm", 9, "voice", 0, "mong")


def received(session: Session, disclosure: Disclosure) -> tuple[Consultation, Actor, Actor]:
    """A matter with two comments of one sender, and two of its desk."""
    consultation = matter(session, disclosure=disclosure)
    receive(session, consultation, new(comment("Một"), comment("Hai")), MIDWAY, SIGNER, CODES)
    return consultation, officer(session, consultation), officer(session, consultation, "Bình")


def decided(session: Session, consultation: Consultation, kind: CommentActKind, one: Actor, other: Actor) -> None:
    """Two people decide of comment 1."""
    act = acts.propose(session, consultation, 1, kind, "insult", one, NOW, {"text": "[…]", "note": "Xem lại"})
    acts.confirm(session, consultation, act.id, other, NOW)


def set_apart(session: Session, consultation: Consultation, one: Actor, other: Actor) -> None:
    """Comment 1 in quarantine."""
    acts.quarantine(session, consultation, 1, "Như tố cáo", one, NOW + timedelta(minutes=2))


def split(session: Session, consultation: Consultation, who: Actor, number: int = 1) -> list[int]:
    made = acts.split(session, consultation, number, PARTS, who, NOW + timedelta(minutes=3))
    return [part.number for part in made]


def seen(session: Session, consultation: Consultation, numbers: list[int]) -> set[Visibility]:
    return {one.visibility for one in read(session, consultation.id, numbers)}


def log(session: Session, consultation: Consultation) -> list[dict[str, Any]]:
    bodies = select(LedgerEntry.body).where(LedgerEntry.consultation_id == consultation.id)
    return [json.loads(body) for body in session.scalars(bodies.order_by(LedgerEntry.index))]


def sums_agree(session: Session, consultation: Consultation) -> None:
    """Both sums of the database are those that anybody counts in the log."""
    told, stored = Log(log(session, consultation)), public_sums.visibility(session, consultation.id)
    stored["unreleased"] = stored.pop("in_check") + stored.pop("quarantined")
    assert stored == told.visibility()
    assert public_sums.outcome(session, consultation.id) == told.outcome()


@pytest.mark.parametrize("disclosure", Disclosure)
@pytest.mark.parametrize("kind", [CommentActKind.WITHHELD, CommentActKind.REDACTED])
def test_parts_of_what_two_people_withheld_stay_withheld(
    session: Session, disclosure: Disclosure, kind: CommentActKind
) -> None:
    consultation, one, other = received(session, disclosure)
    decided(session, consultation, kind, one, other)
    parts = split(session, consultation, one)
    assert seen(session, consultation, parts) == {Visibility.WITHHELD}
    assert [entry["kind"] for entry in log(session, consultation)[-5:]] == [
        "received", "received", "withheld", "withheld", "split",
    ]  # fmt: skip
    for part in listing.public_comments(session, consultation, after=2):
        assert (part.text, part.sender, part.visibility_reason) == ("", "", "insult")
    with pytest.raises(Refused):
        acts.release(session, consultation, parts, one, NOW + timedelta(minutes=4))
    assert acts.disclose(session, consultation, parts, one, NOW + timedelta(minutes=4)) == []
    sums_agree(session, consultation)
    act = acts.propose(session, consultation, parts[0], CommentActKind.RELEASED, "", one, NOW + timedelta(minutes=5))
    with pytest.raises(Refused, match="second_person_needed"):
        acts.confirm(session, consultation, act.id, one, NOW + timedelta(minutes=5))
    acts.confirm(session, consultation, act.id, other, NOW + timedelta(minutes=5))
    assert seen(session, consultation, parts[:1]) == {Visibility.PUBLIC}
    sums_agree(session, consultation)


@pytest.mark.parametrize("disclosure", Disclosure)
def test_parts_of_what_is_set_apart_are_set_apart(session: Session, disclosure: Disclosure) -> None:
    consultation, one, other = received(session, Disclosure.ON_RELEASE)
    consultation.disclosure = disclosure
    set_apart(session, consultation, one, other)
    before = len(log(session, consultation))
    parts = split(session, consultation, one)
    assert seen(session, consultation, parts) == {Visibility.QUARANTINED}
    assert [entry["kind"] for entry in log(session, consultation)[before:]] == ["received", "received", "split"]
    assert acts.disclose(session, consultation, parts, one, NOW + timedelta(minutes=4)) == []
    sums_agree(session, consultation)


@pytest.mark.parametrize(
    ("disclosure", "parts_seen"),
    [
        (Disclosure.AT_ONCE, Visibility.PUBLIC),
        (Disclosure.ON_RELEASE, Visibility.IN_CHECK),
        (Disclosure.WITH_ANSWERS, Visibility.IN_CHECK),
    ],
)
def test_of_what_nobody_decided_anything_the_matter_decides(
    session: Session, disclosure: Disclosure, parts_seen: Visibility
) -> None:
    consultation, one, _other = received(session, disclosure)
    assert seen(session, consultation, split(session, consultation, one)) == {parts_seen}
    sums_agree(session, consultation)


def test_what_stays_withheld_as_changed_stays_so_in_its_parts_too(session: Session) -> None:
    consultation, one, other = received(session, Disclosure.AT_ONCE)
    decided(session, consultation, CommentActKind.WITHHELD, one, other)
    sent = session.scalars(select(Submission)).one()
    amendment.amend(session, consultation, sent, 1, comment("Một, khác"), NOW, NOW + timedelta(minutes=1))
    assert seen(session, consultation, [1]) == {Visibility.WITHHELD}
    assert seen(session, consultation, split(session, consultation, one)) == {Visibility.WITHHELD}
    sums_agree(session, consultation)


def test_the_parts_name_who_decided_of_the_whole(session: Session) -> None:
    consultation, one, other = received(session, Disclosure.ON_RELEASE)
    third = officer(session, consultation, "Cúc")
    decided(session, consultation, CommentActKind.WITHHELD, one, other)
    [first, _second] = split(session, consultation, third)
    [kept] = read(session, consultation.id, [first])[0].acts
    assert (kept.by_id, kept.confirmed_by_id) == (one.user_id, other.user_id)
    assert kept.details == {"as_whole": 1, "note": "Xem lại"}


def test_what_waits_for_a_second_person_is_not_split(session: Session) -> None:
    consultation, one, other = received(session, Disclosure.AT_ONCE)
    act = acts.propose(session, consultation, 1, CommentActKind.WITHHELD, "insult", one, NOW)
    with pytest.raises(Refused, match="already_proposed"):
        split(session, consultation, other)
    acts.refuse(session, consultation, act.id, other, NOW)
    split(session, consultation, other)


def test_what_was_spoken_is_not_written_down_by_splitting_it(session: Session) -> None:
    consultation = matter(session, disclosure=Disclosure.AT_ONCE)
    receive(session, consultation, new(comment(""), attachments=(SPOKEN,)), MIDWAY, SIGNER, CODES)
    with pytest.raises(Refused, match="not_transcribed"):
        split(session, consultation, officer(session, consultation))


def test_what_its_sender_left_is_not_split_since_the_parts_would_name_them(session: Session) -> None:
    consultation, one, _other = received(session, Disclosure.AT_ONCE)
    [standing] = read(session, consultation.id, [1])
    session.add(
        CommentAct(
            consultation_id=consultation.id, id=standing.version.id, comment_id=standing.comment.id,
            kind=CommentActKind.AUTHOR_LEFT, at=NOW, effective_at=NOW, reason="", details={},
        )
    )  # fmt: skip
    session.commit()
    with pytest.raises(Refused, match="sender_left"):
        split(session, consultation, one)


_places = count(100)
MOVES = st.lists(st.tuples(st.sampled_from(["release", "apart", "split", "released", "on"]), st.integers(0, 7)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["withheld", "redacted"]), disclosure=st.sampled_from(Disclosure), moves=MOVES)
def test_no_sequence_of_acts_by_one_person_makes_readable_what_two_withheld(
    session: Session, kind: str, disclosure: Disclosure, moves: list[tuple[str, int]]
) -> None:
    place = next(_places)
    consultation = matter(session, f"dot-{place}", f"{place}", disclosure=disclosure)
    receive(session, consultation, new(comment("Một"), word=f"key {place}"), MIDWAY, SIGNER, CODES)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    decided(session, consultation, CommentActKind(kind), one, other)
    numbers = [1]
    for move, chosen in moves:
        numbers += moved(session, consultation, one, move, numbers[chosen % len(numbers)])
    assert {part.text for part in listing.public_comments(session, consultation)} <= {"", "[…]"}
    assert not seen(session, consultation, numbers) & (READABLE - {Visibility(kind)})


def moved(session: Session, consultation: Consultation, who: Actor, move: str, number: int) -> list[int]:
    """Tries one act; gives the numbers of new comments."""
    at = NOW + timedelta(hours=1)
    try:
        if move == "release":
            acts.release(session, consultation, [number], who, at)
        elif move == "apart":
            acts.quarantine(session, consultation, number, "", who, at)
        elif move == "split":
            return split(session, consultation, who, number)
        elif move == "on":
            acts.disclose(session, consultation, [number], who, at)
        else:
            act = acts.propose(session, consultation, number, CommentActKind.RELEASED, "", who, at)
            acts.confirm(session, consultation, act.id, who, at)
    except Refused:
        return []
    return []
