"""How much two provisions must have in common to be one that was changed: texts of twenty words with so many of them
kept, on both sides of each bound. The fewer choices there are, the less is asked."""

from typing import Any

import pytest

from consult.comparison import compare
from tests.comparison.texts import compared, kinds

FIRST, LAST = "Câu mở đầu giữ nguyên như cũ", "Câu kết thúc cũng giữ nguyên như trước"
Told = dict[tuple[str | None, str | None], str]


def law(*clauses: str) -> str:
    """One article with these clauses."""
    written = "\n".join(f"{number}. {clause}." for number, clause in enumerate(clauses, 1))
    return f"QUYẾT ĐỊNH\nĐiều 1. Việc chung\n{written}\nĐiều 2. Hiệu lực thi hành\nQuyết định này có hiệu lực ngay.\n"


def words(name: str, count: int) -> str:
    """So many words that stand nowhere else."""
    return " ".join(
        f"{name}{'abcdefghiklmnopqrstuvxy'[place // 10]}{'abcdefghik'[place % 10]}" for place in range(count)
    )


def pair(kept: int, of: int = 20) -> tuple[str, str]:
    """A text and what became of it: `kept` of its `of` words, and others for the rest."""
    return (
        f"{words('giữ', kept)} {words('cũ', of - kept)}".strip(),
        f"{words('giữ', kept)} {words('mới', of - kept)}".strip(),
    )


def told(old: str, new: str) -> Told:
    return kinds(compared(old, new))


GONE: Told = {("d1.k2", None): "removed", (None, "d1.k2"): "added"}


@pytest.mark.parametrize(("kept", "same"), [(4, False), (5, True), (7, True)])
def test_the_only_one_between_two_that_are_sure(kept: int, same: bool) -> None:
    """More than a fifth will do: before and after it stands what it stood between."""
    old, new = pair(kept)
    expected = {("d1.k2", "d1.k2"): "changed"} if same else GONE
    assert told(law(FIRST, old, LAST), law(FIRST, new, LAST)) == expected


def test_a_few_words_written_anew_between_two_that_are_sure() -> None:
    assert told(law(FIRST, words("cũ", 5), LAST), law(FIRST, words("mới", 5), LAST)) == {("d1.k2", "d1.k2"): "changed"}
    assert told(law(FIRST, words("cũ", 20), LAST), law(FIRST, words("mới", 20), LAST)) == GONE


@pytest.mark.parametrize(("kept", "same"), [(6, False), (7, True)])
def test_one_of_several_that_keeps_its_number(kept: int, same: bool) -> None:
    """A third of the words, where there are others that it could have become."""
    old, new = pair(kept)
    found = told(law(FIRST, old, words("bỏ", 20), LAST), law(FIRST, new, words("thêm", 20), LAST))
    other = {("d1.k3", None): "removed", (None, "d1.k3"): "added"}
    assert found == ({("d1.k2", "d1.k2"): "changed"} if same else GONE) | other


@pytest.mark.parametrize(("kept", "same"), [(8, False), (9, True), (10, True)])
def test_one_of_several_under_another_number(kept: int, same: bool) -> None:
    """More than two words in five, where not even the number stayed."""
    old, new = pair(kept)
    found = told(law(FIRST, old, LAST), law(FIRST, words("thêm", 20), new, LAST))
    moved = {("d1.k3", "d1.k4"): "renumbered"}
    if same:
        assert found == {(None, "d1.k2"): "added", ("d1.k2", "d1.k3"): "changed"} | moved
    else:
        assert found == {(None, "d1.k2"): "added", (None, "d1.k3"): "added", ("d1.k2", None): "removed"} | moved


@pytest.mark.parametrize("more", [26, 28], ids=["hardly more", "clearly more"])
def test_of_two_that_are_as_likely_the_one_with_the_same_number(more: int) -> None:
    """Half of fifty words under the same number weigh more than one word more under another; three more do not."""
    kept = words("giữ", 50).split(" ")
    same = " ".join([*kept[:25], words("đây", 25)])
    other = " ".join([*kept[50 - more :], words("kia", 50 - more)])
    found = told(law(FIRST, " ".join(kept), LAST), law(FIRST, same, other, LAST))
    heir, added = ("d1.k2", "d1.k3") if more == 26 else ("d1.k3", "d1.k2")
    assert (None, added) in found and ("d1.k2", heir) in found


def node(path: str, kind: str, label: str, text: str) -> dict[str, Any]:
    """A provision as the outline gives it."""
    return {"path": path, "kind": kind, "label": label, "marker": "", "heading": "", "text": text, "children": []}


def strewn(kept: int) -> tuple[str, str]:
    """Ten words and what became of them: `kept` of them, no three in a row of which others know each other again."""
    old = words("giữ", 10).split(" ")
    stays = (0, 1, 3, 4, 6, 7, 9)[:kept]
    return " ".join(old), " ".join(word if place in stays else f"mới{word}" for place, word in enumerate(old))


@pytest.mark.parametrize(("kept", "same"), [(5, False), (6, True)])
def test_what_bears_the_same_address_out_of_its_place(kept: int, same: bool) -> None:
    """Two articles stand in another order now, and one of them was written anew: its number says who it is, when more
    than half of it was kept."""
    old, new = strewn(kept)
    stays = node("d2", "article", "2", words("nguyên", 12))
    found = kinds(compare([node("d1", "article", "1", old), stays], [stays, node("d1", "article", "1", new)]))
    assert found == ({("d1", "d1"): "changed"} if same else {("d1", None): "removed", (None, "d1"): "added"})


@pytest.mark.parametrize(("kept", "same"), [(6, False), (7, True)])
def test_a_clause_that_became_a_point(kept: int, same: bool) -> None:
    """Of another kind two provisions have to be much alike: more than two thirds."""
    old, new = strewn(kept)
    first, last = node("k1", "clause", "1", words("đầu", 12)), node("k9", "clause", "9", words("cuối", 12))
    before = [first, node("k2", "clause", "2", old), node("k3", "clause", "3", words("bỏ", 12)), last]
    after = [first, node("pa", "point", "a", new), node("pb", "point", "b", words("thêm", 12)), last]
    assert (("k2", "pa") in kinds(compare(before, after))) is same


def test_a_chapter_never_becomes_an_article() -> None:
    text = words("giữ", 20)
    chapter, article = node("ci", "chapter", "I", text), node("d1", "article", "1", f"{text} nữa")
    assert kinds(compare([chapter], [article])) == {("ci", None): "removed", (None, "d1"): "added"}
