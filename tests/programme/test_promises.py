"""What is promised: who says what of it, that another person makes it public, and that both days stay."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.people import successions
from consult.people.models import User
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme import heads, promises
from consult.programme.promise_models import Promise
from consult.programme.promised import mine
from consult.programme.words import Ending, PromiseActKind
from consult.sign_in.actors import actor_of
from tests.builders import NOW, make_organisation, make_user
from tests.programme.scene import TODAY, Parties, make_parties

LATER = TODAY + timedelta(days=60)


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties, and a commune that owes something."""
    return make_parties(session)


@pytest.fixture
def owed(parties: Parties) -> Promise:
    """A public recommendation to the commune."""
    return parties.recommended(parties.round(parties.programme()))


def kinds(session: Session) -> list[str]:
    """The kinds of what the log has, in its order."""
    return list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))


def test_an_answer_is_public_once_another_person_of_the_body_released_it(
    session: Session, parties: Parties, owed: Promise
) -> None:
    promises.say(session, owed, "answer", "Sẽ làm trong tháng này.", None, parties.of_commune, NOW)
    with pytest.raises(Refused, match="not_sender"):
        promises.release(session, owed, 1, parties.of_commune, NOW)
    promises.release(session, owed, 1, parties.head_of_commune, NOW)
    assert owed.acts[0].released_at == NOW
    assert owed.ended_on is None
    assert kinds(session)[-1] == "promise_said"


def test_nobody_releases_their_own_words(session: Session, parties: Parties, owed: Promise) -> None:
    promises.say(session, owed, "follow", "Đã đến kiểm tra.", None, parties.signer, NOW)
    with pytest.raises(Refused, match="own_words"):
        promises.release(session, owed, 1, parties.signer, NOW)
    assert owed.acts[0].released_at is None


def test_who_works_for_both_bodies_does_not_grant_what_they_asked_for(
    session: Session, parties: Parties, owed: Promise
) -> None:
    """Not even where the body that follows is so small that its writer sends."""
    seats = (*parties.of_commune.seats, *(replace(seat, writer_sends=True) for seat in parties.signer.seats))
    both = replace(parties.of_commune, seats=seats)
    promises.say(session, owed, "done", "Đã xong.", TODAY, both, NOW)
    with pytest.raises(Refused, match="own_words"):
        promises.release(session, owed, 1, both, NOW)
    assert owed.ended_on is None
    promises.say(session, owed, "follow", "Đã đến xem.", None, both, NOW)
    promises.release(session, owed, 2, both, NOW)


def test_a_later_day_holds_once_who_follows_agreed_and_both_days_stay(
    session: Session, parties: Parties, owed: Promise
) -> None:
    first = owed.due_on
    promises.say(session, owed, "move", "Mưa lũ.", LATER, parties.of_commune, NOW)
    with pytest.raises(Refused, match="not_sender"):
        promises.release(session, owed, 1, parties.head_of_commune, NOW)
    assert owed.due_on == first
    promises.release(session, owed, 1, parties.signer, NOW)
    assert (owed.first_due_on, owed.due_on, owed.acts[0].was) == (first, LATER, first)
    assert kinds(session)[-1] == "promise_moved"


def test_it_ends_once_who_follows_says_that_it_is_done(session: Session, parties: Parties, owed: Promise) -> None:
    promises.say(session, owed, "done", "Đã mua hai xe.", TODAY, parties.of_commune, NOW)
    promises.release(session, owed, 1, parties.signer, NOW)
    assert (owed.ended_on, owed.ending) == (TODAY, Ending.DONE)
    with pytest.raises(Refused, match="promise_ended"):
        promises.say(session, owed, "answer", "Thêm.", None, parties.of_commune, NOW)


def test_what_is_refused_is_sent_back_with_the_reason(session: Session, parties: Parties, owed: Promise) -> None:
    promises.say(session, owed, "done", "Đã xong.", TODAY, parties.of_commune, NOW)
    with pytest.raises(Invalid, match="required"):
        promises.refuse(session, owed, 1, " ", parties.signer, NOW)
    promises.refuse(session, owed, 1, "Chưa thấy xe.", parties.signer, NOW)
    assert (owed.ended_on, owed.acts[0].refused_reason) == (None, "Chưa thấy xe.")
    with pytest.raises(Refused, match="already_decided"):
        promises.release(session, owed, 1, parties.signer, NOW)
    promises.say(session, owed, "done", "Có biên bản.", TODAY, parties.of_commune, NOW)


