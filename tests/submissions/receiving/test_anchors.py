"""Anchors are written and read back the same, and named in words of both languages; codes are the same each time."""

from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import NotFound
from consult.outline import paths
from consult.submissions import anchors
from consult.submissions.inputs import AnchorInput, Codes
from consult.submissions.receiving import lookup_codes
from consult.web.catalogue import say

SEGMENTS = st.builds(
    paths.segment,
    st.sampled_from(["article", "clause", "point", "decimal", "appendix", "chapter"]),
    st.from_regex(r"[1-9][0-9]{0,2}[a-e]?", fullmatch=True),
    st.sampled_from([1, 1, 1, 2]),
)
PATHS = st.lists(SEGMENTS, min_size=1, max_size=4).map(".".join)
NUMBERS = st.integers(1, 999_999)


@given(NUMBERS, NUMBERS, PATHS)
def test_a_provision_is_read_back(document: int, revision: int, path: str) -> None:
    found = anchors.parse(anchors.written(document, revision, path))
    assert found == AnchorInput(document, revision, path)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_page_and_a_document_are_read_back(document: int, revision: int, page: int) -> None:
    found = anchors.parse(anchors.written(document, revision, page=page))
    assert found == AnchorInput(document, revision, page=page)
    assert anchors.parse(anchors.written(document, revision)) == AnchorInput(document, revision)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_anchor_or_not_found(text: str) -> None:
    try:
        anchors.parse(text)
    except NotFound:
        return


def test_a_bare_path_means_the_current_main_draft() -> None:
    assert anchors.parse("d12a.k3.pdd") == AnchorInput(path="d12a.k3.pdd")
    assert anchors.parse("") is None


@pytest.mark.parametrize(
    ("path", "vietnamese", "english"),
    [
        ("d12a.k3.pdd", "điểm đ khoản 3 Điều 12a", "point đ, clause 3, Article 12a"),
        ("d12a.k3.pd", "điểm d khoản 3 Điều 12a", "point d, clause 3, Article 12a"),
        ("cII", "Chương II", "Chapter II"),
        ("pll.d2", "Điều 2 Phụ lục L", "Article 2, Appendix L"),
        ("d3.k1.pd~2", "điểm d (lặp lại lần 2) khoản 1 Điều 3", "point d (repeated, no. 2), clause 1, Article 3"),
    ],
)
def test_places_have_words(app: Flask, path: str, vietnamese: str, english: str) -> None:
    path = path.replace("cII", paths.segment("chapter", "II")).replace("pll", paths.segment("appendix", "L"))
    for language, words in (("vi", vietnamese), ("en", english)):
        with app.test_request_context("/", environ_overrides={"consult.language": language}):
            assert anchors.label(path, say) == words


@given(st.sampled_from(["001", "012", "999", "1000", "12345"]), st.text(min_size=22, max_size=40))
def test_codes_come_from_their_key_alone(short_key: str, key: str) -> None:
    matter = UUID(int=7)
    code, secret = lookup_codes.make(short_key, matter, key, Codes((b"site",)))
    assert (code, secret) == lookup_codes.make(short_key, matter, key, Codes((b"site",)))
    assert code.startswith(short_key) and len(code) % 3 == 0 and lookup_codes.well_formed(code)
    assert len(code) - len(short_key) - lookup_codes.CHECK_DIGITS >= lookup_codes.RANDOM_DIGITS and len(secret) == 6
    assert lookup_codes.typed(lookup_codes.shown(code)) == code
    assert code != lookup_codes.make(short_key, matter, key, Codes((b"other",)))[0]


@st.composite
def boxes(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """A part of a page, in thousandths."""
    left, top = draw(st.integers(0, 999)), draw(st.integers(0, 999))
    return left, top, draw(st.integers(1, 1000 - left)), draw(st.integers(1, 1000 - top))


@given(NUMBERS, NUMBERS, NUMBERS, boxes())
def test_a_part_of_a_page_is_read_back(document: int, revision: int, page: int, box: tuple[int, int, int, int]) -> None:
    written = anchors.written(document, revision, page=page, box=box)
    assert anchors.parse(written) == AnchorInput(document, revision, page=page, part=box)


@pytest.mark.parametrize(
    "sides",
    [
        "0-0-0-0", "0-0-1001-5", "500-0-501-10", "0-999-10-2", "-1-0-5-5", "1-2-3", "1-2-3-4-5", "01-2-3-4",
        "1.5-2-3-4", "٣-٣-٣-٣", "1-2-3-4/", "1-2-3-4\n", "9" * 400 + "-1-1-1", "", "%31-1-1-1",
    ],
)  # fmt: skip
def test_a_part_that_is_none_is_not_found(sides: str) -> None:
    with pytest.raises(NotFound):
        anchors.parse(f"tai-lieu/2/1/trang/3/khung/{sides}")


def test_the_quarters_make_the_whole_page() -> None:
    assert sum(wide * high for _, _, wide, high in anchors.QUARTERS) == anchors.WHOLE**2
    assert len({(left, top) for left, top, _, _ in anchors.QUARTERS}) == 4
