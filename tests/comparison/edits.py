"""Drafts made from real texts by edits whose truth is known: what became of every provision is written down."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from consult.comparison import Comparison
from consult.outline import Node
from consult.outline.addresses import assign_paths
from consult.outline.grammar.labels import POINT_ALPHABET

GROUPS = {"part", "chapter", "section", "subsection"}
OTHER_WORDS = """
    thẩm định hồ sơ lấy mẫu quan trắc định kỳ bãi chôn lấp kinh phí ngân sách cấp tỉnh niêm yết công khai trụ sở thôn
    bản hộ gia đình giám sát cộng đồng phản ánh kiến nghị tiếp nhận xác minh cưỡng chế thu hồi giấy phép môi trường
    nước thải khí thải tiếng ồn độ rung chất lượng kiểm kê báo cáo đột xuất sáu tháng mười ngày làm việc
"""


@dataclass
class Draft:
    """A tree that is edited, with what each provision came from."""

    provisions: list[Node]
    chance: random.Random
    spare: list[Node]
    origins: dict[int, list[str]] = field(default_factory=dict)
    reworded: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)
    kept: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[tuple[Node, Node | None]]:
        """Every provision with the one that holds it."""
        waiting: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(self.provisions)]
        while waiting:
            node, parent = waiting.pop()
            yield node, parent
            cells = [child for row in node.rows for cell in row for child in cell.children]
            waiting += [(child, node) for child in reversed([*cells, *node.children])]

    def inside(self, parent: Node | None) -> list[Node]:
        """What stands directly in a provision, or in the document."""
        return self.provisions if parent is None else parent.children

    def pick(self, wanted: Callable[[Node, Node | None], bool]) -> tuple[Node, Node | None] | None:
        """One of the provisions wanted that no other edit has touched."""
        found = [(node, above) for node, above in self.walk() if wanted(node, above) and self._is_whole(node, above)]
        if not found:
            return None
        node, above = self.chance.choice(found)
        for one in (node, *([above] if above else [])):
            self.touched.add(id(one))
        return node, above

    def _is_whole(self, node: Node, above: Node | None) -> bool:
        if id(node) not in self.origins:
            return False
        outside = above is None or above.kind in GROUPS or id(above) not in self.touched
        return outside and not any(id(one) in self.touched for one in node.walk())


def draft(provisions: list[dict[str, Any]], seed: int, spare: list[dict[str, Any]]) -> Draft:
    """A draft that is still the text itself; `spare` is another law, to take new articles from."""
    nodes = [Node.from_json(node) for node in provisions]
    made = Draft(nodes, random.Random(seed), [Node.from_json(node) for node in spare])
    for node, parent in made.walk():
        made.origins[id(node)] = [node.path]
        made.parents[node.path] = parent.path if parent else ""
        made.kept.append(node)
    return made


def words(node: Node) -> int:
    """How many words its text has."""
    return len(node.text.split())


def in_body(node: Node, above: Node | None) -> bool:
    """Whether it is an article of the document itself."""
    return node.kind == "article" and "." not in node.path


def insert_article(made: Draft) -> None:
    """Put an article of another law before some article: those after it get the next number."""
    found = made.pick(in_body)
    if found:
        node, above = found
        new = made.chance.choice([one for one in _all(made.spare) if one.kind == "article" and len(one.children) > 1])
        inside = made.inside(above)
        inside.insert(inside.index(node), _copy(new))


def delete_article(made: Draft) -> None:
    """Take an article out: those after it get the number before."""
    found = made.pick(in_body)
    if found:
        made.inside(found[1]).remove(found[0])


def move_article(made: Draft) -> None:
    """Move an article to another chapter."""
    found = made.pick(in_body)
    if found:
        node, above = found
        places = [group for group, _ in made.walk() if group.kind in GROUPS and group is not above]
        places = [group for group in places if any(in_body(child, group) for child in group.children)]
        if places:
            made.inside(above).remove(node)
            made.chance.choice(places).children.append(node)


def move_clause(made: Draft) -> None:
    """Move a clause to the end of another article."""
    texts = Counter(node.text for node, _ in made.walk())

    def is_known(node: Node, above: Node | None) -> bool:
        # Which of two clauses with the same words was moved, and which one was taken out, nobody can tell.
        return node.kind == "clause" and above is not None and in_body(above, None) and texts[node.text] == 1

    found = made.pick(is_known)
    other = made.pick(lambda node, above: in_body(node, above) and any(c.kind == "clause" for c in node.children))
    if found and other and found[1] is not None and sum(len(one.text.split()) for one in found[0].walk()) >= 8:
        found[1].children.remove(found[0])
        other[0].children.append(found[0])


def delete_unit(made: Draft) -> None:
    """Take a clause or a point out of its list."""
    found = made.pick(lambda node, above: node.kind in ("clause", "point") and above is not None)
    if found:
        made.inside(found[1]).remove(found[0])


def insert_unit(made: Draft) -> None:
    """Put a new point or clause into a list."""
    found = made.pick(lambda node, above: node.kind in ("clause", "point") and above is not None)
    if found:
        inside = made.inside(found[1])
        text = " ".join(made.chance.choices(OTHER_WORDS.split(), k=made.chance.randint(8, 40))).capitalize()
        inside.insert(inside.index(found[0]), Node(found[0].kind, label="0", marker="?", text=f"{text};"))


def split_unit(made: Draft) -> None:
    """Cut a clause or point in two."""
    found = made.pick(lambda node, above: _is_leaf(node) and words(node) >= 16 and above is not None)
    if found:
        node, above = found
        all_words = node.text.split()
        at = made.chance.randint(int(len(all_words) * 0.35), int(len(all_words) * 0.65))
        node.text = " ".join(all_words[:at]) + "."
        second = Node(node.kind, label="0", marker="?", text=_capital(" ".join(all_words[at:])))
        made.origins[id(second)] = list(made.origins[id(node)])
        made.kept.append(second)
        made.touched.add(id(second))
        inside = made.inside(above)
        inside.insert(inside.index(node) + 1, second)


def merge_units(made: Draft) -> None:
    """Make one of two clauses or points that stand side by side."""

    def is_first(node: Node, above: Node | None) -> bool:
        after = _next(made, node, above)
        return above is not None and after is not None and _may_merge(node, after) and id(after) in made.origins

    found = made.pick(is_first)
    if found:
        node, above = found
        after = _next(made, node, above)
        assert after is not None
        node.text = f"{node.text.rstrip('.;')}; {after.text}"
        made.origins[id(node)] += made.origins[id(after)]
        made.inside(above).remove(after)


def swap_units(made: Draft) -> None:
    """Exchange two points or clauses that stand side by side."""
    found = made.pick(lambda node, above: node.kind in ("clause", "point") and _next(made, node, above) is not None)
    if found:
        inside = made.inside(found[1])
        at = inside.index(found[0])
        made.touched.add(id(inside[at + 1]))
        inside[at], inside[at + 1] = inside[at + 1], inside[at]


def reword(made: Draft) -> None:
    """Replace 1 to 40 % of the words of a provision."""
    found = made.pick(lambda node, above: words(node) >= 8 and node.kind not in ("footnote", "table"))
    if found:
        found[0].text = _other(found[0].text, made.chance)
        made.reworded.add(id(found[0]))


def rename(made: Draft) -> None:
    """Give an article another heading."""
    found = made.pick(lambda node, above: in_body(node, above) and len(node.heading.split()) >= 4)
    if found:
        found[0].heading = _other(found[0].heading, made.chance)
        made.reworded.add(id(found[0]))


def change_cell(made: Draft) -> None:
    """Change one cell of a table."""
    found = made.pick(lambda node, above: node.kind == "table" and _cells(node) > 8)
    if found:
        cell = made.chance.choice([cell for row in found[0].rows for cell in row if cell.text])
        cell.text += " " + " ".join(made.chance.choices(OTHER_WORDS.split(), k=2))
        made.reworded.add(id(found[0]))


EDITS = (
    insert_article, delete_article, move_article, move_clause, delete_unit, insert_unit, split_unit, merge_units,
    swap_units, reword, reword, reword, rename, change_cell,
)  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_leaf(node: Node) -> bool:
    return node.kind in ("clause", "point") and not node.children


def _may_merge(node: Node, after: Node) -> bool:
    return _is_leaf(node) and _is_leaf(after) and node.kind == after.kind and min(words(node), words(after)) >= 6


def _next(made: Draft, node: Node, above: Node | None) -> Node | None:
    inside = made.inside(above)
    at = next(place for place, one in enumerate(inside) if one is node) if above and node in inside else -1
    after = inside[at + 1] if 0 <= at < len(inside) - 1 else None
    return after if after and after.kind == node.kind and id(after) not in made.touched else None


def _cells(node: Node) -> int:
    return sum(len(cell.text.split()) for row in node.rows for cell in row)


def _other(text: str, chance: random.Random) -> str:
    found = text.split()
    count = max(1, int(len(found) * chance.uniform(0.01, 0.4)))
    for place in chance.sample(range(len(found)), count):
        found[place] = chance.choice([word for word in OTHER_WORDS.split() if word not in text])
    return " ".join(found)


def _all(nodes: list[Node]) -> list[Node]:
    return [one for node in nodes for one in node.walk()]


def _copy(node: Node) -> Node:
    return Node.from_json(node.to_json())


def finish(made: Draft) -> list[dict[str, Any]]:
    """Number the lists again, give every provision its new address; returns the new tree as data."""
    articles = [node for node, _ in made.walk() if in_body(node, None) or (node.kind == "article" and not _old(node))]
    _renumber([one for one in articles if not any(one is other for other in _annexed(made))])
    for node, _ in made.walk():
        for kind in ("clause", "point"):
            _renumber([child for child in node.children if child.kind == kind])
    assign_paths(made.provisions)
    return [node.to_json() for node in made.provisions]


def _old(node: Node) -> bool:
    return bool(node.path)


def _annexed(made: Draft) -> list[Node]:
    outside = [node for node, _ in made.walk() if node.kind in ("appendix", "form", "quoted", "body")]
    return [one for node in outside for one in node.walk() if one.kind == "article"]


def _renumber(siblings: list[Node]) -> None:
    """Labels in order when there are new or missing ones; a list whose labels are not consecutive stays as it is."""
    labels = [node.label for node in siblings]
    first = siblings[0].label if siblings else ""
    numbers = all(label.isdigit() for label in labels)
    wanted = [str(n) for n in range(1, len(labels) + 1)] if numbers else [*POINT_ALPHABET[: len(labels)]]
    usual = numbers or all(label in POINT_ALPHABET or label == "0" for label in labels)
    if usual and first and len(wanted) == len(labels):
        for node, label in zip(siblings, wanted, strict=True):
            node.label = label


Truth = dict[tuple[str, str], str]


def truth_of(made: Draft) -> Truth:
    """What became of the provisions: (old path, new path) → kind."""
    heirs: defaultdict[str, list[str]] = defaultdict(list)
    above: dict[str, list[str]] = {"": [""]}
    for node, _ in made.walk():
        above[node.path] = made.origins.get(id(node), [])
        for old in above[node.path]:
            heirs[old].append(node.path)
    found: Truth = {}
    for node, parent in made.walk():
        for old in above[node.path]:
            stays = made.parents[old] in above[parent.path if parent else ""]
            same = "unchanged" if old == node.path else "renumbered"
            kind = "changed" if id(node) in made.reworded else same if stays else "moved"
            kind = "split" if len(heirs[old]) > 1 else "merged" if len(above[node.path]) > 1 else kind
            found[old, node.path] = kind
    return found


@dataclass
class Score:
    """How many pairs there were of each kind, and how many of them were found and named right."""

    true: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    told: int = 0
    paired: int = 0

    def count(self, truth: Truth, found: Comparison) -> list[tuple[str, str, str]]:
        """Add one comparison; returns what was wrong in it."""
        told = {(match.old, match.new): match.kind for match in found.matches}
        self.true.update(truth.values())
        self.right.update(kind for pair, kind in truth.items() if told.get(pair) == kind)
        self.told += len(told)
        self.paired += sum(pair in truth for pair in told)
        wrong = [(*pair, f"{kind} not {told.get(pair)}") for pair, kind in truth.items() if told.get(pair) != kind]
        return wrong + [(*pair, f"not true: {kind}") for pair, kind in told.items() if pair not in truth]  # type: ignore[misc]

    def recall(self, kind: str) -> float:
        """The part of the true pairs of a kind that were found and named so."""
        return self.right[kind] / self.true[kind] if self.true[kind] else 1.0

    @property
    def precision(self) -> float:
        """The part of the pairs found that are true."""
        return self.paired / self.told if self.told else 1.0
