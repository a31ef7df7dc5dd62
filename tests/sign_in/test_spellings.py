"""A password is what its owner sees, whichever signs a keyboard writes it with, today and when it was set."""

import time
import unicodedata

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.errors import Invalid
from consult.people.models import User
from consult.sign_in import passwords, service
from tests.builders import make_user
from tests.pages import Browser

TYPED = "Ruộng bậc thang, mùa lúa chín ở Nà Hái"
NFC, NFD = unicodedata.normalize("NFC", TYPED), unicodedata.normalize("NFD", TYPED)
# As the keyboards of Windows write: ộ is ô with a dot below.
TONES_APART = "Ruô\u0323ng bâ\u0323c thang, mu\u0300a lu\u0301a chi\u0301n ơ\u0309 Na\u0300 Ha\u0301i"
WAYS = [NFC, NFD, TONES_APART]


def kept_before(password: str) -> str:
    """The hash as an earlier release made it: of the very signs that came."""
    salt = "salt"
    return f"scrypt:32768:8:1${salt}${passwords._derived(password, salt, 32768, 8, 1)}"


def signed_in(app: Flask, user: User, password: str) -> bool:
    page = Browser(app).get("/dang-nhap/").submit({"mail": user.mail, "password": password}, form="password")
    return page.status == 200 and not page.address.startswith("/dang-nhap/")


def test_these_are_three_ways_of_writing_one() -> None:
    assert len(set(WAYS)) == 3 and {unicodedata.normalize("NFC", way) for way in WAYS} == {NFC}


@pytest.mark.parametrize("now", WAYS)
@pytest.mark.parametrize("set_as", WAYS)
def test_it_is_set_in_one_way_and_typed_in_another(set_as: str, now: str) -> None:
    passwords.check_new(set_as, now)
    assert passwords.matches(passwords.hash_of(set_as), now)
    assert not passwords.matches(passwords.hash_of(set_as), now + "x")


@pytest.mark.parametrize("now", WAYS)
@pytest.mark.parametrize("set_as", WAYS)
def test_one_of_an_earlier_release_still_opens_and_is_kept_anew(
    app: Flask, app_session: Session, set_as: str, now: str
) -> None:
    user = make_user(app_session, password_hash=kept_before(set_as))
    before = user.password_hash
    assert not signed_in(app, user, now + "x")
    assert signed_in(app, user, now)
    app_session.refresh(user)
    assert (user.password_hash == before) == (set_as == NFC)
    assert passwords.spelling_of(user.password_hash, now) == NFC
    assert signed_in(app, user, now)


def test_what_is_too_short_is_so_in_every_way() -> None:
    short = unicodedata.normalize("NFD", "mùa lúậ")
    assert len(short) > passwords.SHORTEST
    with pytest.raises(Invalid) as refused:
        passwords.check_new(short, short)
    assert refused.value.errors == {"password": "password_too_short"}


def test_it_takes_as_long_for_nobody(app_session: Session, slow_passwords: None) -> None:
    """Whoever looks at the clock does not learn which accounts exist, whatever was typed."""
    user, took = make_user(app_session, password_hash=passwords.hash_of(NFC)), {}
    for mail in (user.mail, "nobody@example.invalid"):
        begin = time.process_time()
        for _ in range(3):
            assert service.by_password(app_session, mail, NFD + "x") is None
        took[mail] = time.process_time() - begin
    assert max(took.values()) < 2 * min(took.values())
