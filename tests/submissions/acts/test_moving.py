"""A comment that was attached to a wrong place stands at another one: what was sent stays, every sum follows."""

import json
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.errors import Invalid, NoneTaken, NotFound, Refused
from consult.ledger.commitment import move_hash
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Actor
from consult.responses.answers import public_sums
from consult.responses.statistics.stances import stances
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.comments import listing, places
from consult.submissions.inputs import AnchorInput, CommentInput
from consult.submissions.models import Comment, CommentAct
from consult.submissions.place_models import CommentPlace
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind, MovedFrom, Stance
from consult.transparency.replay import Log
from tests.submissions.rows import CODES, MIDWAY, SIGNER, matter, new, officer

NOW = MIDWAY + timedelta(hours=1)
WHY = "Ý kiến nói về mức hỗ trợ ở khoản 3 Điều 12a."
FIRST, OTHER = AnchorInput(path="d1.k1"), AnchorInput(path="d12a.k3")
PAGE = AnchorInput(2, page=7)
SERIAL = count(300)
TARGETS = [None, AnchorInput(), FIRST, OTHER, AnchorInput(path="d1"), AnchorInput(2), PAGE]


def comment(text: str, anchor: AnchorInput | None = None, **given: Any) -> CommentInput:
    return CommentInput(text, anchor, **given)


def received(session: Session, *comments: CommentInput, **facts: Any) -> tuple[Consultation, Actor]:
    """A matter with these comments of one sender (by default one on the draft as a whole, one on a clause)."""
    consultation = matter(session, **{"disclosure": Disclosure.AT_ONCE, **facts})
    sent = comments or (comment("Một", anchor=AnchorInput()), comment("Hai", anchor=FIRST))
    receive(session, consultation, new(*sent), MIDWAY, SIGNER, CODES)
    return consultation, officer(session, consultation)


def move(session: Session, consultation: Consultation, who: Actor, to: AnchorInput | None, *numbers: int) -> Any:
    return moving.move(session, consultation, numbers or (1,), to, WHY, who, NOW)


def one(session: Session, consultation: Consultation, number: int = 1) -> Comment:
    own = Comment.consultation_id == consultation.id, Comment.number == number
    return session.scalars(select(Comment).where(*own)).one()


def log(session: Session, consultation: Consultation) -> list[dict[str, Any]]:
    bodies = select(LedgerEntry.body).where(LedgerEntry.consultation_id == consultation.id)
    return [json.loads(body) for body in session.scalars(bodies.order_by(LedgerEntry.index))]


def revision(session: Session, consultation: Consultation) -> Revision:
    rows = select(Revision).where(Revision.consultation_id == consultation.id)
    return next(row for row in session.scalars(rows) if row.document.number == 1)


def counted(session: Session, consultation: Consultation) -> dict[str, int]:
    return listing.counts_by_path(session, consultation, revision(session, consultation))


def test_it_stands_at_the_new_place_and_the_old_one_is_kept(session: Session) -> None:
    consultation, who = received(session)
    assert list(move(session, consultation, who, OTHER).numbers) == [1]
    stands = one(session, consultation)
    assert (stands.path, stands.moved_from) == ("d12a.k3", MovedFrom.ELSEWHERE)
    first, second = places.steps_of(session, consultation.id, [stands.id])[stands.id]
    assert (first.version, first.document, first.path, first.chosen, first.at) == (1, 1, "", "sender", None)
    assert (second.version, second.path, second.reason, second.by_id) == (2, "d12a.k3", WHY, who.user_id)


def test_lists_and_counts_by_clause_follow(session: Session) -> None:
    consultation, who = received(session)
    assert counted(session, consultation) == {"d1.k1": 1}
    move(session, consultation, who, OTHER, 1, 2)
    assert counted(session, consultation) == {"d12a.k3": 2}
    there = listing.public_comments(session, consultation, listing.Filter(path="d12a.k3", revision=1))
    assert [shown.number for shown in there] == [1, 2]
    assert not listing.public_comments(session, consultation, listing.Filter(path="d1", revision=1))


