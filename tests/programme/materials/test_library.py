"""The library: put in by one person and public by another, replaced by newer versions, counted without persons; and
orders, which are confirmed or declined and delivered."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.outbox.models import OutboxMessage
from consult.programme.materials import library, orders
from consult.programme.materials.library import MaterialFilters
from consult.programme.words import MaterialForm, OrderState
from tests.builders import NOW
from tests.programme.materials.scene import Library
from tests.programme.scene import TODAY, make_parties


@pytest.fixture
def shelf(session: Session) -> Library:
    """A public programme with its library."""
    return Library(make_parties(session))


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"title": ""}, {"title": "required"}),
        ({"form": "song", "licence": ""}, {"form": "required", "licence": "required"}),
        ({"file": None}, {"file": "required"}),
    ],
)
def test_what_a_publication_needs(shelf: Library, facts: dict, errors: dict) -> None:
    with pytest.raises(Invalid) as wrong:
        shelf.put_in(**facts)
    assert wrong.value.errors == errors


def test_another_person_of_a_party_makes_it_public(session: Session, shelf: Library) -> None:
    one = shelf.put_in(public=False)
    for actor, wrong in ((shelf.parties.writer, Refused), (shelf.parties.of_commune, NotFound)):
        with pytest.raises(wrong):
            library.release(session, one, 1, actor, NOW)
    with pytest.raises(NotFound):
        library.public_material(session, shelf.programme, one.number)
    library.release(session, one, 1, shelf.parties.leader, NOW)
    assert library.public_material(session, shelf.programme, one.number) is one


def test_a_newer_version_takes_the_place_and_the_older_stays(session: Session, shelf: Library) -> None:
    one = shelf.put_in()
    library.replace(session, one, shelf.new(title="Bản mới", note="Sửa hình"), shelf.parties.writer, NOW)
    session.flush()
    session.refresh(one)
    assert one.title == "Tờ rơi phân loại rác"
    with pytest.raises(Refused, match="material_waits"):
        library.replace(session, one, shelf.new(), shelf.parties.writer, NOW)
    library.release(session, one, 2, shelf.parties.signer, NOW)
    session.refresh(one)
    assert (one.title, one.newest is one.versions[1], one.versions[0].released_at is not None) == (
        "Bản mới",
        True,
        True,
    )


def test_taking_one_is_counted_and_nothing_else_is_kept(session: Session, shelf: Library) -> None:
    one = shelf.put_in()
    for _twice in range(2):
        library.take(session, one.versions[0])
    assert library.taken(session, [one]) == {one.id: 2}
    with pytest.raises(NotFound):
        library.take(session, shelf.put_in(public=False).versions[0])


def test_the_library_is_narrowed(session: Session, shelf: Library) -> None:
    shelf.put_in()
    film = shelf.put_in(title="Phim", form="film")
    assert library.listed(session, MaterialFilters(form=MaterialForm.FILM), 10) == [film]


def test_an_order_is_confirmed_and_delivered_and_each_side_is_told(session: Session, shelf: Library) -> None:
    parties = shelf.parties
    one = shelf.ordered(shelf.put_in())
    orders.answer(session, one, True, "Gửi xe thứ sáu.", parties.officer, NOW)
    with pytest.raises(Refused, match="order_answered"):
        orders.answer(session, one, False, "Hết", parties.officer, NOW)
    orders.deliver(session, one, TODAY, "180", "Thiếu 20 bản", parties.officer, NOW)
    assert (one.state, orders.delivered_copies(session, one.material)) == (OrderState.DELIVERED, 180)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "order_told").order_by(OutboxMessage.id))
    assert [(each.payload["what"], each.payload["organisation"]) for each in told] == [
        ("made", str(parties.department.id)),
        ("confirmed", str(parties.commune.id)),
        ("delivered", str(parties.commune.id)),
    ]


def test_to_decline_a_reason_is_needed_and_nothing_is_delivered(session: Session, shelf: Library) -> None:
    one = shelf.ordered()
    with pytest.raises(Invalid) as wrong:
        orders.answer(session, one, False, " ", shelf.parties.officer, NOW)
    assert wrong.value.errors == {"answer": "required"}
    orders.answer(session, one, False, "Không còn cán bộ.", shelf.parties.officer, NOW)
    with pytest.raises(Refused, match="order_not_confirmed"):
        orders.deliver(session, one, TODAY, "", "", shelf.parties.officer, NOW)


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"specialist": False}, {"material": "order_is_empty"}),
        ({"needed_on": TODAY - timedelta(days=1)}, {"needed_on": "not_later"}),
        ({"needed_on": None}, {"needed_on": "required"}),
    ],
)
def test_what_an_order_needs(shelf: Library, facts: dict, errors: dict) -> None:
    with pytest.raises(Invalid) as wrong:
        shelf.ordered(**facts)
    assert wrong.value.errors == errors


def test_an_order_is_read_by_both_sides_alone(session: Session, shelf: Library) -> None:
    one, parties = shelf.ordered(), shelf.parties
    for actor in (parties.of_commune, parties.leader):
        assert orders.order_of(session, shelf.programme, one.number, actor) is one
    with pytest.raises(NotFound):
        orders.order_of(session, shelf.programme, one.number, parties.signer)
    with pytest.raises(NotFound):
        orders.answer(session, one, True, "", parties.of_commune, NOW)
    assert orders.listed(session, shelf.programme, parties.signer, 10) == []
