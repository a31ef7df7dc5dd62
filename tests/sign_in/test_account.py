"""One's own account: devices, password, and links that set one."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from consult.errors import Invalid, NotFound, Refused
from consult.people.models import OrganisationSuccession, User
from consult.people.words import Role
from consult.session_secret import Secrets
from consult.sign_in import invitations, passwords, service, sessions
from consult.sign_in.actors import actor_of
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.pages import Browser
from tests.signing_in import PASSWORD, sign_in_by_form, with_password
from tests.statements import statements_of

NEW = "một câu hoàn toàn khác"
KEY = Secrets("a key")


def test_a_password_is_kept_as_scrypt_and_nothing_else_matches(slow_passwords: None) -> None:
    hashed = passwords.hash_of(PASSWORD)
    assert hashed.startswith("scrypt:32768:8:1$") and PASSWORD not in hashed
    assert passwords.matches(hashed, PASSWORD) and check_password_hash(hashed, PASSWORD)
    for other in ("", PASSWORD + " ", PASSWORD.upper(), "\ud800"):
        assert not passwords.matches(hashed, other)
    assert not passwords.matches(None, PASSWORD)


def test_to_know_who_it_is_takes_two_statements_and_one_for_each_generation_of_bodies(session: Session) -> None:
    """With every page of everybody who is signed in."""
    first, second, third = (make_organisation(session) for _ in range(3))
    for before, after in ((first, second), (second, third)):
        session.add(OrganisationSuccession(predecessor_id=before.id, successor_id=after.id, on=NOW.date()))
    for body, wanted, seats in ((first, 2, 1), (second, 3, 2), (third, 4, 3)):
        token = sessions.begin(session, make_user(session, body, [Role.OFFICER]).id, "", NOW)
        with statements_of(session) as statements:
            found = sessions.find(session, token, NOW)
            assert found is not None and len(actor_of(session, found, NOW).seats) == seats
        assert len(statements) == wanted, statements


def test_the_token_is_not_in_the_database(session: Session) -> None:
    user = make_user(session)
    token = sessions.begin(session, user.id, "Điện thoại\nlạ", NOW)
    [kept] = sessions.lasting(session, user.id, NOW)
    assert token not in kept.token_hash and len(kept.token_hash) == 64 and kept.device == "Điện thoại lạ"
    found = sessions.find(session, token, NOW)
    assert found is not None and (found.sign_in_id, found.id) == (kept.id, user.id)
    assert sessions.find(session, kept.token_hash, NOW) is None
    assert sessions.find(session, token, NOW + sessions.LASTS) is None


def test_a_sign_in_that_lasts_is_listed_however_many_came_after_it(session: Session) -> None:
    user = make_user(session)
    sessions.begin(session, user.id, "của kẻ gian", NOW)
    for minute in range(1, sessions.LATEST + 3):
        at = NOW + timedelta(minutes=minute)
        sessions.begin(session, user.id, "khác", at)
        sessions.revoke(session, user.id, sessions.lasting(session, user.id, at)[0].id, at)
    listed = [one.device for one in sessions.latest(session, user.id, NOW + timedelta(hours=1))]
    assert listed == ["khác"] * sessions.LATEST + ["của kẻ gian"]


def test_sign_ins_are_ended_by_their_owner_only(session: Session) -> None:
    owner, other = make_user(session), make_user(session)
    token = sessions.begin(session, owner.id, "", NOW)
    [kept] = sessions.lasting(session, owner.id, NOW)
    with pytest.raises(NotFound):
        sessions.revoke(session, other.id, kept.id, NOW)
    sessions.revoke(session, owner.id, kept.id, NOW)
    assert sessions.find(session, token, NOW) is None


def test_a_link_is_for_one_use_one_week_and_one_person(session: Session) -> None:
    user = make_user(session)
    token = invitations.token_of(user, KEY, NOW)
    for bad, key, moment in (
        (token, "other", NOW),
        (token[:-2], KEY, NOW),
        ("", KEY, NOW),
        (token, KEY, NOW + timedelta(days=8)),
    ):
        with pytest.raises(Refused, match="invitation_over"):
            invitations.read(session, bad, key, moment)
    with pytest.raises(Invalid):
        invitations.accept(session, token, NEW, NEW + "!", KEY, NOW)
    invitations.accept(session, token, NEW, NEW, KEY, NOW)
    assert service.by_password(session, user.mail, NEW) is user
    with pytest.raises(Refused, match="invitation_over"):
        invitations.accept(session, token, NEW, NEW, KEY, NOW)


@pytest.mark.parametrize("password", ["", "ngắn quá", "person1@example.invalid", "ababababab", "x" * 201])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check_new(password, password, "Person1@example.invalid")


def test_a_new_password_ends_the_other_devices(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    other = Browser(app)
    for one in (browser, other):
        sign_in_by_form(one, user)
    page = browser.get("/tai-khoan/")
    given = {"present": PASSWORD, "password": NEW, "again": NEW}
    assert page.submit({**given, "present": "sai"}, form="present").status == 422
    page = page.submit(given, form="present")
    assert "Đã đổi mật khẩu" in page.text
    assert other.get("/tai-khoan/").heading == "Đăng nhập"


def test_one_device_or_all_are_signed_out(app: Flask, browser: Browser, app_session: Session) -> None:
    user: User = with_password(app, make_user(app_session))
    others = [Browser(app), Browser(app)]
    for one in (browser, *others):
        sign_in(one, user)
    page = browser.get("/tai-khoan/")
    [here] = page.find("//main//tr[.//strong]//form/@action")
    elsewhere = next(form for form in page.forms() if "cham-dut/" in form.action and form.action != here)
    page = browser.send(page, elsewhere)
    assert page.heading == "Tài khoản" and len(page.find("//main//tr//form")) == 2
    assert page.words("//main//td[contains(., 'đã kết thúc')]"), "what has ended is still seen"
    assert sorted(one.get("/tai-khoan/").heading for one in others) == ["Tài khoản", "Đăng nhập"]
    page.submit(button="Đăng xuất khỏi mọi thiết bị")
    assert {one.get("/tai-khoan/").heading for one in (browser, *others)} == {"Đăng nhập"}
