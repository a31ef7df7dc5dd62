"""A text cut into sheets loses nothing and keeps its order, whatever it is made of and however small the budget."""

from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consult.reading.texts import long_tables
from consult.reading.texts.contents import addresses, contents
from consult.reading.texts.service import Text
from consult.reading.texts.sheets import Node, Sheet, cut

WORDS = st.text("aăđ ", max_size=60)
CELLS = st.fixed_dictionaries({"text": WORDS, "rowspan": st.integers(1, 3)})
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=8)
SHAPES = st.recursive(
    st.tuples(WORDS, st.none() | ROWS, st.just(())),
    lambda below: st.tuples(WORDS, st.none(), st.lists(below, max_size=4).map(tuple)),
    max_leaves=25,
)


def tree(shapes: Sequence[Any], within: str = "") -> tuple[Node, ...]:
    """Nodes of these shapes with paths of their own."""
    made = []
    for position, (text, rows, below) in enumerate(shapes, start=1):
        path = f"{within}.x{position}" if within else f"x{position}"
        kind = "table" if rows else "clause"
        made.append(Node(path, kind, text=text, rows=rows, children=tree(below, path)))
    return tuple(made)


def flat(nodes: Sequence[Node]) -> Iterator[Node]:
    """Every node in the order of reading."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def told(nodes: Sequence[Node]) -> list[tuple[str, Any]]:
    """What a text says, in order: each provision with its words, each row; what is said again is said once."""
    said: list[tuple[str, Any]] = []
    for node in flat(nodes):
        if not node.continued:
            said.append((node.path, node.text))
        if node.rows:
            said += [(node.path, row) for row in node.rows[node.repeated_rows :]]
    return said


@given(st.lists(SHAPES, max_size=6), st.integers(1, 6_000))
def test_cutting_loses_nothing_and_keeps_the_order(shapes: list[Any], budget: int) -> None:
    nodes = tree(shapes)
    sheets = cut(nodes, budget)
    assert told([node for sheet in sheets for node in sheet.nodes]) == told(nodes)
    assert [sheet.number for sheet in sheets] == list(range(1, len(sheets) + 1))


@given(st.lists(SHAPES, max_size=6), st.integers(1_000, 6_000))
def test_every_path_is_on_a_sheet_once_begun(shapes: list[Any], budget: int) -> None:
    nodes = tree(shapes)
    sheets = cut(nodes, budget)
    begun = [node.path for sheet in sheets for node in flat(sheet.nodes) if not node.continued]
    assert begun == [node.path for node in flat(nodes)]


@given(st.lists(SHAPES, min_size=1, max_size=6), st.integers(1, 6_000))
def test_a_path_is_once_on_a_sheet(shapes: list[Any], budget: int) -> None:
    for sheet in cut(tree(shapes), budget):
        paths = [node.path for node in flat(sheet.nodes)]
        assert len(paths) == len(set(paths))


@given(ROWS, st.integers(1, 1_000))
def test_a_table_is_never_cut_through_a_cell_that_spans_rows(rows: Any, budget: int) -> None:
    parts = long_tables.parts_of(rows, budget)
    assert [row for part in parts for row in part.rows] == rows
    for part in parts[:-1]:
        reach = max(position + cell["rowspan"] for position, row in enumerate(part.rows) for cell in row)
        assert reach <= len(part.rows)


def article(number: int, size: int = 400) -> Node:
    """An article of one paragraph."""
    return Node(f"d{number}", "article", str(number), f"Điều {number}.", f"Tên điều {number}", "chữ " * (size // 4))


def test_an_article_too_long_goes_on_under_its_name() -> None:
    clauses = tuple(
        Node(f"d1.k{number}", "clause", str(number), f"{number}.", "", "chữ " * 500) for number in (1, 2, 3)
    )
    long = Node("d1", "article", "1", "Điều 1.", "Xử phạt", "Mở đầu.", children=clauses)
    first, second, third = cut([long], budget=5_000)
    assert [sheet.nodes[0].marker for sheet in (first, second, third)] == ["Điều 1."] * 3
    assert [sheet.nodes[0].continued for sheet in (first, second, third)] == [False, True, True]


def test_the_head_of_a_long_table_is_said_again() -> None:
    rows = [
        [{"text": "STT"}, {"text": "Tên"}],
        *([{"text": str(number)}, {"text": "chữ " * 50}] for number in range(40)),
    ]
    sheets = cut([Node("t1", "table", rows=rows)], budget=6_000)
    assert len(sheets) > 2
    assert all(sheet.nodes[0].rows[0] == rows[0] for sheet in sheets if sheet.nodes[0].rows)


def text_of(nodes: tuple[Node, ...], budget: int) -> Text:
    """A text cut by `budget`."""
    return Text(nodes, tuple(cut(nodes, budget)), len(nodes))


def test_contents_lead_to_every_other_sheet() -> None:
    chapters = tuple(
        Node(f"c{chapter}", "chapter", str(chapter), f"Chương {chapter}", "", children=articles)
        for chapter, articles in ((1, tuple(map(article, range(1, 6)))), (2, tuple(map(article, range(6, 11)))))
    )
    text = text_of(chapters, budget=3_000)
    shown: Sheet = text.sheets[0]
    listed = list(flat(contents(text, shown, {"d1": 3})))
    elsewhere = addresses(text, shown)
    assert listed[0].path == "c1"
    assert next(node for node in listed if node.path == "d1").count == 3
    reached = {1} | {int(elsewhere[node.path].removeprefix("?trang=")) for node in listed if node.path in elsewhere}
    assert reached == {sheet.number for sheet in text.sheets}
    assert any(" – " in node.marker for node in listed)
