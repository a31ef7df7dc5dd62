"""Signing in as people do: an account with a password, and the form."""

from flask import Flask

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


def sign_in_by_form(browser: Browser, user: User, address: str = "/dang-nhap/") -> Page:
    """Signs `user` in through the form at `address`; the page after it."""
    with_password(browser.client.application, user)
    return browser.get(address).submit({"mail": user.mail, "password": PASSWORD}, form="password")
