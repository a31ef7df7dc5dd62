"""The key ring: files that only the site reads, one for each purpose and instant, never changed."""

from datetime import timedelta
from pathlib import Path

import pytest

from consult.keys import ring, service
from consult.keys.ring import BadKey, Purpose
from tests.builders import NOW


def test_a_new_site_gets_one_key_for_each_purpose_and_no_second_one(tmp_path: Path) -> None:
    made = service.make_first(tmp_path / "keys", NOW)
    assert [key.purpose for key in made] == list(Purpose) and len({key.secret for key in made}) == len(Purpose)
    assert service.make_first(tmp_path / "keys", NOW + timedelta(days=1)) == []
    assert list(ring.load(tmp_path / "keys").keys) == made


def test_nobody_else_reads_them_and_they_are_not_shown(tmp_path: Path) -> None:
    [key, *_others] = service.make_first(tmp_path / "keys", NOW)
    for path in (tmp_path / "keys", *(tmp_path / "keys").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
    assert str(key.secret) not in repr(key) and key.secret.hex() not in key.fingerprint


def test_the_newest_comes_first_and_the_old_ones_stay(tmp_path: Path) -> None:
    first = ring.add(tmp_path, Purpose.RECEIPTS, NOW)
    second = ring.add(tmp_path, Purpose.RECEIPTS, NOW + timedelta(days=1))
    ring.add(tmp_path, Purpose.LEDGER, NOW + timedelta(days=2))
    assert ring.load(tmp_path).of(Purpose.RECEIPTS) == (second, first)
    with pytest.raises(FileExistsError):
        ring.add(tmp_path, Purpose.RECEIPTS, NOW)
    assert ring.load(tmp_path).of(Purpose.RECEIPTS) == (second, first)
    assert not list(tmp_path.rglob(".*"))


def test_what_was_taken_over_is_the_oldest(tmp_path: Path) -> None:
    service.make_first(tmp_path, NOW, {Purpose.RECEIPTS: [b"first of all", b"then this"]})
    later = ring.add(tmp_path, Purpose.RECEIPTS, NOW)
    keys = ring.load(tmp_path).of(Purpose.RECEIPTS)
    assert [key.secret for key in keys] == [later.secret, b"then this", b"first of all"]


def test_no_folder_is_no_key(tmp_path: Path) -> None:
    assert ring.load(tmp_path / "nowhere").keys == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("yesterday.key", b"k" * 32),
        ("20270321T023000Z.key", b""),
        ("20270321T023000Z.key", b"k" * 31),
        ("second-factor/20270321T023000Z.key", b"k" * 33),
        ("receipts/20270321T023000Z.key", b""),
    ],
)
def test_a_damaged_or_misnamed_key_is_named_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadKey, match=name) as bad:
        ring.load(tmp_path)
    assert "\n" not in str(bad.value)
