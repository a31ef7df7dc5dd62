"""The two codes of a receipt: whom they belong to, and what is kept of them."""

import hashlib
from uuid import UUID

import pytest

from consult.submissions.receiving import lookup_codes
from tests.submissions.rows import CODES, LATER_CODES, key

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_a_code_is_long_enough_and_ends_with_its_check_digits() -> None:
    """ISO 7064 MOD 97-10, as account numbers have it: the whole number leaves 1 when it is divided by 97."""
    code, secret = lookup_codes.make("012", ONE, key(), CODES)
    assert code.startswith("012") and code.isdigit() and int(code) % 97 == 1
    assert len(code) == len("012") + 10 + 2 and len(code) % 3 == 0
    assert len(secret) == 6 and secret.isdigit()


def test_a_code_is_read_as_it_is_written_by_hand() -> None:
    assert lookup_codes.typed("O12-l05 I7O") == "012105170"
    assert lookup_codes.typed("OOI-23O-l1I") == "001230111" and lookup_codes.typed("IO0-OOO-IIl") == "100000111"
    assert lookup_codes.typed("Mã: OOI 345") == "001345" and lookup_codes.typed("lo không 012") == "012"
    assert lookup_codes.typed("Mã: 012 345") == "012345" and lookup_codes.typed("không phải mã") == ""
    assert lookup_codes.missing("0123456789012") == 2 and lookup_codes.missing("012345678901234") == 0


def test_codes_from_before_go_on_working() -> None:
    """They had three random digits more, and are made again for who presses once more."""
    first = CODES.newest
    code, secret = lookup_codes._made(first, "012", ONE, key(), 13)
    assert len(code) == 18 and lookup_codes.well_formed(code)
    hashed = lookup_codes.code_hash(code, CODES)
    assert lookup_codes.made_before("012", ONE, key(), hashed, CODES) == (code, secret)


def test_a_slip_of_the_pen_is_no_code() -> None:
    code, _secret = lookup_codes.make("012", ONE, key(), CODES)
    assert lookup_codes.well_formed(code)
    for place, digit in enumerate(code):
        other = code[:place] + str((int(digit) + 1) % 10) + code[place + 1 :]
        assert not lookup_codes.well_formed(other)
    swapped = [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)]
    assert not [one for one in swapped if one != code and lookup_codes.well_formed(one)]


def test_no_other_matter_and_no_other_key_gives_the_same_codes() -> None:
    asked = ((ONE, "one", CODES), (ONE, "two", CODES), (OTHER, "one", CODES), (ONE, "one", LATER_CODES))
    made = [lookup_codes.make("012", matter, key(word), codes) for matter, word, codes in asked]
    assert len({code for code, _secret in made}) == len({secret for _code, secret in made}) == 4


def test_one_code_tells_nothing_of_the_other() -> None:
    """The digits of the second code are not those of the first: six of thirteen would be known to who reads it."""
    for word in ("one", "two", "three"):
        code, secret = lookup_codes.make("012", ONE, key(word), CODES)
        assert secret not in code


def test_a_second_code_is_bound_to_its_first() -> None:
    """In a stolen database two equal second codes must not look alike; and neither opens another's submission."""
    first, second = (lookup_codes.make("012", ONE, key(word), CODES)[0] for word in ("one", "two"))
    hashes = [lookup_codes.secret_hash(code, "123456", CODES) for code in (first, second)]
    assert hashes[0] != hashes[1]
    assert lookup_codes.is_secret_of(first, "123456", hashes[0], CODES)
    assert not lookup_codes.is_secret_of(second, "123456", hashes[0], CODES)
    assert not lookup_codes.is_secret_of(first, "123457", hashes[0], CODES)


def test_codes_of_an_earlier_key_still_open() -> None:
    code, secret = lookup_codes.make("012", ONE, key(), CODES)
    hashed = lookup_codes.secret_hash(code, secret, CODES)
    assert LATER_CODES.keys[1:] == CODES.keys
    assert lookup_codes.is_secret_of(code, secret, hashed, LATER_CODES)
    assert lookup_codes.code_hash(code, CODES) in lookup_codes.code_hashes(code, LATER_CODES)


def test_a_key_is_known_again_by_its_hash_alone() -> None:
    assert lookup_codes.key_hash(key()) == hashlib.sha256(key().encode()).hexdigest()


@pytest.mark.parametrize("typed", ["012-345 678", "012.345.678", "٠١٢٣٤٥٦٧٨", " 0 1 2 3 4 5 6 7 8 "])
def test_digits_are_read_however_they_are_typed(typed: str) -> None:
    assert lookup_codes.typed(typed) == "012345678"
