"""A session alone changes nothing about how its owner signs in; what is changed ends other sessions and is told."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import service as accounts
from consult.errors import Invalid, Refused
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.policy import ANYBODY
from consult.session_secret import Secrets
from consult.sign_in import changes, invitations, second_factor, service, sessions
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from tests.application import SECRET
from tests.builders import NOW, make_user
from tests.pages import Browser
from tests.signing_in import HASHED, PASSWORD, code, sign_in_by_form

KEY = Secrets("one key of thirty-two characters or more")
VAULT = SecretBox([b"one key of thirty-two characters"])
NEW = "một câu hoàn toàn khác"


@pytest.fixture
def person(session: Session) -> User:
    """Somebody with a password."""
    return make_user(session, password_hash=HASHED)


def enrol(session: Session, person: User, proof: Proof, secret: str | None = None) -> pyotp.TOTP:
    """Sets up a telephone."""
    totp = pyotp.TOTP(secret or second_factor.new_secret())
    service.enrol(session, person.id, proof, VAULT.seal(person.id, totp.secret), totp.at(NOW), None, VAULT, NOW)
    return totp


def told(session: Session, person: User) -> list[str]:
    """What was kept of changes, the oldest first; each has its event."""
    kept = [one.what for one in reversed(changes.latest(session, person.id))]
    events = session.scalars(select(OutboxMessage.event)).all()
    assert events.count("account_changed") == len(kept)
    return kept


def test_a_telephone_is_set_up_with_the_password(session: Session, person: User) -> None:
    for wrong in ("", "không phải", HASHED):
        with pytest.raises(Invalid) as refused:
            enrol(session, person, Proof(wrong))
        assert refused.value.errors == {"present": "wrong_password"} and person.totp_secret is None
    enrol(session, person, Proof(PASSWORD))
    assert told(session, person) == ["second_factor_set"]


def test_another_telephone_takes_a_code_of_the_present_one_too(session: Session, person: User) -> None:
    old = enrol(session, person, Proof(PASSWORD))
    before = person.totp_secret
    for wrong in ("", "000000", old.at(NOW), old.at(NOW + timedelta(minutes=5))):
        with pytest.raises(Invalid) as refused:
            enrol(session, person, Proof(PASSWORD, wrong))
        why = "wrong_code" if wrong else "required"
        assert refused.value.errors == {"present_code": why} and person.totp_secret == before
    enrol(session, person, Proof(PASSWORD, old.at(NOW + timedelta(seconds=30))))
    assert person.totp_secret != before and told(session, person) == ["second_factor_set", "second_factor_changed"]


def test_whatever_is_changed_ends_the_other_sign_ins(session: Session, person: User) -> None:
    kept = sessions.begin(session, person.id, "", NOW)
    [own] = sessions.lasting(session, person.id, NOW)
    for change in (
        lambda: service.enrol(
            session, person.id, Proof(PASSWORD), VAULT.seal(person.id, SECRET_OF), pyotp.TOTP(SECRET_OF).at(NOW),
            own.id, VAULT, NOW,
        ),
        lambda: service.change_password(session, person.id, PASSWORD, NEW, NEW, own.id, NOW),
    ):  # fmt: skip
        other = sessions.begin(session, person.id, "", NOW)
        change()
        found = sessions.find(session, kept, NOW)
        assert sessions.find(session, other, NOW) is None and found is not None and found.sign_in_id == own.id


SECRET_OF = pyotp.random_base32()


def test_an_administrator_who_removes_it_is_told_of_too(session: Session, person: User) -> None:
    enrol(session, person, Proof(PASSWORD))
    accounts.drop_second_factor(session, person.id, ANYBODY, NOW)
    assert told(session, person) == ["second_factor_set", "second_factor_dropped"]


def test_a_sign_in_under_way_does_not_outlive_a_new_password(session: Session, person: User) -> None:
    proven = sessions.fingerprint(person)
    sessions.begin(session, person.id, "", NOW)
    [own] = sessions.lasting(session, person.id, NOW)
    service.change_password(session, person.id, PASSWORD, NEW, NEW, own.id, NOW)
    with pytest.raises(Refused, match="sign_in_changed"):
        sessions.begin(session, person.id, "", NOW, proven)


def test_a_session_alone_changes_nothing(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    page = browser.get("/tai-khoan/ma-xac-thuc/")
    totp = pyotp.TOTP(page.words("//main//code")[0].replace(" ", ""))
    page = page.submit({"totp": code(totp)}, form="totp")
    assert page.status == 422 and page.errors() == ["Mật khẩu hiện nay: Mật khẩu hiện nay không đúng"]
    app_session.expire_all()
    assert app_session.get_one(User, user.id).totp_secret is None


def test_one_sees_the_last_sign_ins_and_changes(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    sign_in_by_form(Browser(app), user)
    sign_in_by_form(browser, user)
    given = {"present": PASSWORD, "password": NEW, "again": NEW}
    page = browser.get("/tai-khoan/").submit(given, form="present")
    assert page.words("//main//td[contains(., 'đã kết thúc')]") and "đổi mật khẩu" in page.text


@pytest.mark.parametrize("act", ["again", "closed"])
def test_a_newer_invitation_and_a_closed_account_make_earlier_links_void(session: Session, act: str) -> None:
    user, other = make_user(session), make_user(session)
    first, others = invitations.token_of(user, KEY, NOW), invitations.token_of(other, KEY, NOW)
    if act == "again":
        accounts.invite_again(session, user.id, ANYBODY, NOW)
    else:
        accounts.close(session, user.id, ANYBODY, NOW)
        accounts.reopen(session, user.id, ANYBODY, NOW)
    with pytest.raises(Refused, match="invitation_over"):
        invitations.accept(session, first, NEW, NEW, KEY, NOW)
    assert invitations.read(session, others, KEY, NOW) is other
    assert invitations.accept(session, invitations.token_of(user, KEY, NOW), NEW, NEW, KEY, NOW) is user


def test_the_link_of_a_mail_is_the_newest(app: Flask, app_session: Session) -> None:
    user = make_user(app_session)
    first = invitations.token_of(user, Secrets(SECRET), clock.now())
    accounts.invite_again(app_session, user.id, ANYBODY, clock.now())
    Browser(app).get(f"/dang-nhap/loi-moi/{first}/", status=409)
    Browser(app).get(f"/dang-nhap/loi-moi/{invitations.token_of(user, Secrets(SECRET), clock.now())}/")
