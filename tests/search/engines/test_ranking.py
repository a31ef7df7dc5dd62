"""The order of results and the words shown of them."""

from hypothesis import given
from hypothesis import strategies as st

from consult.search.engines.ranking import EXCERPT_WORDS, excerpt, ranked
from consult.search.engines.tokens import terms
from consult.text import one_line
from tests.search.engine import documents


def best(words: str, *texts: str) -> str:
    """The text that comes first when the engine finds all of them equally good."""
    return ranked([(one, 1.0) for one in documents(*texts)], terms(words))[0].text


def marked(text: str, words: str) -> list[str]:
    """The marked pieces of an excerpt."""
    return [piece for piece, mark in excerpt(text, terms(words)).pieces if mark]


def shown(text: str, words: str) -> str:
    """The whole excerpt without marks."""
    return "".join(piece for piece, _mark in excerpt(text, terms(words)).pieces)


def test_words_written_as_they_were_typed_come_first() -> None:
    assert best("đất", "Con đường đạt chuẩn.", "Giao đất cho hộ dân.") == "Giao đất cho hộ dân."
    assert best("hòa", "hoa quả", "Hoà giải ở cơ sở") == "Hoà giải ở cơ sở"


def test_words_that_stand_together_come_first() -> None:
    apart = "Trường học ở xã tôi mới xây, môi người dân đều mong."
    assert best("moi truong", apart, "Bảo vệ môi trường là việc chung.") == "Bảo vệ môi trường là việc chung."


def test_without_a_difference_the_engine_decides() -> None:
    one, other = documents("rác hữu cơ", "rác vô cơ")
    assert ranked([(one, 1.0), (other, 2.0)], terms("rac")) == [other, one]


def test_neighbours_found_share_a_mark() -> None:
    assert marked("Bảo vệ môi  trường và đất.", "moi truong dat") == ["môi trường", "đất"]


def test_an_excerpt_shows_where_the_words_stand() -> None:
    text = "mở đầu " * 100 + "thu gom rác thải nguy hại " + "kết thúc " * 100
    found = excerpt(text, terms("rac nguy hai"))
    assert marked(text, "rac nguy hai") == ["rác", "nguy hại"]
    assert found.before and found.after
    assert len(shown(text, "rac").split()) <= EXCERPT_WORDS + 1


def test_a_short_text_is_shown_whole() -> None:
    found = excerpt("Giữ nguyên ba nhóm.", terms("nhom"))
    assert found.pieces == [("Giữ nguyên ba ", False), ("nhóm", True), (".", False)]
    assert not found.before and not found.after


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert shown("Giữ nguyên ba nhóm.", "khac") == "Giữ nguyên ba nhóm."
    assert excerpt("", terms("khac")).pieces == []
    assert shown("…", "khac") == "…"


@given(st.text(max_size=400), st.text(max_size=40))
def test_an_excerpt_is_a_piece_of_the_text(text: str, words: str) -> None:
    assert shown(text, words) in one_line(text)
