"""What drafters do between one draft and the next, all through a text; `edits.py` keeps the truth of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult.outline import Node
from tests.comparison.edits import OTHER_WORDS, Draft, in_body, words

DETAILED = "Chính phủ quy định chi tiết Điều này."
_CITED_ARTICLE = re.compile(r"(?<=\bĐiều )\d+(?=\b)(?! của)")


def articles(made: Draft) -> list[tuple[Node, Node | None]]:
    """The articles of the document itself with what holds each."""
    return [(node, above) for node, above in made.walk() if in_body(node, above)]


def add_boilerplate(made: Draft) -> None:
    """End every second article with the same clause, before any other edit: the old draft has them too."""
    for node, _ in articles(made)[::2]:
        clauses = [child for child in node.children if child.kind == "clause"]
        detailed = any("quy định chi tiết" in child.text for child in clauses)
        if len(clauses) == len(node.children) and len(clauses) >= 2 and not detailed:
            label = str(len(clauses) + 1)
            node.children.append(Node("clause", label=label, marker=f"{label}.", text=DETAILED))


def renumber_references(made: Draft, numbers: dict[str, str]) -> None:
    """Write the new number of an article wherever the text names it; `numbers` are new ones by old ones."""
    for node, _ in made.walk():
        for name in ("heading", "text"):
            old = getattr(node, name)
            new = _CITED_ARTICLE.sub(lambda found: numbers.get(found[0], found[0]), old)
            if new != old:
                setattr(node, name, new)
                made.reworded.add(id(node))


def clause_to_article(made: Draft) -> None:
    """Make an article of a clause: its text is the heading, its points are clauses."""
    found = made.pick(
        lambda node, above: (
            node.kind == "clause"
            and above is not None
            and in_body(above, None)
            and len([child for child in node.children if child.kind == "point"]) == len(node.children) >= 2
            and 3 <= words(node) <= 40
            and len(above.children) >= 3
        )
    )
    if found and found[1] is not None:
        clause, article = found
        above = next(over for node, over in made.walk() if node is article)
        article.children.remove(clause)
        clause.kind, clause.label, clause.path = "article", "0", ""
        clause.heading, clause.text = clause.text.rstrip(".:;"), ""
        for number, point in enumerate(clause.children, 1):
            point.kind, point.label = "clause", str(number)
        inside = made.inside(above)
        inside.insert(_place(inside, article) + 1, clause)


def swap_between_chapters(made: Draft) -> None:
    """Exchange two articles of different chapters."""
    first = made.pick(in_body)
    second = made.pick(lambda node, above: in_body(node, above) and first is not None and above is not first[1])
    if first and second:
        here, there = made.inside(first[1]), made.inside(second[1])
        at, to = _place(here, first[0]), _place(there, second[0])
        here[at], there[to] = second[0], first[0]


def insert_point(made: Draft) -> None:
    """Put a new point third or fourth in a list of points, which are lettered again."""
    found = made.pick(
        lambda node, above: node.kind == "clause" and sum(child.kind == "point" for child in node.children) >= 5
    )
    if found:
        text = " ".join(made.chance.choices(OTHER_WORDS.split(), k=made.chance.randint(8, 30))).capitalize()
        found[0].children.insert(made.chance.randint(2, 4), Node("point", label="0", marker="?", text=f"{text};"))


def reword_lightly(made: Draft) -> None:
    """Replace 10 to 60 % of the words of a third of all clauses and points."""
    others = OTHER_WORDS.split()
    for node, _ in list(made.walk()):
        if node.kind in ("clause", "point") and words(node) >= 8 and made.chance.random() < 0.33:
            found = node.text.split()
            part = made.chance.uniform(0.1, 0.6)
            for place in made.chance.sample(range(len(found)), int(len(found) * part)):
                found[place] = made.chance.choice(others)
            node.text = " ".join(found)
            made.reworded.add(id(node))


def rename_chapters(made: Draft) -> None:
    """Give every chapter another title."""
    for node, _ in made.walk():
        if node.kind in ("chapter", "section") and node.heading:
            node.heading = " ".join(made.chance.choices(OTHER_WORDS.split(), k=5)).upper()
            made.reworded.add(id(node))


def sort_definitions(made: Draft) -> None:
    """Put the definitions of "Giải thích từ ngữ" in the order of the alphabet."""
    for node, _ in articles(made):
        if "giải thích từ ngữ" in node.heading.casefold():
            node.children.sort(key=lambda child: (child.kind != "clause", child.text))


def repeal(made: Draft) -> None:
    """Leave the number of an article and "(bãi bỏ)" for all its words."""
    found = made.pick(lambda node, above: in_body(node, above) and len(node.children) >= 2)
    if found:
        node = found[0]
        node.heading, node.text = "(bãi bỏ)", ""
        node.children = []
        made.reworded.add(id(node))


def sort_table(made: Draft) -> None:
    """Put the rows of a table in another order below its head, and a new row among them."""
    found = made.pick(lambda node, above: node.kind == "table" and len(node.rows) >= 5 and _is_even(node))
    if found:
        head, rows = found[0].rows[:1], found[0].rows[1:]
        made.chance.shuffle(rows)
        new = Node.from_json(found[0].to_json()).rows[1]
        for cell in new:
            cell.text = " ".join(made.chance.choices(OTHER_WORDS.split(), k=4))
            cell.children = []
        rows.insert(made.chance.randint(0, len(rows)), new)
        found[0].rows = head + rows
        made.reworded.add(id(found[0]))


def numbers(before: list[tuple[str, str]], made: Draft) -> dict[str, str]:
    """Which number each article has now, by the one it had."""
    now = {old: node.label for node, _ in articles(made) for old in made.origins.get(id(node), [])}
    return {label: now[path] for path, label in before if path in now}


def as_lines(nodes: list[Node]) -> Iterator[str]:
    """The document as lines of a plain text, as it would be typed."""
    for node in nodes:
        named = f"{_marker(node)} {node.heading}".strip()
        if node.kind in ("part", "chapter", "section", "subsection"):
            yield from (line for line in (_marker(node), node.heading, node.text) if line)
        elif node.heading and node.text:
            yield named
            yield node.text
        else:
            yield f"{named} {node.text}".strip()
        yield from as_lines(node.children)


def _marker(node: Node) -> str:
    shapes = {"article": "Điều {}.", "clause": "{}.", "point": "{})"}
    return shapes[node.kind].format(node.label) if node.kind in shapes else node.marker


def _is_even(node: Node) -> bool:
    widths = {len(row) for row in node.rows}
    return len(widths) == 1 and all(cell.rowspan == 1 for row in node.rows for cell in row)


def _place(inside: list[Node], node: Node) -> int:
    return next(place for place, one in enumerate(inside) if one is node)