def test_positions_on_a_clause_follow(session: Session) -> None:
    consultation, who = received(session, *(comment("Không", FIRST, stance=Stance.OPPOSE) for _ in range(5)))
    move(session, consultation, who, OTHER, *range(1, 6))
    assert [one.place.path for one in stances(session, consultation.id).clauses] == ["d12a.k3"]


def test_its_own_words_do_not_change(session: Session) -> None:
    consultation, who = received(session, comment("Một", anchor=AnchorInput(path="d1.k1", quote="tại nguồn")))
    before = listing.public_comment(session, consultation, 1)
    move(session, consultation, who, OTHER)
    after = listing.public_comment(session, consultation, 1)
    assert before and after
    assert (after.text, after.quote, after.version, after.text_salt) == (
        before.text, before.quote, before.version, before.text_salt
    )  # fmt: skip
    # What was marked is not in the clause at which it stands.
    assert (before.quoted_here, after.quoted_here) == ("tại nguồn", "")


def test_the_log_has_the_move_beside_what_was_received(session: Session) -> None:
    consultation, who = received(session)
    move(session, consultation, who, OTHER)
    received_entry, moved = (
        next(entry for entry in log(session, consultation) if (entry["kind"], entry.get("comment")) == (kind, 1))
        for kind in ("received", "moved")
    )
    assert received_entry["anchor"]["path"] is None
    assert moved["anchor"] == {"document": 1, "revision": 1, "path": "d12a.k3", "page": None, "quote": False}
    assert (moved["place"], moved["hash"]) == (2, move_hash(1, 2, WHY))


def test_the_ring_and_the_page_cache_are_told(session: Session) -> None:
    consultation, who = received(session)
    before = consultation.content_version
    move(session, consultation, who, OTHER)
    told = select(OutboxMessage).where(OutboxMessage.event == "comment_changed").order_by(OutboxMessage.id)
    event = session.scalars(told).all()[-1]
    assert event.payload == {"comments": [1], "change": "moved"}
    assert consultation.content_version > before


def test_it_can_be_moved_again_and_back(session: Session) -> None:
    consultation, who = received(session, comment("Một", anchor=AnchorInput(path="d1.k1", quote="tại nguồn")))
    move(session, consultation, who, OTHER)
    move(session, consultation, who, None)
    assert (one(session, consultation).document_id, one(session, consultation).moved_from) == (None, MovedFrom.CLAUSE)
    move(session, consultation, who, FIRST)
    stands = one(session, consultation)
    assert (stands.path, stands.moved_from) == ("d1.k1", None)
    steps = places.steps_of(session, consultation.id, [stands.id])[stands.id]
    assert [step.path for step in steps] == ["d1.k1", "d12a.k3", "", "d1.k1"]
    last = [entry for entry in log(session, consultation) if entry["kind"] == "moved"][-1]
    assert (last["place"], last["anchor"]["quote"]) == (4, True)


def test_a_page_is_a_place_too(session: Session) -> None:
    consultation, who = received(session)
    move(session, consultation, who, PAGE)
    stands = one(session, consultation)
    assert stands.page_id is not None and (stands.path, stands.provision_id) == ("", None)


def test_who_typed_a_place_is_told_apart_from_who_sent_it(session: Session) -> None:
    consultation, who = received(session)
    acts.split(session, consultation, 1, [comment("a", anchor=FIRST), comment("b", anchor=FIRST)], who, NOW)
    move(session, consultation, who, OTHER, 3)
    part = one(session, consultation, 3)
    assert places.steps_of(session, consultation.id, [part.id])[part.id][0].chosen == "split"
    assert one(session, consultation, 4).path == "d1.k1"


