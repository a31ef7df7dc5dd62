"""What a sheet of a long text holds, in the text's own words: "Chương II, Điều 15–30"."""

from collections.abc import Iterator, Sequence

from consult.reading.texts.sheets import ANNEXED, Node, Sheet

OUTER = ANNEXED | {"chapter"}
WITHIN_APPENDIX = frozenset({"form", "chapter", "section", "roman"})
ENDS = ". :"


def name_of(sheet: Sheet) -> str:
    """The chapters or appendices of a sheet and its articles, or the parts of its one appendix; of a text without any
    the first and last number."""
    outer = list(_found(sheet.nodes, OUTER))
    articles = list(_found(sheet.nodes, {"article"} | ANNEXED))
    names = [_range(outer), _numbers([node for node in articles if node.kind == "article"])]
    if len(outer) == 1 and outer[0].kind == "appendix":
        names.append(_range(list(_found(outer[0].children, WITHIN_APPENDIX))))
    return ", ".join(name for name in names if name) or _range([node for node in sheet.nodes if node.marker])


def _found(nodes: Sequence[Node], kinds: frozenset[str] | set[str]) -> Iterator[Node]:
    """The outermost nodes of these kinds."""
    for node in nodes:
        if node.kind in kinds:
            yield node
        else:
            yield from _found(node.children, kinds)


def _printed(node: Node) -> str:
    """A node's number as printed; what is printed in capitals is calmed down."""
    printed = node.marker.rstrip(ENDS) or node.heading
    word, _, number = printed.rpartition(" ")
    return f"{word.capitalize()} {number}" if word.isupper() else printed


def _range(nodes: list[Node]) -> str:
    return " – ".join(dict.fromkeys(map(_printed, (nodes[0], nodes[-1])))) if nodes else ""


def _numbers(nodes: list[Node]) -> str:
    """The same in short, since the last needs its number alone."""
    if len(nodes) < 2:
        return _range(nodes)
    return f"{_printed(nodes[0])}–{nodes[-1].label}"
