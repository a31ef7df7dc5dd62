"""Paths are addresses that stay, and every one of them can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.outline.grammar.labels import canonical
from consult.outline.paths import COUNTED_KINDS, PREFIXES, BadPath, Step, join, parse, segment
from tests.outline.outlines import outline, paths

LABELLED = sorted(set(PREFIXES) - COUNTED_KINDS)
LABELS = st.text(alphabet="abcdđefghlmnxyivIVXLDĐ0123456789.-/ ưê", max_size=6)


@given(st.sampled_from(LABELLED), LABELS, st.integers(1, 12))
def test_a_segment_reads_back(kind: str, label: str, repeat: int) -> None:
    assert parse(segment(kind, label, repeat)) == [Step(kind, canonical(kind, label), repeat)]


@given(st.sampled_from(sorted(COUNTED_KINDS)), st.integers(1, 4000), st.integers(1, 12))
def test_a_counted_segment_reads_back(kind: str, number: int, repeat: int) -> None:
    assert parse(segment(kind, str(number), repeat)) == [Step(kind, str(number), repeat)]


@given(st.lists(st.tuples(st.sampled_from(LABELLED), LABELS), min_size=1, max_size=6))
def test_a_path_reads_back(steps: list[tuple[str, str]]) -> None:
    path = ""
    for kind, label in steps:
        path = join(path, segment(kind, label))
    assert parse(path) == [Step(kind, canonical(kind, label)) for kind, label in steps]


@given(st.tuples(st.sampled_from(LABELLED), LABELS), st.tuples(st.sampled_from(LABELLED), LABELS))
def test_two_provisions_never_share_a_segment(one: tuple[str, str], other: tuple[str, str]) -> None:
    same = one[0] == other[0] and canonical(*one) == canonical(*other)
    assert (segment(*one) == segment(*other)) == same


@given(st.text(max_size=12))
def test_any_text_is_a_path_or_refused(text: str) -> None:
    try:
        steps = parse(text)
    except BadPath:
        return
    assert ".".join(segment(*step) for step in steps) == text


@pytest.mark.parametrize(
    ("kind", "label", "written"),
    [
        ("article", "12a", "d12a"), ("clause", "3", "k3"), ("point", "đ", "pdd"), ("point", "d", "pd"),
        ("point", "dd", "pd_d"), ("point", "cc", "pc_c"), ("point", "đd", "pdd_d"), ("point", "a1", "pa_1"),
        ("point", "l", "pl"), ("point", "h", "ph"), ("point", "l1", "pl_1"), ("appendix", "I", "pli"),
        ("appendix", "II", "plii"), ("part", "1", "ph1"), ("chapter", "IV", "civ"), ("section", "1", "m1"),
        ("subsection", "2", "tm2"), ("decimal", "1.2.10", "n1_2_10"), ("form", "01a", "f01a"), ("form", "n1", "fn_1"),
        ("article", "12đ", "d12dd"), ("body", "2", "b2"), ("footnote", "3", "fn3"), ("roman", "III", "riii"),
        ("article", "12aa", "d12a_a"), ("article", "12dd", "d12d_d"), ("article", "12đd", "d12dd_d"),
        ("article", "12dđ", "d12d_dd"), ("article", "12ab", "d12ab"), ("point", "ab", "pa_b"), ("form", "1.2", "f1_2"),
    ],
)  # fmt: skip
def test_how_segments_are_written(kind: str, label: str, written: str) -> None:
    assert segment(kind, label) == written
    assert parse(written) == [Step(kind, canonical(kind, label))]


def test_the_example_of_the_design() -> None:
    steps = [Step("article", "12a"), Step("clause", "3"), Step("point", "đ")]
    assert parse("d12a.k3.pdd") == steps


@pytest.mark.parametrize("text", ["", ".", "d", "d1.", "z1", "d1~1", "d1~", "x0", "D1", "d1..k1", "pdđ", "k1 "])
def test_not_paths(text: str) -> None:
    with pytest.raises(BadPath):
        parse(text)


def test_a_chapter_has_a_path_but_is_no_part_of_its_articles_path() -> None:
    made = outline(
        "^Chương I", "^QUY ĐỊNH CHUNG", "Mục 1. NGUYÊN TẮC", "Điều 1. Phạm vi", "1. Một.", "a) Hai;", "b) Ba."
    )
    assert paths(made) == ["ci", "ci.m1", "d1", "d1.k1", "d1.k1.pa", "d1.k1.pb"]