def test_many_are_moved_and_the_rest_is_named(session: Session) -> None:
    consultation, who = received(session, comment("Một"), comment("Hai", anchor=OTHER), comment("Ba"))
    act = acts.propose(session, consultation, 3, CommentActKind.INVALID, "off_topic", who, NOW, {"note": "x"})
    acts.confirm(session, consultation, act.id, officer(session, consultation, "Bình"), NOW)
    taken = move(session, consultation, who, OTHER, 1, 2, 3)
    assert list(taken.numbers) == [1]
    assert taken.left == {"stands_there": [2], "has_outcome": [3]}


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (AnchorInput(), "stands_there"),
        (AnchorInput(path="d99"), "no_such_place"),
        (AnchorInput(revision=2, path="d1"), "other_draft"),
        (AnchorInput(7), "other_draft"),
        (AnchorInput(2, page=9), "no_such_place"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(session: Session, to: AnchorInput, code: str) -> None:
    consultation, who = received(session)
    before = log(session, consultation)
    with pytest.raises(NoneTaken, match=code):
        move(session, consultation, who, to)
    assert not session.scalars(select(CommentPlace)).all() and log(session, consultation) == before
    assert not session.scalars(select(CommentAct).where(CommentAct.kind == CommentActKind.MOVED)).all()


@pytest.mark.parametrize(("why", "code"), [("", "required"), (" \n", "required"), ("x" * 1_001, "too_long")])
def test_a_reason_is_required(session: Session, why: str, code: str) -> None:
    consultation, who = received(session)
    with pytest.raises(Invalid) as wrong:
        moving.move(session, consultation, [1], OTHER, why, who, NOW)
    assert wrong.value.errors == {"reason": code}


def test_only_who_triages_moves(session: Session) -> None:
    consultation, _who = received(session)
    other = officer(session, consultation, "Xem", Role.SENDER)
    with pytest.raises((Refused, NotFound)):
        move(session, consultation, other, OTHER)


def test_what_is_set_apart_stays_where_it_is(session: Session) -> None:
    consultation, who = received(session, disclosure=Disclosure.ON_RELEASE)
    acts.quarantine(session, consultation, 1, "Như tố cáo", who, NOW)
    with pytest.raises(NoneTaken, match="set_apart_not_moved"):
        move(session, consultation, who, OTHER)


def test_a_wording_for_a_clause_is_none_for_another(session: Session) -> None:
    consultation, who = received(session)
    move(session, consultation, who, OTHER, 1, 2)
    fits = [places.is_worded_here(one(session, consultation, number).moved_from) for number in (1, 2)]
    assert fits == [True, False]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(TARGETS)), max_size=6))
def test_each_comment_is_counted_at_exactly_one_place(
    session: Session, moves: list[tuple[int, AnchorInput | None]]
) -> None:
    serial = next(SERIAL)
    consultation = matter(session, f"thu-{serial}", f"{serial:03}", disclosure=Disclosure.AT_ONCE)
    receive(session, consultation, new(comment("a"), comment("b", anchor=FIRST), comment("c", anchor=PAGE)), MIDWAY,
            SIGNER, CODES)  # fmt: skip
    who = officer(session, consultation)
    sums = public_sums.outcome(session, consultation.id), public_sums.visibility(session, consultation.id)
    for number, to in moves:
        try:
            move(session, consultation, who, to, number)
        except NoneTaken as same:
            assert same.reason == "stands_there"
    assert (public_sums.outcome(session, consultation.id), public_sums.visibility(session, consultation.id)) == sums
    assert Log(log(session, consultation)).outcome() == sums[0]
    found = [listing.public_comments(session, consultation, listing.Filter(path=path, revision=1)) for path in
             ("d1", "d12a")]  # fmt: skip
    rows = session.scalars(select(Comment).where(Comment.consultation_id == consultation.id)).all()
    placed = [row for row in rows if row.path]
    assert sorted(shown.number for some in found for shown in some) == sorted(row.number for row in placed)
    assert sum(counted(session, consultation).values()) == len(placed)
