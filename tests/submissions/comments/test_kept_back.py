"""What two people withheld stays so in every version, part and copy of it, until two people release it."""

import json
from datetime import datetime, timedelta
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
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import Channel, CommentActKind, SubmissionKind
from consult.transparency.replay import Log
from tests.builders import make_organisation
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new, officer

NOW = MIDWAY + timedelta(hours=1)
_places = count(500)


def received(session: Session, disclosure: Disclosure) -> tuple[Consultation, Actor, Actor]:
    place = next(_places)
    consultation = matter(session, f"giu-{place}", f"{place}", disclosure=disclosure)
    receive(session, consultation, new(comment("Một"), word=f"kept {place}"), MIDWAY, SIGNER, CODES)
    return consultation, officer(session, consultation), officer(session, consultation, "Bình")


def by_two(
    session: Session, matter: Consultation, number: int, kind: str, people: tuple[Actor, Actor], at: datetime
) -> None:
    reason = "" if kind == "released" else "insult"
    act = acts.propose(session, matter, number, CommentActKind(kind), reason, people[0], at, {"text": "[…]"})
    acts.confirm(session, matter, act.id, people[1], at)


def seen(session: Session, consultation: Consultation, *numbers: int) -> list[str]:
    return [one.visibility.value for one in read(session, consultation.id, numbers)]


def texts(session: Session, consultation: Consultation) -> set[str]:
    """What anybody reads."""
    return {one.text for one in listing.public_comments(session, consultation)} - {""}


def read_by_anybody(session: Session, consultation: Consultation) -> set[tuple[int, str]]:
    """The same with the numbers of the comments that say it."""
    return {(one.number, one.text) for one in listing.public_comments(session, consultation) if one.text}


def sums_agree(session: Session, consultation: Consultation) -> None:
    bodies = select(LedgerEntry.body).where(LedgerEntry.consultation_id == consultation.id).order_by(LedgerEntry.index)
    told = Log([json.loads(body) for body in session.scalars(bodies)])
    stored = public_sums.visibility(session, consultation.id)
    stored["unreleased"] = stored.pop("in_check") + stored.pop("quarantined")
    assert stored == told.visibility()


def test_a_part_is_withheld_with_its_whole_and_the_whole_with_its_part(session: Session) -> None:
    for first in (True, False):
        consultation, one, other = received(session, Disclosure.AT_ONCE)
        parts = acts.split(session, consultation, 1, [comment("Một, a"), comment("Một, b")], one, NOW)
        assert seen(session, consultation, 1, 2, 3) == ["public"] * 3
        by_two(session, consultation, 1 if first else parts[0].number, "withheld", (one, other), NOW)
        assert seen(session, consultation, 1, 2) == ["withheld"] * 2
        assert seen(session, consultation, 3) == ["withheld" if first else "public"]
        sums_agree(session, consultation)


def test_an_earlier_wording_does_not_come_back(session: Session) -> None:
    consultation, *people = received(session, Disclosure.AT_ONCE)
    sent = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    by_two(session, consultation, 1, "withheld", (people[0], people[1]), NOW)
    amendment.amend(session, consultation, sent, 1, comment("Lời khác"), NOW, NOW + timedelta(minutes=1))
    assert seen(session, consultation, 1) == ["withheld"]
    by_two(session, consultation, 1, "released", (people[0], people[1]), NOW + timedelta(minutes=2))
    assert texts(session, consultation) == {"Lời khác"}
    amendment.amend(session, consultation, sent, 1, comment("  mỘt "), NOW, NOW + timedelta(minutes=3))
    assert seen(session, consultation, 1) == ["withheld"] and texts(session, consultation) == set()
    sums_agree(session, consultation)


def test_other_words_after_a_withheld_wording_are_looked_at_first(session: Session) -> None:
    """What came between was released by two people; what comes now is not public by itself, as another's would be."""
    consultation, *people = received(session, Disclosure.AT_ONCE)
    sent = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    by_two(session, consultation, 1, "withheld", (people[0], people[1]), NOW)
    amendment.amend(session, consultation, sent, 1, comment("Lời khác"), NOW, NOW + timedelta(minutes=1))
    by_two(session, consultation, 1, "released", (people[0], people[1]), NOW + timedelta(minutes=2))
    assert texts(session, consultation) == {"Lời khác"}
    amendment.amend(session, consultation, sent, 1, comment("Lời khác nữa"), NOW, NOW + timedelta(minutes=3))
    assert seen(session, consultation, 1) == ["in_check"] and texts(session, consultation) == set()


