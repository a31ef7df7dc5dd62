"""Salted commitments: opened by their value and salt, and by nothing else."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.ledger.canonical import NotCanonical
from consult.ledger.commitment import answer_hash, commit, new_salt, opens

unhurried = settings(deadline=None)
SALT = bytes(range(32))
SALTS = st.binary(min_size=32, max_size=32)


def test_the_encoding_is_the_documented_one() -> None:
    expected = hashlib.sha256(SALT + '{"field":"text","value":"Đồng ý"}'.encode()).hexdigest()
    assert commit("text", "Đồng ý", SALT) == expected


def test_value_field_and_salt_are_all_fixed() -> None:
    commitment = commit("text", {"reason": "", "text": "Đồng ý"}, SALT)
    assert opens(commitment, "text", {"text": "Đồng ý", "reason": ""}, SALT)
    assert not opens(commitment, "text", {"text": "Không đồng ý", "reason": ""}, SALT)
    assert not opens(commitment, "identity", {"text": "Đồng ý", "reason": ""}, SALT)
    assert not opens(commitment, "text", {"text": "Đồng ý", "reason": ""}, SALT[::-1])
    assert not opens("không phải", "text", "", SALT)


@unhurried
@given(SALTS, SALTS, st.text(max_size=9), st.text(max_size=9))
def test_equal_commitments_mean_equal_openings(first: bytes, second: bytes, text: str, other: str) -> None:
    same = commit("text", text, first) == commit("text", other, second)
    assert same == ((first, text) == (second, other))


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError):
        new_salt(bytes(length))
    with pytest.raises(ValueError):
        commit("text", "", bytes(length))


def test_a_salt_is_the_random_bytes_it_is_given() -> None:
    assert new_salt(SALT) == SALT


def test_a_value_outside_the_subset_is_refused() -> None:
    with pytest.raises(NotCanonical):
        commit("text", 0.5, SALT)


def test_an_answers_hash_is_the_documented_one() -> None:
    answer = '{"change":"","comments":[3,17],"disposition":"accepted","response":2,"text":"Tiếp thu.","version":1}'
    assert answer_hash([17, 3], 2, 1, "accepted", "Tiếp thu.") == hashlib.sha256(answer.encode()).hexdigest()


def test_where_the_draft_changed_is_part_of_an_answers_hash() -> None:
    answer = (
        '{"change":"Khoản 3 Điều 2","comments":[3],"disposition":"partly_accepted","response":2,"text":"Tiếp thu.",'
        '"version":4}'
    )
    made = answer_hash([3], 2, 4, "partly_accepted", "Tiếp thu.", "Khoản 3 Điều 2")
    assert made == hashlib.sha256(answer.encode()).hexdigest()
