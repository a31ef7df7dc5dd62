"""Ways in are added and taken away by who shows the second factor too: now, or at a sign-in a moment ago."""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pyotp
import pytest
from flask import Flask, g
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult import clock
from consult.db import new_id
from consult.errors import Invalid, Refused
from consult.keys.ring import Purpose
from consult.people.models import User
from consult.sign_in import service, sessions
from consult.sign_in.models import Passkey, ProviderLink, SignInSession
from consult.sign_in.passkeys import service as passkeys
from consult.sign_in.providers import service as links
from consult.sign_in.recovery import codes
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from consult.sign_in.views_frame import count_own
from tests.builders import NOW, make_user
from tests.pages import Browser
from tests.signing_in import HASHED, PASSWORD, code, sign_in_by_form

VAULT = SecretBox([b"7" * 32])
SECRET = pyotp.random_base32()
TELEPHONE = pyotp.TOTP(SECRET)
Act = Callable[[Session, User, Proof], object]


def with_all(session: Session, telephone: bool = True) -> User:
    """Somebody with a key and a link, and perhaps a telephone."""
    user = make_user(session, password_hash=HASHED)
    user.totp_secret = VAULT.seal(user.id, SECRET) if telephone else None
    key = {"credential_id": b"key", "public_key": b"key", "sign_count": 0}
    session.add(Passkey(id=new_id(), user_id=user.id, name="USB", made_at=NOW, **key))
    link = {"provider": "vneid", "issuer": "https://ai.vn", "subject": "7"}
    session.add(ProviderLink(id=new_id(), user_id=user.id, bound_at=NOW, **link))
    session.commit()
    return user


def remove_key(session: Session, user: User, proof: Proof) -> object:
    """Takes the key away."""
    [kept] = passkeys.of_person(session, user.id)
    return passkeys.remove(session, user.id, kept.id, proof, False, user.id, VAULT, NOW)


def unbind(session: Session, user: User, proof: Proof) -> object:
    """Ends the link."""
    [kept] = links.of_person(session, user.id)
    return links.unbind(session, user.id, kept.id, proof, user.id, {}, VAULT, NOW)


ACTS: dict[str, Act] = {
    "codes": lambda session, user, proof: codes.make(session, user.id, proof, VAULT, NOW),
    "begun": lambda session, user, proof: service.prove(session, user.id, proof, VAULT, NOW),
    "key": remove_key,
    "link": unbind,
}


@pytest.mark.parametrize("act", ACTS)
def test_a_code_of_the_telephone_is_asked_for_beside_the_password(session: Session, act: str) -> None:
    user = with_all(session)
    for wrong, why in (("", "second_factor_needed"), ("000000", "wrong_code")):
        with pytest.raises(Invalid) as refused:
            ACTS[act](session, user, Proof(PASSWORD, wrong))
        assert refused.value.errors == {"present_code": why}
    ACTS[act](session, user, Proof(PASSWORD, TELEPHONE.at(NOW)))
    with pytest.raises(Invalid, match="wrong_code"):
        service.prove(session, user.id, Proof(PASSWORD, TELEPHONE.at(NOW)), VAULT, NOW)


@pytest.mark.parametrize("act", ACTS)
def test_who_has_keys_alone_signs_in_with_one_again(session: Session, act: str) -> None:
    user = with_all(session, telephone=False)
    with pytest.raises(Invalid, match="second_factor_again"):
        ACTS[act](session, user, Proof(PASSWORD))
    ACTS[act](session, user, Proof(PASSWORD, recent=True))


def test_a_telephone_is_no_way_around_the_keys(session: Session) -> None:
    user, sealed = with_all(session, telephone=False), None
    sealed = VAULT.seal(user.id, SECRET)
    given = sealed, TELEPHONE.at(NOW), None, VAULT, NOW
    with pytest.raises(Invalid, match="second_factor_again"):
        service.enrol(session, user.id, Proof(PASSWORD), *given)
    service.enrol(session, user.id, Proof(PASSWORD, recent=True), *given)


def test_a_sign_in_counts_as_such_for_a_quarter_of_an_hour(session: Session) -> None:
    user = make_user(session)
    sessions.begin(session, user.id, "", NOW)
    [own] = sessions.lasting(session, user.id, NOW)
    moments = [timedelta(minutes=minutes) for minutes in (-1, 0, 14, 15)]
    assert [sessions.is_recent(session, own.id, NOW + one) for one in moments] == [False, True, True, False]
    assert not sessions.is_recent(session, new_id(), NOW)


