"""Checkpoints as signed notes: published examples, what is refused, and keys that follow one another."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.ledger import checkpoint as notes
from consult.ledger.checkpoint import BadCheckpoint, Checkpoint, SiteKey

unhurried = settings(deadline=None)
OLD = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEW = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ORIGIN = "gop-y.example/0198"
GOOD = Checkpoint(ORIGIN, 12, bytes(range(32)))


def key_of(private: Ed25519PrivateKey, origin: str = ORIGIN) -> notes.VerifierKey:
    return notes.verifier_key(origin, private.public_key())


def test_a_published_verifier_key_is_read_and_written_alike() -> None:
    published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = notes.parse_verifier_key(published)
    assert (key.name, key.key_id.hex()) == ("PeterNeumann", "c74f20a3")
    assert str(key) == published


def test_a_published_note_is_signed_by_its_published_key() -> None:
    """The example of Go's note package; its text is not a checkpoint, which is said after the signature is good."""
    key = notes.parse_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "\u2014 PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    with pytest.raises(BadCheckpoint, match="at least three lines"):
        notes.verify_checkpoint(note, [key], "PeterNeumann")
    with pytest.raises(BadCheckpoint, match="not good"):
        notes.verify_checkpoint(note.replace("problem is", "problem was"), [key], "PeterNeumann")


def test_the_note_has_the_documented_lines() -> None:
    lines = notes.sign_checkpoint(GOOD, OLD).split("\n")
    assert lines[:4] == [ORIGIN, "12", base64.b64encode(GOOD.root).decode(), ""]
    assert lines[4].startswith(f"\u2014 {ORIGIN} ")
    assert base64.b64decode(lines[4].split(" ")[2])[:4] == key_of(OLD).key_id
    assert lines[5:] == [""]


@unhurried
@given(st.integers(0, 2**60), st.binary(min_size=32, max_size=32))
def test_what_is_signed_verifies(size: int, root: bytes) -> None:
    signed = Checkpoint(ORIGIN, size, root)
    assert notes.verify_checkpoint(notes.sign_checkpoint(signed, OLD), [key_of(OLD)], ORIGIN) == signed


def test_an_old_checkpoint_stays_good_after_the_key_changed() -> None:
    published = [key_of(OLD), key_of(NEW)]
    for private in (OLD, NEW):
        assert notes.verify_checkpoint(notes.sign_checkpoint(GOOD, private), published, ORIGIN) == GOOD
    with pytest.raises(BadCheckpoint, match="no published key"):
        notes.verify_checkpoint(notes.sign_checkpoint(GOOD, NEW), [key_of(OLD)], ORIGIN)


def test_the_site_signs_with_the_latest_key_that_is_valid() -> None:
    keys = [SiteKey(NEW, datetime(2027, 1, 1, tzinfo=UTC)), SiteKey(OLD, datetime(2026, 1, 1, tzinfo=UTC))]
    assert notes.current_key(keys, datetime(2026, 12, 31, tzinfo=UTC)).private_key is OLD
    assert notes.current_key(keys, datetime(2027, 1, 1, tzinfo=UTC)).private_key is NEW
    with pytest.raises(LookupError):
        notes.current_key(keys, datetime(2025, 1, 1, tzinfo=UTC))


def test_a_witness_may_add_a_line_that_is_ignored() -> None:
    note = notes.sign_checkpoint(GOOD, OLD)
    witnessed = note + "\u2014 witness.example " + base64.b64encode(b"abcd" + bytes(72)).decode() + "\n"
    assert notes.verify_checkpoint(witnessed, [key_of(OLD)], ORIGIN) == GOOD


def test_a_published_keys_bad_signature_spoils_the_note() -> None:
    good = notes.sign_checkpoint(GOOD, OLD)
    bad = f"\u2014 {ORIGIN} " + base64.b64encode(key_of(NEW).key_id + bytes(64)).decode() + "\n"
    with pytest.raises(BadCheckpoint, match="not good"):
        notes.verify_checkpoint(good + bad, [key_of(OLD), key_of(NEW)], ORIGIN)


def test_another_logs_checkpoint_is_refused() -> None:
    other = Checkpoint("gop-y.example/0199", 12, GOOD.root)
    with pytest.raises(BadCheckpoint, match="another log"):
        notes.verify_checkpoint(notes.sign_checkpoint(other, OLD), [key_of(OLD, other.origin)], ORIGIN)


@unhurried
@given(st.data())
def test_one_changed_character_spoils_a_note(data: st.DataObject) -> None:
    note = notes.sign_checkpoint(GOOD, OLD)
    place = data.draw(st.integers(0, len(note) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda character: character != note[place]))
    with pytest.raises(BadCheckpoint):
        notes.verify_checkpoint(note[:place] + other + note[place + 1 :], [key_of(OLD)], ORIGIN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n01\n" + "A" * 43 + "=\n",
        "a\n-1\n" + "A" * 43 + "=\n",
        "a\n1\nAAAA\n",
        "a\n1\n!\n",
        "a\n1\nAA==\n\n",
    ],
)
def test_a_malformed_text_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        notes.parse_checkpoint(text)


@unhurried
@given(st.text(max_size=200))
def test_any_text_at_all_is_refused_in_one_way(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        notes.verify_checkpoint(text, [key_of(OLD)], ORIGIN)
    with pytest.raises(BadCheckpoint):
        notes.parse_verifier_key(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b"])
def test_a_name_that_would_tear_a_note_is_refused(name: str) -> None:
    with pytest.raises(BadCheckpoint):
        notes.verifier_key(name, OLD.public_key())


def test_the_origin_is_the_logs_name_and_the_consultation() -> None:
    assert notes.origin_of("gop-y.example", "0198") == ORIGIN


def test_a_note_has_exactly_one_form() -> None:
    """RFC 4648, 3.5: the last letter of 68 bytes in base64 holds two bits that mean nothing; with them set the bytes
    are the same, and the note would be another one for who compares."""
    note = notes.sign_checkpoint(GOOD, OLD)
    start, last = note[:-3], note[-3]
    assert note.endswith("=\n")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = f"{start}{alphabet[alphabet.index(last) + 1]}=\n"
    assert base64.b64decode(other.split(" ")[2]) == base64.b64decode(note.split(" ")[2])
    with pytest.raises(BadCheckpoint, match="plain base64"):
        notes.verify_checkpoint(other, [key_of(OLD)], ORIGIN)


@pytest.mark.parametrize(
    "published",
    [
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Another+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
    ids=["another id", "another spelling", "another name"],
)
def test_an_id_belongs_to_its_name_and_key(published: str) -> None:
    with pytest.raises(BadCheckpoint, match="does not belong"):
        notes.parse_verifier_key(published)
