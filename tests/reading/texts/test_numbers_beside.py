"""The numbers beside the provisions of a text stand at their own, and are told whole: no page of before is shown."""

from dataclasses import replace

from consult.reading.texts.numbers_beside import NumbersBeside
from consult.reading.texts.sheets import Node, Sheet
from consult.responses.statistics.stances import ClauseStances
from consult.responses.statistics.suppression import Cell
from consult.submissions.anchors import NamedPlace
from consult.submissions.words import Stance

CLAUSE = Node("d1.k1", "clause")
ARTICLE = Node("d1", "article", children=(CLAUSE, Node("d1.k2", "clause")))
SAID = ClauseStances(NamedPlace(1, "Quyết định", 1, 1, "d1.k1"), Cell(0), None, {Stance.OPPOSE: 1})
NUMBERS = NumbersBeside({"d1": 2, "d1.k1": 2}, {"d1.k1": {1: 1}}, {"d1.k1": SAID})


def test_numbers_stand_at_their_provision_only() -> None:
    alone, article = NUMBERS.beside(ARTICLE), NUMBERS.throughout(ARTICLE)
    first, second = article.children
    assert (first.count, first.earlier, first.stances) == (2, ((1, 1),), SAID)
    assert (second.count, second.earlier, second.stances) == (0, (), None)
    assert (alone.count, alone.children) == (2, ARTICLE.children)
    assert NumbersBeside({}, {}, {}).throughout(ARTICLE) == ARTICLE


def test_every_number_is_told_and_nothing_of_other_places() -> None:
    others = (
        replace(NUMBERS, counts={"d1": 3, "d1.k1": 2}),
        replace(NUMBERS, counts={"d1": 2, "d1.k1": 1, "d1.k2": 1}),
        replace(NUMBERS, earlier={"d1.k1": {2: 1}}),
        replace(NUMBERS, earlier={"d1": {1: 1}}),
        replace(NUMBERS, stances={}),
        replace(NUMBERS, stances={"d1.k1": replace(SAID, bodies={Stance.OPPOSE: 2})}),
        NumbersBeside({}, {}, {}),
    )
    sheet = Sheet(1, (ARTICLE,))
    for part in (ARTICLE, sheet):
        assert all(one.told(part) != NUMBERS.told(part) for one in others)
        assert replace(NUMBERS, counts={**NUMBERS.counts, "d2": 1}).told(part) == NUMBERS.told(part)
    assert NUMBERS.told(CLAUSE) != others[1].told(CLAUSE) and NUMBERS.told(CLAUSE) == others[0].told(CLAUSE)