def give_telephone(app: Flask, session: Session, user: User) -> None:
    """A telephone, with the secret of these tests."""
    vault = SecretBox([key.secret for key in app.extensions["consult.keys"].of(Purpose.SECOND_FACTOR)])
    session.get_one(User, user.id).totp_secret = vault.seal(user.id, SECRET)
    session.commit()


def sit_on(session: Session) -> None:
    """Whoever is signed in has been so for twenty minutes."""
    session.execute(update(SignInSession).values(began_at=clock.now() - timedelta(minutes=20)))
    session.commit()


def sign_in_elsewhere(app: Flask, session: Session, user: User) -> Browser:
    """Their account on another device, signed in with all that it asks for twenty minutes ago."""
    door = Browser(app).get("/dang-nhap/").submit({"mail": user.mail, "password": PASSWORD}, form="password")
    session.get_one(User, user.id).totp_last_step = None
    session.commit()
    door.submit({"totp": code(TELEPHONE)}, form="totp")
    sit_on(session)
    return door.browser


def test_codes_are_counted_together_on_all_pages_of_a_sign_in(
    app: Flask, browser: Browser, app_session: Session
) -> None:
    """So who took a sign-in over guesses no more than ten, and its owner goes on in theirs."""
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    give_telephone(app, app_session, user)
    own = sign_in_elsewhere(app, app_session, user)
    wrong = {"present": PASSWORD, "present_code": "000000"}
    for path, times in (("/tai-khoan/ma-du-phong/", 6), ("/tai-khoan/ma-xac-thuc/", 4)):
        page = browser.get(path)
        assert {page.submit(wrong, form="present").status for _ in range(times)} == {422}
    assert browser.get("/tai-khoan/ma-du-phong/").submit(wrong, form="present").status == 429
    assert own.get("/tai-khoan/ma-du-phong/").submit(wrong, form="present").status == 422
    # Nor is the door shut by who is inside.
    door = Browser(app).get("/dang-nhap/").submit({"mail": user.mail, "password": PASSWORD}, form="password")
    assert door.submit({"totp": "000000"}, form="totp").status == 422


def test_a_password_that_is_guessed_in_a_sign_in_is_counted_there(
    app: Flask, browser: Browser, app_session: Session
) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    own = Browser(app)
    sign_in_by_form(own, user)
    guess = {"present": "sai mật khẩu", "password": "x", "again": "x"}
    tries = [browser.get("/tai-khoan/").submit(guess, form="present").status for _ in range(11)]
    assert tries == [422] * 10 + [429]
    assert own.get("/tai-khoan/").submit(guess, form="present").status == 422


def test_over_many_sign_ins_guessing_stays_bounded(app: Flask) -> None:
    """Thirty in a quarter of an hour, however many sign-ins of a person somebody has."""
    owner, counted = new_id(), 0
    with app.test_request_context():
        for _ in range(5):
            g._login_user = SimpleNamespace(sign_in_id=new_id())
            with suppress(Refused):
                for _ in range(11):
                    count_own("second_factor_again", owner)
                    counted += 1
    assert counted == 30


def test_who_shows_a_wrong_one_stands_in_the_log(
    app: Flask, browser: Browser, app_session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "consult.sign_in")
    sign_in_by_form(browser, make_user(app_session))
    browser.get("/tai-khoan/khoa/").submit({"name": "USB", "present": "sai"}, form="present")
    said = json.loads(caplog.records[-1].getMessage())
    assert (said["event"], said["reasons"]) == ("passkey_not_added", "wrong_password")


def test_the_pages_ask_for_it_once_the_sign_in_is_older(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    give_telephone(app, app_session, user)
    assert not browser.get("/tai-khoan/ma-du-phong/").find("//input[@name='present_code']")
    sit_on(app_session)
    assert browser.get("/tai-khoan/khoa/").find("//input[@name='present_code']")
    page = browser.get("/tai-khoan/ma-du-phong/")
    wrong = page.submit({"present": PASSWORD, "present_code": "000000"}, form="present")
    assert wrong.status == 422 and "Mã không đúng" in wrong.text
    made = wrong.submit({"present": PASSWORD, "present_code": code(TELEPHONE)}, form="present")
    assert len(made.words("//main//li/code")) == 10
