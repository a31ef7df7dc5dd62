"""Backups that only the holder of the identity can read, and that anybody can check."""

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pyrage import x25519

from consult.administration.backups import BackupFailed, encryption, manifest
from consult.administration.backups.nightly import Site, nightly
from consult.ledger.models import LedgerEntry
from consult.submissions.models import Comment
from tests.administration.installations import SCAN, Place, counted, place_of
from tests.builders import NOW

DAY = timedelta(days=1)


@pytest.fixture
def identity() -> x25519.Identity:
    """What opens the backups; its public half is on the server."""
    return x25519.Identity.generate()


def sealed(live: Flask, target: Path, identity: x25519.Identity) -> Path:
    """An encrypted backup of the site."""
    place_of(live).back_up(target, str(identity.to_public()))
    return target


def test_with_the_identity_everything_comes_back(
    live: Flask, empty: Place, tmp_path: Path, identity: x25519.Identity
) -> None:
    source, backup = place_of(live), sealed(live, tmp_path / "backup", identity)
    assert empty.restore(backup, identity) == len(manifest.read(backup).files)
    for before, after in ((source.files, empty.files), (source.keys, empty.keys)):
        held = {path.relative_to(before): path.read_bytes() for path in before.rglob("*") if path.is_file()}
        assert held == {path.relative_to(after): path.read_bytes() for path in after.rglob("*") if path.is_file()}
        assert held
    assert counted(empty.url, tmp_path, Comment, LedgerEntry) == counted(source.url, tmp_path, Comment, LedgerEntry)


def test_nothing_in_it_can_be_read_and_no_plain_copy_is_left(
    live: Flask, tmp_path: Path, identity: x25519.Identity
) -> None:
    place, backup = place_of(live), sealed(live, tmp_path / "backup", identity)
    keys = [path.read_bytes() for path in place.keys.rglob("*") if path.is_file()]
    for path in backup.rglob("*"):
        if path.is_file() and path.name != manifest.MANIFEST:
            assert path.read_bytes().startswith(b"age-encryption.org/v1")
            assert not any(secret in path.read_bytes() for secret in (SCAN, "Ý kiến thứ nhất".encode(), *keys))
    assert not list(place.files.parent.glob("unfinished-*"))


@pytest.mark.parametrize("key", ["none", "another"])
def test_without_the_identity_nothing_is_written(
    live: Flask, empty: Place, tmp_path: Path, identity: x25519.Identity, key: str
) -> None:
    backup = sealed(live, tmp_path / "backup", identity)
    with pytest.raises(BackupFailed, match="^encrypted" if key == "none" else "^not_opened"):
        empty.restore(backup, None if key == "none" else x25519.Identity.generate())
    assert not empty.files.exists() and not empty.keys.exists()
    empty.restore(backup, identity)


def test_whether_it_is_whole_is_seen_without_the_key(live: Flask, tmp_path: Path, identity: x25519.Identity) -> None:
    backup = sealed(live, tmp_path / "backup", identity)
    found = manifest.checked(backup)
    assert found.recipient == str(identity.to_public())
    stored = live.extensions["consult.files"].put(SCAN)
    assert found.contents[f"files/{stored[:2]}/{stored}.age"] == stored
    copy = backup / "files" / stored[:2] / f"{stored}.age"
    copy.write_bytes(copy.read_bytes()[:-1])
    with pytest.raises(BackupFailed, match="damaged"):
        manifest.checked(backup)


def test_surviving_keys_are_known_by_their_hash(
    live: Flask, empty: Place, tmp_path: Path, identity: x25519.Identity
) -> None:
    backup = sealed(live, tmp_path / "backup", identity)
    strange = empty.keys / "receipts" / "1.key"
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"of another site")
    with pytest.raises(BackupFailed, match="strange_key"):
        empty.restore(backup, identity)
    assert not empty.files.exists()
    replace(empty, keys=place_of(live).keys).restore(backup, identity)


@pytest.fixture
def site(app: Flask, tmp_path: Path, identity: x25519.Identity) -> Site:
    """A site with a file, and nights encrypted for `identity`."""
    app.extensions["consult.files"].put(SCAN)
    places = (app.config["FILES_FOLDER"], app.config["KEYS_FOLDER"], app.config["INSTANCE"])
    return Site(app.config["DATABASE_URL"], *places, tmp_path / "nights", 30, str(identity.to_public()))


def test_nights_share_what_is_encrypted_until_the_key_changes(site: Site) -> None:
    another = replace(site, recipient=str(x25519.Identity.generate().to_public()))
    runs = ((site, 0), (site, 1), (another, 2), (replace(site, recipient=""), 3))
    made = [nightly(which, NOW + DAY * night).folder for which, night in runs]
    copies = [next(path for path in (one / "files").rglob("*") if path.is_file()).stat().st_ino for one in made]
    assert copies[0] == copies[1] and len(set(copies)) == 3
    for one in made:
        manifest.checked(one)


def test_a_new_key_opens_what_its_recipient_was_given(app: Flask, site: Site, tmp_path: Path) -> None:
    runner, file = app.test_cli_runner(), tmp_path / "identity.txt"
    made = runner.invoke(args=["backup", "new-key", str(file)])
    assert made.exit_code == 0 and stat.S_IMODE(file.stat().st_mode) == 0o600
    setting, recipient = made.stdout.strip().split("=")
    assert setting == "CONSULT_BACKUP_KEY" and "AGE-SECRET-KEY" not in made.output and "hai thẻ nhớ" in made.stderr
    night = nightly(replace(site, recipient=recipient), NOW).folder
    opened = runner.invoke(args=["backup", "check", str(night), "--identity", str(file)])
    assert opened.exit_code == 0 and recipient in opened.output
    before = file.read_text()
    assert runner.invoke(args=["backup", "new-key", str(file)]).exit_code != 0 and file.read_text() == before


def test_restoring_by_command_says_what_comes_next(
    live: Flask, empty: Place, tmp_path: Path, identity: x25519.Identity
) -> None:
    backup, file = sealed(live, tmp_path / "backup", identity), tmp_path / "identity.txt"
    file.write_text(f"# a comment\n{identity}\n")
    live.config.update(DATABASE_URL=empty.url, FILES_FOLDER=empty.files, KEYS_FOLDER=empty.keys)
    done = live.test_cli_runner().invoke(args=["restore", str(backup), "--identity", str(file)])
    assert done.exit_code == 0
    steps = [line.strip().removeprefix("flask --app consult ") for line in done.output.splitlines()[1:]]
    assert steps[:2] == ["db upgrade", "reindex"]
    assert len(steps) == 3 and steps[2].startswith("ledger verify quyet-")


@pytest.mark.parametrize("setting", ["age1xyz", "ssh-ed25519 AAAA", "secret"])
def test_a_setting_that_is_no_recipient_is_refused_without_being_repeated(
    site: Site, identity: x25519.Identity, setting: str
) -> None:
    given = str(identity) if setting == "secret" else setting
    with pytest.raises(BackupFailed, match="CONSULT_BACKUP_KEY") as refused:
        nightly(replace(site, recipient=given), NOW)
    assert given not in str(refused.value)


@pytest.mark.parametrize("content", ["", "age1xyz", "two\nlines", "AGE-SECRET-KEY-1QQQ", "\N{SNOWMAN}"])
def test_a_file_that_holds_no_identity_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "identity.txt").write_text(content)
    with pytest.raises(BackupFailed, match="no_identity"):
        encryption.identity_in(tmp_path / "identity.txt")
