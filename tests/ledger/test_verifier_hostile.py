"""The verifier before a hostile site: whatever is answered, it says no in its own words, and never anything else."""

import copy
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.fake_site import FakeSite

ADDRESSES = ("ledger", "ledger/entries", "ledger/proof", "ledger/consistency", "sums", "comments", "", "revisions/1/1")
SAMPLE_QUERIES = {
    "ledger/entries": {"start": 0, "count": 7},
    "ledger/proof": {"index": 0, "size": 23},
    "ledger/consistency": {"first": 11, "second": 23},
}
STRANGE = st.sampled_from(
    [None, True, 0, -1, 1, 2**60, 1.5, "", "x", "\ud800", "+++", "a+b+c", "\n\n", [], [None], {}, {"a": {}}, [[[]]]]
)
SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value that could be replaced."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in inner:
        yield from places(member, (*path, name))


def replaced(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A copy of a JSON value with another one at `path`."""
    if not path:
        return other
    result = copy.copy(value)
    result[path[0]] = replaced(value[path[0]], path[1:], other)
    return result


def outcome(verifier: ModuleType, site: FakeSite, **extras: Any) -> str | None:
    """What the verifier objects to, or None; any other exception is the test's failure."""
    try:
        list(verifier.verify(site, verifier.Extras(**extras)))
    except (verifier.Failed, verifier.Unanswered) as objection:
        return str(objection)
    return None


@SHARED
@given(data=st.data())
def test_any_strange_value_anywhere_is_refused_in_words(
    verifier: ModuleType, site: FakeSite, data: st.DataObject
) -> None:
    site.spoiled = None
    spoiled = data.draw(st.sampled_from(ADDRESSES))
    sample = site.get(spoiled, **SAMPLE_QUERIES.get(spoiled, {}))
    path = data.draw(st.sampled_from(list(places(sample))))
    other = data.draw(STRANGE)

    def spoil(name: str, query: dict[str, Any], answer: Any) -> Any:
        if name != spoiled:
            return answer
        return replaced(answer, path if path in places(answer) else (), other)

    site.spoiled = spoil
    outcome(verifier, site)


@SHARED
@given(data=st.data())
def test_one_changed_character_in_an_entry_names_that_entry(
    verifier: ModuleType, site: FakeSite, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(site.texts) - 1))
    text = site.texts[index]
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda character: character != text[place]))
    site.texts[index] = text[:place] + other + text[place + 1 :]
    said = outcome(verifier, site)
    site.texts[index] = text
    assert said is not None and said.startswith(f"entry {index}:")


@SHARED
@given(data=st.data())
def test_any_strange_receipt_is_refused_in_words(verifier: ModuleType, site: FakeSite, data: st.DataObject) -> None:
    receipt = site.receipt(4, "Ý kiến 4", 8)
    path = data.draw(st.sampled_from([path for path in places(receipt) if path and path[0] != "keys"]))
    outcome(verifier, site, receipt=replaced(receipt, path, data.draw(STRANGE)))


@SHARED
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 511))
def test_signatures_hold_exactly_when_a_library_says_so(
    verifier: ModuleType, seed: bytes, message: bytes, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    signature = private.sign(message)
    assert verifier.signature_holds(public, message, signature)
    flipped = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")
    assert not verifier.signature_holds(public, message, flipped)
    # Adding the order of the group to s gives the second spelling of a signature, which RFC 8032 forbids.
    scalar = int.from_bytes(signature[32:], "little") + verifier.ORDER
    assert not verifier.signature_holds(public, message, signature[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "public, message, signature",
    [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
            "25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c3"
            "87b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_the_signatures_of_rfc_8032_hold(verifier: ModuleType, public: str, message: str, signature: str) -> None:
    given_bytes = [bytes.fromhex(each) for each in (public, message, signature)]
    assert verifier.signature_holds(*given_bytes)


def test_the_verifier_shares_no_code_with_the_site(verifier: ModuleType) -> None:
    source = Path(str(verifier.__file__)).read_text("utf-8")
    assert "consult." not in source and "cryptography" not in source


def test_a_deep_answer_is_refused_in_words(verifier: ModuleType, site: FakeSite) -> None:
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    site.spoiled = lambda name, query, answer: (
        replaced(answer, ("comments", 0), {**answer["comments"][0], "anchor": deep}) if name == "comments" else answer
    )
    assert "'anchor'" in str(outcome(verifier, site))