def test_one_day_or_end_is_decided_at_a_time(session: Session, parties: Parties, owed: Promise) -> None:
    promises.say(session, owed, "move", "Mưa lũ.", LATER, parties.of_commune, NOW)
    with pytest.raises(Refused, match="promise_waits"):
        promises.say(session, owed, "done", "Đã xong.", TODAY, parties.of_commune, NOW)


@pytest.mark.parametrize(
    ("kind", "text", "days", "errors"),
    [
        ("", "x", None, {"kind": "required"}),
        ("party", "x", None, {"kind": "not_a_choice"}),
        ("answer", " ", None, {"text": "required"}),
        ("answer", "x" * 20_001, None, {"text": "too_long"}),
        ("move", "x", None, {"day": "required"}),
        ("move", "x", 30, {"day": "not_later"}),
        ("move", "x", 4000, {"day": "not_later"}),
        ("done", "x", None, {"day": "required"}),
        ("done", "x", 1, {"day": "in_the_future"}),
    ],
)
def test_what_is_said_needs_its_parts(
    session: Session, parties: Parties, owed: Promise, kind: str, text: str, days: int | None, errors: dict
) -> None:
    day = TODAY + timedelta(days=days) if days is not None else None
    with pytest.raises(Invalid) as wrong:
        promises.say(session, owed, kind, text, day, parties.of_commune, NOW)
    assert wrong.value.errors == errors
    assert promises.promise_of(session, owed.consultation_id, owed.number).acts == []


@pytest.mark.parametrize(("kind", "who"), [("answer", "writer"), ("follow", "of_commune"), ("answer", "officer")])
def test_each_side_says_its_own(session: Session, parties: Parties, owed: Promise, kind: str, who: str) -> None:
    actor: Actor = getattr(parties, who)
    with pytest.raises(NotFound):
        promises.say(session, owed, kind, "Lời.", None, actor, NOW)


def test_nothing_is_said_of_what_is_not_public(session: Session, parties: Parties) -> None:
    hidden = parties.recommended(parties.round(parties.programme()), public=False)
    with pytest.raises(NotFound):
        promises.say(session, hidden, PromiseActKind.ANSWER, "Lời.", None, parties.of_commune, NOW)


def test_whoever_took_over_from_a_merged_body_speaks_for_it(session: Session, parties: Parties, owed: Promise) -> None:
    heir = make_organisation(
        session, OrganisationKind.PEOPLES_COMMITTEE, level=Level.COMMUNE, name="Ủy ban nhân dân xã Bằng Thành"
    )
    writer, head = make_user(session, heir, [Role.OFFICER]), make_user(session, heir, [Role.LEADER])
    successions.merge(session, parties.commune.id, heir.id, TODAY, "Nghị quyết", NOW)
    now = NOW + timedelta(days=1)
    for user in session.scalars(select(User)):
        if user.id in (parties.of_commune.user_id, parties.head_of_commune.user_id):
            user.disabled_at = NOW
    session.flush()
    writes, signs = (actor_of(session, user, now) for user in (writer, head))
    assert promises.speaker(owed, PromiseActKind.DONE, now) == parties.commune.id
    promises.say(session, owed, "answer", "Xã mới tiếp tục.", None, writes, now)
    promises.release(session, owed, 1, signs, now)
    promises.say(session, owed, "done", "Đã làm.", TODAY, writes, now)
    promises.release(session, owed, 2, parties.signer, now)
    assert owed.ending is Ending.DONE
    assert [one.id for one in mine.owed(session, heads.bodies_of(writes), mine.Narrowed())] == []


def test_whoever_took_over_from_who_follows_it_decides(session: Session, parties: Parties, owed: Promise) -> None:
    heir = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban MTTQ Việt Nam tỉnh mới")
    writer, signer = make_user(session, heir, [Role.DRAFTER]), make_user(session, heir, [Role.SENDER])
    successions.merge(session, parties.front.id, heir.id, TODAY, "Nghị quyết", NOW)
    now = NOW + timedelta(days=1)
    writes, signs = (actor_of(session, user, now) for user in (writer, signer))
    promises.say(session, owed, "follow", "Đã kiểm tra.", None, writes, now)
    promises.release(session, owed, 1, signs, now)
    promises.say(session, owed, "move", "Mưa lũ.", LATER, parties.of_commune, now)
    promises.release(session, owed, 2, signs, now)
    assert owed.due_on == LATER and [one.id for one in mine.followed(session, heads.bodies_of(writes))] == [owed.id]