@pytest.mark.parametrize("again", ["letter", "paper"])
def test_a_letter_that_is_entered_again_stays_withheld(session: Session, again: str) -> None:
    consultation, one, other = received(session, Disclosure.AT_ONCE)
    sender = Sender(organisation_id=make_organisation(session).id) if again == "letter" else Sender(name="Bà Tư")
    given: dict[str, Any] = {"sender": sender}
    if again == "letter":
        given |= {"kind": SubmissionKind.FORMAL, "letter": Letter("12/HND")}
    else:
        given |= {"channel": Channel.POST, "consent_version": "", "recorded_by_id": one.user_id}
    numbers = []
    for word in ("first", "again"):
        entered = new(comment("Lời xúc phạm"), word=f"{again} {word} {consultation.id}", **given)
        numbers += receive(session, consultation, entered, MIDWAY, SIGNER, CODES).comment_numbers
        if word == "first":
            by_two(session, consultation, numbers[0], "withheld", (one, other), NOW)
    assert seen(session, consultation, *numbers) == ["withheld"] * 2
    with pytest.raises(Refused, match="not_releasable_by_one"):
        acts.release(session, consultation, numbers[1:], one, NOW)
    sums_agree(session, consultation)


def test_the_very_words_of_a_stranger_are_looked_at_first(session: Session) -> None:
    consultation, one, other = received(session, Disclosure.AT_ONCE)
    by_two(session, consultation, 1, "withheld", (one, other), NOW)
    place = next(_places)
    receive(session, consultation, new(comment("Một"), word=f"stranger {place}"), MIDWAY, SIGNER, CODES)
    receive(session, consultation, new(comment("Hai"), word=f"other {place}"), MIDWAY, SIGNER, CODES)
    assert seen(session, consultation, 2, 3) == ["in_check", "public"]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ["release", "apart", "split", "amend", "back", "disclose", "alone", "withheld", "redacted", "both"]
        ),
        st.integers(0, 50),
    ),
    max_size=9,
)


@given(disclosure=st.sampled_from(list(Disclosure)), moves=MOVES)
@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_nothing_withheld_by_two_is_public_unless_two_released_it(
    session: Session, disclosure: Disclosure, moves: list[tuple[str, int]]
) -> None:
    """A version, or what was split, is kept back when it, or what it came of, or the same words elsewhere are."""
    consultation, one, other = received(session, disclosure)
    story = Story(session, consultation, (one, other))
    for turn, (move, chosen) in enumerate(moves, 1):
        story.go(move, chosen, NOW + timedelta(minutes=turn))
        assert not read_by_anybody(session, consultation) & story.kept, (move, story.kept)
    sums_agree(session, consultation)


class Story:
    """What was decided of which words, kept apart from what the site makes of it."""

    def __init__(self, session: Session, consultation: Consultation, people: tuple[Actor, Actor]) -> None:
        self.session, self.matter, self.people = session, consultation, people
        self.sent = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
        self.numbers, self.kept = [1], set[tuple[int, str]]()

    def go(self, move: str, chosen: int, at: datetime) -> None:
        number = self.numbers[chosen % len(self.numbers)]
        before = read(self.session, self.matter.id, [number])[0]
        said = before.version.text
        try:
            self._do(move, number, said, at)
        except Refused:
            return
        if move in {"withheld", "redacted"}:
            self.kept.add((number, said))
        elif move == "both":
            self.kept.discard((number, said))

    def _do(self, move: str, number: int, said: str, at: datetime) -> None:
        session, matter, (one, other) = self.session, self.matter, self.people
        if move == "release":
            acts.release(session, matter, [number], one, at)
        elif move == "apart":
            acts.quarantine(session, matter, number, "", one, at)
        elif move == "split":
            said_of = [f"{said}, {letter}" for letter in "ab"]
            parts = acts.split(session, matter, number, [comment(text) for text in said_of], one, at)
            self.numbers += [part.number for part in parts]
            if (number, said) in self.kept:
                self.kept |= {(part.number, text) for part, text in zip(parts, said_of, strict=True)}
        elif move in {"amend", "back"}:
            text = f"{said}, khác" if move == "amend" else "Một"
            amendment.amend(session, matter, self.sent, number, comment(text), MIDWAY, at)
            if (number, said) in self.kept or text in {words for _number, words in self.kept}:
                self.kept.add((number, text))
        elif move == "disclose":
            acts.disclose(session, matter, [number], one, at)
        elif move == "alone":
            by_two(session, matter, number, "released", (one, one), at)
        else:
            by_two(session, matter, number, "released" if move == "both" else move, (one, other), at)
