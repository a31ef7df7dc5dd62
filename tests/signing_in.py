"""Signing in as people do: an account with a password, and the form."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from consult import clock
from consult.people.models import User
from consult.sign_in import passwords
from tests.pages import Browser, Page

PASSWORD = "ruộng bậc thang mùa lúa chín"
QUICKER = 64
slow = passwords._derived


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Scrypt is slow on purpose: as long as this lasts it costs a part of what the site asks of it, and gives other
    bytes. The test of the real one asks for the fixture `slow_passwords`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_derived", lambda word, salt, cost, *more: slow(word, salt, cost // QUICKER, *more))
        yield


with quick_passwords():
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
