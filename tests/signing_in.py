"""Signing in as people do: an account with a password, and the form."""

from datetime import timedelta

import pyotp
from flask import Flask

from consult import clock
from consult.people.models import User
from consult.sign_in import passwords
from tests.pages import Browser, Page

PASSWORD = "ruộng bậc thang mùa lúa chín"
# Made once: scrypt is slow on purpose.
HASHED = passwords.hash_of(PASSWORD)


def with_password(app: Flask, user: User) -> User:
    """Gives an account of the site `app` the password of the tests."""
    with app.extensions["consult.database"].session() as session:
        session.get_one(User, user.id).password_hash = HASHED
        session.commit()
    user.password_hash = HASHED
    return user


def code(telephone: pyotp.TOTP, later: int = 0) -> str:
    """What `telephone` shows at this moment, or `later` steps after it. A secret number that has to be a later one is
    the next step's: an earlier step's would be too old for the site once the clock passes the half minute."""
    assert later >= 0
    return telephone.at(clock.now() + timedelta(seconds=later * telephone.interval))


def sign_in_by_form(browser: Browser, user: User, address: str = "/dang-nhap/") -> Page:
    """Signs `user` in through the form at `address`; the page after it."""
    with_password(browser.client.application, user)
    return browser.get(address).submit({"mail": user.mail, "password": PASSWORD}, form="password")
