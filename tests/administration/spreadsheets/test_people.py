"""People come from a spreadsheet with their seats; roles of the desk wait, and invitations go out afterwards, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.models import RoleProposal, UploadKind
from consult.administration.spreadsheets import service
from consult.errors import Refused
from consult.outbox.models import OutboxMessage
from consult.people.models import Membership, User
from consult.people.words import Role
from consult.policy import Actor
from tests.administration.spreadsheets.sheets import planned, written, wrong
from tests.builders import NOW, make_organisation, make_unit, make_user

PEOPLE = UploadKind.PEOPLE
SENDER = "Người ký, gửi văn bản"


@pytest.fixture(autouse=True)
def unions(session: Session) -> None:
    """Two bodies, one with a unit."""
    make_unit(session, make_organisation(session, name="Hội Phụ nữ"), name="Ban Tổ chức")
    make_organisation(session, name="Hội Nông dân")


def row(name: str, mail: str, body: str = "", role: str = "", **more: str) -> dict[str, str]:
    """A seat, or only an account."""
    return {"person": name, "person_mail": mail, "body": body, "role": role, **more}


def invited(session: Session) -> int:
    """How many invitations are on their way."""
    sent = select(OutboxMessage).where(OutboxMessage.event == "account_invited")
    return len(session.scalars(sent).all())


def test_one_person_sits_in_several_bodies_and_is_invited_once_afterwards(session: Session, one: Actor) -> None:
    rows = [
        row("Ma Thị Hoa", "Hoa@example.vn", "Hội Phụ nữ", "sender", unit="Ban Tổ chức"),
        row("Ma Thị Hoa", "hoa@example.vn", "Hội Nông dân", "drafter", last_day="31/12/2026"),
        row("Lý Văn An", "an@example.vn"),
    ]
    done = written(session, PEOPLE, one, *rows)
    seats = session.scalars(select(Membership).join(Membership.user).where(User.mail == "hoa@example.vn")).all()
    assert {(seat.organisation.name, seat.role) for seat in seats} == {
        ("Hội Phụ nữ", Role.SENDER), ("Hội Nông dân", Role.DRAFTER),
    }  # fmt: skip
    assert len(done.written["accounts"]) == 2 and invited(session) == 0
    assert service.invite(session, done.id, one, NOW) == 2 == invited(session)
    with pytest.raises(Refused) as refused:
        service.invite(session, done.id, one, NOW)
    assert refused.value.reason == "invited_already" and invited(session) == 2
    assert planned(session, PEOPLE, one, *rows).counts["known"] == 3


def test_roles_of_the_desk_wait_for_a_second_administrator(session: Session, one: Actor) -> None:
    rows = [row("Ma Thị Hoa", "hoa@example.vn", "Hội Phụ nữ", role) for role in ("officer", "administrator")]
    written(session, PEOPLE, one, *rows)
    assert len(session.scalars(select(RoleProposal)).all()) == 2
    user = session.scalars(select(User).where(User.mail == "hoa@example.vn")).one()
    assert user.memberships == []
    assert planned(session, PEOPLE, one, *rows).counts["known"] == 2


def test_what_is_wrong_with_people_is_named(session: Session, one: Actor) -> None:
    closed = make_user(session, name="Đã Đóng", mail="dong@example.vn")
    closed.disabled_at = NOW - timedelta(days=1)
    make_user(session, name="Tên Khác", mail="khac@example.vn")
    own = session.get_one(User, one.user_id)
    session.commit()
    plan = planned(
        session, PEOPLE, one, row("A", "không phải thư"), row("B", "khac@example.vn"), row("Đã Đóng", closed.mail),
        row(own.name, own.mail, "Hội Phụ nữ", "officer"), row("C", "c@example.vn", "Hội Phụ nữ"),
        row("D", "c@example.vn"), row("E", "e@example.vn", "Hội Phụ nữ", "sender", unit="Ban Khác"),
        row("F", "f@example.vn", "Hội Phụ nữ", "sender", last_day="1/1/2026"),
    )  # fmt: skip
    assert wrong(plan) == [
        ("B2", "not_a_mail_blank"), ("A3", "other_name_there"), ("B4", "account_closed_there"), ("B5", "own_row"),
        ("F6", "required"), ("A7", "other_name_there"), ("E8", "unit_unknown"), ("H9", "before_it_began"),
    ]  # fmt: skip
