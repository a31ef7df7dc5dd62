"""Places as officers type them."""

import pytest

from consult.errors import NotFound
from consult.outline import citations
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.submissions import clause_codes
from consult.submissions.inputs import AnchorInput

ANNEXED = "văn bản ban hành kèm theo"


def test_the_annexed_text_need_not_be_named_where_nothing_else_is_meant() -> None:
    words = ["Điều 1", "khoản 1 Điều 1", f"Điều 1 {ANNEXED}", f"Điều 6 {ANNEXED}", f"khoản 2 Điều 6 {ANNEXED}"]
    paths = ["d1", "d1.k1", "b2.d1", "b2.d6", "b2.d6.k2"]
    keys = ["dieu 1", "khoan 1 dieu 1", "dieu 1 van ban ban hanh kem theo", "dieu 6 van ban ban hanh kem theo"]
    keys.append("khoan 2 dieu 6 van ban ban hanh kem theo")
    named = NamedPlaces(words, dict(zip(keys, map(AnchorInput, [None] * 5, [None] * 5, paths), strict=True)))
    assert named.path_of("Khoản 2 điều 6") == "b2.d6.k2"
    assert named.path_of("Điều 1") == "d1", "what is named in full comes first"
    assert named.path_of("Điều 60") == "Điều 60", "what is no place stays as it was typed"
    assert named.words_of("b2.d6") == f"Điều 6 {ANNEXED}" and named.words_of("t1") == "t1"
    assert named.find("") is None
    with pytest.raises(NotFound):
        named.find("khoản 9 Điều 9")


@pytest.mark.parametrize(
    ("typed", "revision", "path"),
    [
        ("2/d12.k3", 2, "d12.k3"), (" 2 / Đ12, K3 ", 2, "d12.k3"), ("1/D12.K3.PĐ.", 1, "d12.k3.pdd"),
        ("d12.k3", 3, "d12.k3"), ("đ12", 3, "d12"), ("1/b2.d6.k2", 1, "b2.d6.k2"),
    ],
)  # fmt: skip
def test_a_code_of_the_paper_form_is_found_as_a_hand_wrote_it(typed: str, revision: int, path: str) -> None:
    found = NamedPlaces([], {}, 3).find(typed)
    assert found is not None and (found.revision, found.path) == (revision, path)


@pytest.mark.parametrize("typed", ["2/", "/d12", "x/d12", "1/2/d12", "1/khoản 3", "9999999/d1"])
def test_what_is_no_code_is_no_place(typed: str) -> None:
    with pytest.raises(NotFound):
        NamedPlaces([], {}, 3).find(typed)


def test_every_code_that_is_printed_leads_back() -> None:
    for path in ("d12.k3.pdd", "pl1", "b2.d5.k1.pd", "r2.n1_2", "d12a"):
        found = NamedPlaces([], {}, 3).find(clause_codes.written(2, path).upper())
        assert found is not None and (found.revision, found.path) == (2, path)


def test_point_d_is_not_point_dd() -> None:
    """The points of a clause go a, b, c, d, đ, e: without Vietnamese letters nobody knows which of the two is meant."""
    named = [(f"điểm {letter} khoản 1 Điều 2", AnchorInput(path=f"d2.k1.p{code}")) for letter, code in
             (("c", "c"), ("d", "d"), ("đ", "dd"))]  # fmt: skip
    places = NamedPlaces([words for words, _anchor in named], citations.by_words(named))
    for words, anchor in named:
        assert places.find(words) == places.find(words.upper()) == anchor and places.words_of(anchor.path) == words
    assert places.path_of("diem c khoan 1 dieu 2") == "d2.k1.pc"
    with pytest.raises(NotFound):
        places.find("diem d khoan 1 dieu 2")
