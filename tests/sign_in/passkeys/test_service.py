"""Passkeys as services know them: made, shown beside a password or alone, counted, removed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.people.models import User
from consult.people.words import Role
from consult.sign_in import challenges, factors, sessions
from consult.sign_in.models import AccountChange, Passkey
from consult.sign_in.passkeys import ceremonies, relying_party, service
from consult.sign_in.passkeys.relying_party import RelyingParty
from consult.sign_in.passkeys.service import Answer
from consult.sign_in.recovery import codes
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from tests.builders import NOW, make_organisation, make_user
from tests.sign_in.passkeys.authenticator import Authenticator
from tests.signing_in import HASHED, PASSWORD

SITE = RelyingParty("localhost", "http://localhost", "Góp ý")

VAULT, SHOWN = SecretBox([b"7" * 32]), Proof(PASSWORD, recent=True)


def person(session: Session, **more: Any) -> User:
    return make_user(session, password_hash=HASHED, **more)


def added(session: Session, user: User, key: Authenticator, name: str = "điện thoại") -> Passkey:
    """A key of `user`, as their browser made it."""
    word, keep = challenges.word(), user.id
    options = json.loads(ceremonies.creation(SITE, (user.id, user.mail, user.name), word, []))
    proven = sessions.fingerprint(user)
    return service.add(session, user.id, name, Answer(key.make(options), word), SITE, keep, proven, NOW)


def shown(session: Session, key: Authenticator, user: User | None = None, word: str = "") -> service.Used:
    """Somebody shows a key; `user` gave their password before."""
    word = word or challenges.word()
    options = ceremonies.request(SITE, word, ["AAAA"] if user else [])
    return service.use(session, Answer(key.show(options), word), SITE, NOW, user)


def test_a_key_signs_in_alone_and_beside_a_password(session: Session) -> None:
    user, key = person(session), Authenticator()
    kept = added(session, user, key)
    assert factors.of(session, user).second and kept.last_used_at is None
    for before in (None, user):
        used = shown(session, key, before)
        assert used.user is user and used.name == "điện thoại"
    assert kept.last_used_at == NOW and kept.sign_count == 2


def test_a_key_that_does_not_know_its_holder_is_a_second_factor_only(session: Session) -> None:
    user, key = person(session), Authenticator(verifies=False)
    added(session, user, key)
    with pytest.raises(Invalid):
        shown(session, key)
    assert shown(session, key, user).user is user


@pytest.mark.parametrize("named", ["\ud800", "a\0b", "khóa", "", 7.5])
def test_a_key_that_nobody_could_have_opens_nothing(session: Session, named: object) -> None:
    answer = Answer(json.dumps({"id": named, "response": {}}), challenges.word())
    with pytest.raises(Invalid):
        service.use(session, answer, SITE, NOW)


def test_an_answer_counts_once(session: Session) -> None:
    user, key = person(session), Authenticator()
    added(session, user, key)
    word = challenges.word()
    answer = Answer(key.show(ceremonies.request(SITE, word, [])), word)
    service.use(session, answer, SITE, NOW)
    key.count = 9
    again = Answer(key.show(ceremonies.request(SITE, word, [])), word)
    for one, wrong in ((again, Refused), (answer, Invalid)):
        with pytest.raises(wrong):
            service.use(session, one, SITE, NOW)


def test_a_counter_that_fills_its_bits_is_taken(session: Session) -> None:
    user, key = person(session), Authenticator()
    key.count = 2**32 - 9
    added(session, user, key)
    assert [shown(session, key).user for _ in range(2)] == [user, user]


def test_a_copy_of_a_key_is_known_by_its_counter(session: Session) -> None:
    user, key = person(session), Authenticator()
    added(session, user, key)
    key.count = 40
    shown(session, key)
    key.count = 12
    with pytest.raises(Invalid, match="passkey_failed"):
        shown(session, key)


@pytest.mark.parametrize("other", ["origin", "word", "signature", "owner", "nobody", "json"])
def test_a_wrong_answer_signs_nobody_in(session: Session, other: str) -> None:
    user, key, word = person(session), Authenticator(), challenges.word()
    kept = added(session, user, key)
    if other == "origin":
        key.origin = "https://gia-mao.vn"
    said = key.show(ceremonies.request(SITE, word, []), person(session).id.bytes if other == "owner" else None)
    told = json.loads(said)
    if other == "signature":
        told["response"]["signature"] = told["response"]["clientDataJSON"]
    if other == "nobody":
        told["id"] = "AAAA"
    said = "[" * 9999 if other == "json" else json.dumps(told)
    with pytest.raises(Invalid, match="passkey_failed"):
        service.use(session, Answer(said, challenges.word() if other == "word" else word), SITE, NOW)
    assert kept.last_used_at is None and kept.sign_count == 0


def test_nobody_shows_a_key_after_the_password_of_another(session: Session) -> None:
    user, key = person(session), Authenticator()
    added(session, user, key)
    with pytest.raises(Invalid, match="passkey_failed"):
        shown(session, key, person(session))
    user.disabled_at = NOW
    session.commit()
    with pytest.raises(Invalid, match="passkey_failed"):
        shown(session, key)


def test_a_new_key_ends_the_other_sign_ins_and_its_owner_is_told(session: Session) -> None:
    user = person(session)
    elsewhere = sessions.begin(session, user.id, "", NOW)
    added(session, user, Authenticator())
    assert sessions.find(session, elsewhere, NOW) is None
    [change] = session.scalars(select(AccountChange).where(AccountChange.user_id == user.id))
    assert (change.what, change.detail) == ("passkey_added", "điện thoại")


def test_two_keys_have_two_names_and_one_key_is_one_persons(session: Session) -> None:
    user, key = person(session), Authenticator()
    added(session, user, key)
    with pytest.raises(Invalid, match="passkey_name_taken"):
        added(session, user, Authenticator(), "Điện thoại")
    with pytest.raises(Refused, match="passkey_known"):
        added(session, person(session), key)


@pytest.mark.parametrize("required", [True, False])
def test_the_last_factor_stays_with_whom_it_is_required_of(session: Session, required: bool) -> None:
    user = make_user(session, make_organisation(session), [Role.OFFICER], password_hash=HASHED)
    kept = added(session, user, Authenticator())
    codes.make(session, user.id, SHOWN, VAULT, NOW)
    with pytest.raises(Invalid):
        service.remove(session, user.id, kept.id, Proof("sai"), required, user.id, VAULT, NOW)
    with pytest.raises(NotFound):
        service.remove(session, person(session).id, kept.id, SHOWN, required, user.id, VAULT, NOW)
    if required:
        with pytest.raises(Refused, match="last_factor"):
            service.remove(session, user.id, kept.id, SHOWN, required, user.id, VAULT, NOW)
        added(session, user, Authenticator(), "khóa USB")
    service.remove(session, user.id, kept.id, SHOWN, required, user.id, VAULT, NOW)
    left = factors.of(session, user)
    assert (left.passkeys, left.codes_left) == ((1, 10) if required else (0, 0))


def test_a_sign_in_counts_as_one_with_a_second_factor_while_there_is_a_key(session: Session) -> None:
    user = person(session)
    added(session, user, Authenticator())
    token = sessions.begin(session, user.id, "", NOW)
    found = sessions.find(session, token, NOW + timedelta(minutes=1))
    assert found is not None and found.has_second_factor


@pytest.mark.parametrize(
    ("site", "works"),
    [("https://gopy.tinh.vn", True), ("http://gopy.tinh.vn", False), ("http://localhost:5100", True),
     ("http://127.0.0.1:5000", False)],
)  # fmt: skip
def test_they_need_a_safe_address(site: str, works: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"SITE_URL": site, "SITE_NAME": ""}
    found = relying_party.of(settings)
    assert (found is not None and found.origin == site) == works
    monkeypatch.setattr(relying_party, "installed", lambda: False)
    assert relying_party.of(settings) is None
