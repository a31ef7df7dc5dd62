"""One account from two places at the same moment: what is for one use is used once."""

from datetime import timedelta
from functools import partial

import pyotp
import pytest
from sqlalchemy.orm import Session

from consult.db import Database, new_id
from consult.people.models import User
from consult.session_secret import Secrets
from consult.sign_in import invitations, second_factor, service, sessions
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from tests.builders import NOW, make_user
from tests.races import at_once
from tests.signing_in import HASHED, PASSWORD

KEY = Secrets("one key of thirty-two characters or more")
VAULT = SecretBox([b"one key of thirty-two characters"])
NEW = ("một câu hoàn toàn khác", "một câu nữa cũng khác")


@pytest.fixture
def person(database: Database) -> User:
    """Somebody with a password."""
    with database.session() as session:
        return make_user(session, password_hash=HASHED)


@pytest.fixture
def telephone(database: Database, person: User) -> pyotp.TOTP:
    """Their telephone."""
    totp = pyotp.TOTP(second_factor.new_secret())
    with database.session() as session:
        user = session.get_one(User, person.id)
        user.totp_secret, user.totp_last_step = VAULT.seal(user.id, totp.secret), 0
        session.commit()
    return totp


def test_a_code_is_used_once(database: Database, person: User, telephone: pyotp.TOTP) -> None:
    def use(own: Session) -> None:
        service.use_code(own, person.id, telephone.at(NOW), VAULT, NOW)

    assert at_once(database, use, use) == ["done", "wrong_code"]


def test_an_invitation_is_accepted_once(database: Database, person: User) -> None:
    token = invitations.token_of(person, KEY, NOW)

    def accept(new: str, own: Session) -> None:
        invitations.accept(own, token, new, new, KEY, NOW)

    assert at_once(database, *(partial(accept, new) for new in NEW)) == ["done", "invitation_over"]


def test_a_password_is_changed_once_by_who_knew_the_one_before(database: Database, person: User) -> None:
    def change(new: str, own: Session) -> None:
        service.change_password(own, person.id, PASSWORD, new, new, new_id(), NOW)

    assert at_once(database, *(partial(change, new) for new in NEW)) == ["done", "wrong_password"]


def test_a_telephone_is_set_up_once_without_a_code_of_the_one_before(database: Database, person: User) -> None:
    def enrol(own: Session) -> None:
        totp = pyotp.TOTP(second_factor.new_secret())
        sealed = VAULT.seal(person.id, totp.secret)
        service.enrol(own, person.id, Proof(PASSWORD), sealed, totp.at(NOW), None, VAULT, NOW)

    assert at_once(database, enrol, enrol) == ["done", "required"]


def test_who_signs_in_with_the_old_password_is_out_when_it_is_changed(database: Database, person: User) -> None:
    """Whoever comes first: a sign-in before the change is ended by it, one after it is refused."""
    known = sessions.fingerprint(person)

    def begin(own: Session) -> None:
        sessions.begin(own, person.id, "", NOW, known)

    def change(own: Session) -> None:
        service.change_password(own, person.id, PASSWORD, NEW[0], NEW[0], new_id(), NOW)

    assert at_once(database, begin, change) in (["done", "done"], ["done", "sign_in_changed"])
    with database.session() as session:
        assert not sessions.lasting(session, person.id, NOW)


def test_a_sign_in_is_ended_from_two_places(database: Database, person: User) -> None:
    with database.session() as session:
        token = sessions.begin(session, person.id, "", NOW)
        [kept] = sessions.lasting(session, person.id, NOW)

    def one(own: Session) -> None:
        sessions.revoke(own, person.id, kept.id, NOW)

    def everywhere(own: Session) -> None:
        sessions.revoke_all(own, person.id, NOW + timedelta(seconds=1))

    assert at_once(database, one, everywhere) == ["done", "done"]
    with database.session() as session:
        assert sessions.find(session, token, NOW) is None
