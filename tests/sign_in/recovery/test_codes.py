"""Recovery codes: ten, shown once, each good once, in the place of a telephone."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, Refused
from consult.people.models import User
from consult.sign_in import factors, sessions
from consult.sign_in.models import AccountChange, RecoveryCode
from consult.sign_in.recovery import codes
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from tests.builders import NOW, make_user
from tests.pages import Browser
from tests.signing_in import HASHED, PASSWORD, sign_in_by_form

VAULT, SHOWN = SecretBox([b"7" * 32]), Proof(PASSWORD, recent=True)


def with_telephone(session: Session) -> User:
    user = make_user(session, password_hash=HASHED)
    user.totp_secret = "sealed"
    session.commit()
    return user


def test_ten_are_made_and_none_of_them_is_kept_as_it_is(session: Session) -> None:
    user = with_telephone(session)
    made = codes.make(session, user.id, SHOWN, VAULT, NOW)
    assert len(set(made)) == codes.HOW_MANY and all(len(codes.plain(one)) == 12 for one in made)
    kept = " ".join(f"{one.salt} {one.code_hash}" for one in session.scalars(select(RecoveryCode)))
    assert not any(one in kept or codes.plain(one) in kept for one in made)


def test_each_is_good_once_however_it_is_typed(session: Session) -> None:
    user = with_telephone(session)
    first, second, *_ = codes.make(session, user.id, SHOWN, VAULT, NOW)
    proven = sessions.fingerprint(user)
    typed = f" {first.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert codes.use(session, user.id, typed, NOW, proven) == proven
    for wrong in (first, "", "0" * 5000, "0000-0000-0000"):
        with pytest.raises(Invalid, match="wrong_recovery_code"):
            codes.use(session, user.id, wrong, NOW, proven)
    with pytest.raises(Refused, match="sign_in_changed"):
        codes.use(session, user.id, second, NOW, "another")
    assert factors.of(session, user).codes_left == 9
    changes = session.scalars(select(AccountChange).order_by(AccountChange.id)).all()
    assert [(one.what, one.detail) for one in changes] == [("recovery_codes_made", ""), ("recovery_code_used", "9")]


def test_new_ones_put_out_the_old_and_nobody_uses_those_of_another(session: Session) -> None:
    user, other = with_telephone(session), with_telephone(session)
    old = codes.make(session, user.id, SHOWN, VAULT, NOW)
    new = codes.make(session, user.id, SHOWN, VAULT, NOW)
    for whose, code in ((user, old[0]), (other, new[0])):
        with pytest.raises(Invalid):
            codes.use(session, whose.id, code, NOW, sessions.fingerprint(whose))
    assert factors.of(session, user).codes_left == 10


def test_who_has_no_second_factor_or_no_password_gets_none(session: Session) -> None:
    with pytest.raises(Refused, match="no_second_factor"):
        codes.make(session, make_user(session, password_hash=HASHED).id, SHOWN, VAULT, NOW)
    with pytest.raises(Invalid, match="wrong_password"):
        codes.make(session, with_telephone(session).id, Proof("sai"), VAULT, NOW)


def test_they_are_shown_once_and_let_in_without_the_telephone(
    app: Flask, browser: Browser, app_session: Session
) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    app_session.get_one(User, user.id).totp_secret = "sealed"
    app_session.commit()
    page = browser.get("/tai-khoan/ma-du-phong/")
    assert page.submit({"present": "sai"}, form="present").status == 422
    shown = page.submit({"present": PASSWORD}, form="present").words("//main//li/code")
    assert len(shown) == 10
    page = browser.get("/tai-khoan/ma-du-phong/")
    assert not page.find("//li/code") and "Còn 10 mã" in page.text
    other = Browser(app)
    half = other.get("/dang-nhap/").submit({"mail": user.mail, "password": PASSWORD}, form="password")
    assert half.submit({"recovery": "sai"}, form="recovery").status == 422
    assert half.submit({"recovery": shown[3]}, form="recovery").status == 200
    assert "còn 9 mã chưa dùng" in other.get("/tai-khoan/").text
