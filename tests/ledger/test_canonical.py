"""Canonical JSON: the examples of RFC 8785 that lie in the ledger's subset, and what is refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.ledger.canonical import LARGEST_INTEGER, NotCanonical, canonical, parsed

unhurried = settings(deadline=None)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def test_the_text_example_of_section_3_2_2() -> None:
    value = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]}
    assert canonical(value) == (b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')


def test_keys_sort_by_utf_16_code_units_as_in_section_3_2_3() -> None:
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical(value)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_keys_sort_at_every_depth_and_arrays_keep_their_order() -> None:
    value = {"1": {"f": {"f": "hi", "F": 5}, "\n": 56}, "10": {}, "": "empty", "a": {}, "111": [{"e": 1, "E": 2}]}
    assert canonical(value) == (
        b'{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":2,"e":1}],"a":{}}'
    )


def test_vietnamese_is_written_as_given_composed_or_not() -> None:
    assert canonical("đ\u1ed3ng ý") == '"đ\u1ed3ng ý"'.encode()
    assert canonical("o\u0302\u0300") == '"o\u0302\u0300"'.encode()


@pytest.mark.parametrize("control", [chr(code) for code in range(32)] + ["\x7f", "\u2028"])
def test_control_characters_have_one_spelling(control: str) -> None:
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    expected = short.get(control, f"\\u{ord(control):04x}" if control < " " else control)
    assert canonical(control) == f'"{expected}"'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, 0.5, float("nan"), 2**53, -(2**53), {1: "a"}, {"a": b"bytes"}, "\ud800", {"\udead": 1}, {1, 2}, object()],
)
def test_what_lies_outside_the_subset_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@unhurried
@given(VALUES)
def test_canonical_bytes_read_back_as_the_value(value: object) -> None:
    assert parsed(canonical(value)) == value


@unhurried
@given(st.dictionaries(st.text(max_size=4), st.integers(0, 9), max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value: dict[str, int], random: object) -> None:
    items = list(value.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert canonical(dict(items)) == canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b'"\\/"',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"9007199254740992",
        b'"\\ud800"',
        b"\xff",
        b"",
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
def test_any_other_spelling_is_not_read(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parsed(data)
