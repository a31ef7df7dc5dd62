"""Edits of more than one provision at a time, with their truth: articles exchanged, made two or one, much reworded."""

from __future__ import annotations

from collections.abc import Callable

from consult.outline import Node
from tests.comparison.edits import OTHER_WORDS, Draft, in_body, insert_article, move_clause, words


def swap_articles(made: Draft) -> None:
    """Exchange two articles of one chapter."""
    found = made.pick(in_body)
    if found:
        node, above = found
        inside = made.inside(above)
        others = [one for one in inside if one.kind == "article" and one is not node and _is_untouched(made, one)]
        if others:
            other = made.chance.choice(others)
            _touch(made, node, other)
            here, there = _place(inside, node), _place(inside, other)
            inside[here], inside[there] = inside[there], inside[here]


def split_article(made: Draft) -> None:
    """Give the second half of an article's clauses an article of their own, with a new heading."""
    found = made.pick(lambda node, above: in_body(node, above) and len(_clauses(node)) >= 4)
    if found:
        node, above = found
        clauses = _clauses(node)
        at = _place(node.children, clauses[len(clauses) // 2])
        heading = " ".join(made.chance.choices(OTHER_WORDS.split(), k=6)).capitalize()
        second = Node("article", label="0", marker="?", heading=heading, children=node.children[at:])
        del node.children[at:]
        made.origins[id(second)] = list(made.origins[id(node)])
        made.kept.append(second)
        _touch(made, node, second)
        inside = made.inside(above)
        inside.insert(_place(inside, node) + 1, second)


def merge_articles(made: Draft) -> None:
    """Make one of an article and the next."""

    def is_first(node: Node, above: Node | None) -> bool:
        inside = made.inside(above)
        after = inside[_place(inside, node) + 1 :][:1] if in_body(node, above) else []
        held = all(len(_clauses(one)) >= 2 for one in (node, *after))
        return bool(after) and held and not after[0].text and in_body(after[0], above) and _is_untouched(made, after[0])

    found = made.pick(is_first)
    if found:
        node, above = found
        after = made.inside(above).pop(_place(made.inside(above), node) + 1)
        node.heading = f"{node.heading}; {after.heading[:1].lower()}{after.heading[1:]}"
        node.children += after.children
        made.origins[id(node)] += made.origins[id(after)]
        _touch(made, node)


def merge_three(made: Draft) -> None:
    """Make one of three points that follow each other."""

    def is_first(node: Node, above: Node | None) -> bool:
        if node.kind != "point" or above is None or not any(one is node for one in above.children):
            return False
        three = above.children[_place(above.children, node) :][:3]
        return len(three) == 3 and all(
            one.kind == "point" and not one.children and words(one) >= 6 and _is_untouched(made, one) for one in three
        )

    found = made.pick(is_first)
    if found and found[1] is not None:
        node, above = found
        at = _place(above.children, node)
        three = above.children[at : at + 3]
        node.text = "; ".join(one.text.rstrip(".;") for one in three) + "."
        made.origins[id(node)] += [old for one in three[1:] for old in made.origins[id(one)]]
        del above.children[at + 1 : at + 3]


def reword_most(made: Draft) -> None:
    """Replace 60 % of the words of a clause or point that stays where it is."""
    found = made.pick(lambda node, above: words(node) >= 20 and node.kind in ("clause", "point"))
    if found:
        all_words = found[0].text.split()
        others = [word for word in OTHER_WORDS.split() if word not in found[0].text]
        for place in made.chance.sample(range(len(all_words)), int(len(all_words) * 0.6)):
            all_words[place] = made.chance.choice(others)
        found[0].text = " ".join(all_words)
        made.reworded.add(id(found[0]))


def add_twin(made: Draft) -> None:
    """Put a copy with one other word beside a clause or point."""
    found = made.pick(lambda node, above: node.kind in ("clause", "point") and not node.children and words(node) >= 12)
    if found and found[1] is not None and any(one is found[0] for one in found[1].children):
        node, above = found
        all_words = node.text.split()
        all_words[len(all_words) // 2] = "khác"
        twin = Node(node.kind, label="0", marker="?", text=" ".join(all_words))
        above.children.insert(_place(above.children, node) + made.chance.randint(0, 1), twin)


def shift_border(made: Draft) -> None:
    """Let the last article of a chapter be the first of the next."""
    chapters = [node for node, _ in made.walk() if node.kind == "chapter"]
    borders = [
        (one, other)
        for one, other in zip(chapters, chapters[1:], strict=False)
        if len(one.children) > 1 and other.children and one.children[-1].kind == other.children[0].kind == "article"
    ]
    if borders:
        one, other = made.chance.choice(borders)
        if _is_untouched(made, one.children[-1]):
            other.children.insert(0, one.children.pop())
            _touch(made, other.children[0])


LARGER_EDITS: tuple[Callable[[Draft], None], ...] = (
    swap_articles, split_article, merge_articles, merge_three, reword_most, add_twin, shift_border, insert_article,
    move_clause,
)  # fmt: skip


def _clauses(node: Node) -> list[Node]:
    return [child for child in node.children if child.kind == "clause"]


def _place(inside: list[Node], node: Node) -> int:
    return next(place for place, one in enumerate(inside) if one is node)


def _is_untouched(made: Draft, node: Node) -> bool:
    return id(node) in made.origins and not any(id(one) in made.touched for one in node.walk())


def _touch(made: Draft, *nodes: Node) -> None:
    made.touched.update(id(one) for node in nodes for one in node.walk())
