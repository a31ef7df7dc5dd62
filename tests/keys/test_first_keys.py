"""The first keys of a site that is older than its keys: what is amiss with them is said before the schema moves."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import column, insert, table, text

from consult import clock, schema
from consult.db import connect
from consult.keys import ring, service
from consult.keys.models import KnownKey
from consult.keys.ring import Key, Purpose
from consult.people.models import User
from consult.sign_in.second_factor import SecretBox, taken_over
from tests.application import SECRET, end, settings_of
from tests.database import Databases
from tests.house.migrations.filled import fill
from tests.keys.site import NEW_SECRET, begun_before_its_keys, check_all_holds, site

BEFORE_KEYS, BEFORE_THE_LAST = "e5a7c3190b46", "d2b86f0c9a17"
PEOPLE = table(
    "app_user",
    *(
        column(name, User.__table__.c[name].type)
        for name in ("id", "mail", "name", "office", "totp_secret", "created_at")
    ),
)
"""People as a database had them from its first revision on."""
Upgrade = Callable[..., tuple[int, str]]


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """A database of its own, without tables."""
    url = databases.bare()
    yield url
    databases.drop(url)


@pytest.fixture
def run(url: str, tmp_path: Path) -> Upgrade:
    """Runs a command of the site with some secrets and keys."""

    def run(*words: str, secrets: tuple[str, ...] = (), keys: Path | None = None) -> tuple[int, str]:
        app: Flask = site(url, tmp_path, *secrets, keys=keys)
        done = app.test_cli_runner().invoke(args=words)
        end(app)
        return done.exit_code, done.output

    return run


def put_at(url: str, revision: str) -> None:
    """A database as it was at an earlier revision, with somebody whose second factor hangs on the secret."""
    command.upgrade(schema.configuration(url), revision)
    engine = connect(url)
    with engine.begin() as connection:
        person = {"mail": "a@example.vn", "name": "A", "office": "", "created_at": clock.now()}
        sealed = SecretBox([taken_over(SECRET)]).seal(UUID(int=7), "JBSWY3DPEHPK3PXP")
        connection.execute(insert(PEOPLE).values(id=UUID(int=7), totp_secret=sealed, **person))
    engine.dispose()


def revision_of(url: str) -> tuple[str, ...]:
    """Where a database stands."""
    return schema.standing(url)


def test_another_secret_is_noticed_while_the_schema_is_as_it_was(url: str, run: Upgrade) -> None:
    put_at(url, BEFORE_KEYS)
    code, said = run("db", "upgrade", secrets=(NEW_SECRET,))
    assert code == 1 and "CONSULT_SECRET_KEY_OLD" in said and said.count("\n") == 1
    assert revision_of(url) == (BEFORE_KEYS,) and run("db", "current") == (0, f"{BEFORE_KEYS}\n")
    assert run("db", "upgrade", secrets=(NEW_SECRET, SECRET))[0] == 0
    assert revision_of(url) == schema.newest()


def test_a_secret_that_is_lost_for_good_is_said_to_be(url: str, run: Upgrade, tmp_path: Path) -> None:
    put_at(url, BEFORE_KEYS)
    code, said = run("db", "upgrade", "--lost", "ledger", secrets=(NEW_SECRET,))
    assert code == 1 and "--lost second-factor" in said
    assert run("db", "upgrade", "--lost", "second-factor", secrets=(NEW_SECRET,))[0] == 0
    assert revision_of(url) == schema.newest() and run("db", "upgrade", secrets=(NEW_SECRET,))[0] == 0


def test_a_strange_signer_is_noticed_while_the_schema_is_as_it_was(url: str, run: Upgrade, tmp_path: Path) -> None:
    command.upgrade(schema.configuration(url), BEFORE_KEYS)
    engine = connect(url)
    with engine.connect() as connection:
        fill(connection)
    with engine.begin() as connection:
        connection.execute(text("UPDATE app_user SET totp_secret = NULL"))
    engine.dispose()
    code, said = run("db", "upgrade", keys=tmp_path / "strange")
    assert code == 1 and "--lost ledger" in said and revision_of(url) == (BEFORE_KEYS,)
    assert run("db", "upgrade", "--lost", "ledger", keys=tmp_path / "strange")[0] == 0


def test_missing_keys_are_noticed_while_the_schema_is_as_it_was(url: str, run: Upgrade, tmp_path: Path) -> None:
    put_at(url, BEFORE_THE_LAST)
    known = [Key(purpose, clock.now().replace(microsecond=0), b"k" * 32) for purpose in Purpose]
    engine = connect(url)
    with engine.begin() as connection:
        for key in known:
            row = {"purpose": key.purpose.value, "fingerprint": key.fingerprint, "since": key.since}
            connection.execute(insert(KnownKey).values(**row))
    engine.dispose()
    code, said = run("db", "upgrade")
    assert code == 1 and all(f"{key.purpose} {key.fingerprint[:8]}" in said for key in known)
    assert revision_of(url) == (BEFORE_THE_LAST,)
    # What will not come back can be given up there and then.
    for key in known:
        assert run("keys", "give-up", key.purpose.value, key.fingerprint[:8])[0] == 0
    assert run("db", "upgrade")[0] == 0 and revision_of(url) == schema.newest()


def test_a_folder_that_takes_no_key_is_noticed_while_the_schema_is_as_it_was(
    url: str, run: Upgrade, tmp_path: Path
) -> None:
    put_at(url, BEFORE_KEYS)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "receipts").symlink_to(tmp_path / "a disk that is away")
    code, said = run("db", "upgrade", keys=tmp_path / "keys")
    assert code == 1 and re.match("Lỗi: .*receipts.*\n$", said) and revision_of(url) == (BEFORE_KEYS,)


def test_to_ask_where_a_database_stands_makes_none(url: str, run: Upgrade) -> None:
    assert run("db", "current") == run("db", "current") == (0, "–\n")


def test_two_secrets_taken_over_may_be_cut_in_half(
    url: str, run: Upgrade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the first of two keys: everything made with the present secret is still known afterwards."""
    held, add = begun_before_its_keys(url, tmp_path), ring.add
    keys = settings_of(url, tmp_path)["KEYS_FOLDER"]

    def killed(folder: Path, purpose: Purpose, since: datetime, secret: bytes | None = None) -> Key:
        if ring.load(folder).of(purpose):
            raise KeyboardInterrupt
        return add(folder, purpose, since, secret)

    monkeypatch.setattr(ring, "add", killed)
    assert run("db", "upgrade", secrets=(SECRET, NEW_SECRET))[0] == 130
    assert len(ring.load(keys).of(Purpose.RECEIPTS)) == 1
    monkeypatch.undo()
    assert run("db", "upgrade", secrets=(SECRET, NEW_SECRET))[0] == 0
    app = site(url, tmp_path, NEW_SECRET)
    assert [key.secret for key in app.extensions["consult.keys"].of(Purpose.RECEIPTS)] == [
        SECRET.encode(),
        NEW_SECRET.encode(),
    ]
    check_all_holds(app, held)
    end(app)
    assert run("db", "upgrade", secrets=(SECRET, NEW_SECRET))[0] == 0
    assert len(ring.load(keys).of(Purpose.RECEIPTS)) == 2


def test_what_was_taken_over_is_taken_over_once(tmp_path: Path) -> None:
    old = {Purpose.RECEIPTS: [b"first", b"then", b"then"]}
    service.make_first(tmp_path, clock.now(), {Purpose.RECEIPTS: [b"first"]})
    made = service.make_first(tmp_path, clock.now(), old)
    assert [key.secret for key in made] == [b"then"] and service.make_first(tmp_path, clock.now(), old) == []
