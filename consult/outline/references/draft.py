"""A draft as references see it: its articles with their clauses and points, and where a provision stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consult.outline.grammar.labels import distance
from consult.outline.references.mentions import ANNEXED, INSTRUMENTS, names_a_document
from consult.outline.tree import Node, Outline

APART = frozenset({"appendix", "form", "quoted", "footnote", "table", "picture"})
"""What speaks of articles of another text, or of a form that is still to be filled in."""

_AMENDS = re.compile(r"\s*(?:sửa đổi|bổ sung|thay thế|thay cụm|bãi bỏ|bỏ cụm|hủy bỏ|đính chính)", re.IGNORECASE)
_PLACE = re.compile(r"(?<!\w)(?:điều|khoản|điểm)\s+\w{1,4}(?!\w)", re.IGNORECASE)
_CONSOLIDATED = re.compile(r"văn bản hợp nhất|được sửa đổi, bổ\s+sung bởi\s*:", re.IGNORECASE)
_OWN = re.compile(rf"({'|'.join(sorted((*INSTRUMENTS, *ANNEXED), key=len, reverse=True))})\s+này(?!\w)", re.IGNORECASE)


@dataclass(slots=True)
class Scope:
    """One text of a file that counts its own articles: the main one, or one that is annexed to it. `amending` is
    whether it is there to change others, so that what names no text may be of these."""

    articles: dict[str, list[Node]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    annexed: bool = False
    amending: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A provision with what it stands in: the text, the article, clause and point, each None where there is none.
    `around` are the words of what it stands in; `amends` is whether it changes another text."""

    node: Node
    scope: Scope
    article: Node | None = None
    clause: Node | None = None
    point: Node | None = None
    around: tuple[str, ...] = ()
    amends: bool = False


def standing(outline: Outline) -> list[Standing]:
    """Every provision of the draft that speaks for itself, in the order of reading."""
    main = Scope()
    main.amending = bool(re.search(r"sửa đổi|bổ sung|bãi bỏ", outline.title, re.IGNORECASE))
    found = list(_below(outline.provisions, Standing(Node(""), main)))
    main.kinds = _kinds(outline.title, found, main)
    return found


def is_consolidated(outline: Outline) -> bool:
    """Whether it is a text put together with its amendments: transitional provisions of such a one go on naming
    clauses by the numbers that they had."""
    before = outline.title + "".join(
        f"{node.heading} {node.text}\n"
        for node in outline.provisions
        if node.kind not in ("article", "chapter", "part")
    )
    return _CONSOLIDATED.search(before) is not None


def words_of(node: Node) -> str:
    """The words of a provision itself."""
    return "\n".join(part for part in (node.heading, node.text) if part)


def parts(node: Node, kind: str) -> list[Node]:
    """The provisions of a kind inside one, however deep; none of a text that is quoted there."""
    found: list[Node] = []
    for child in node.children:
        if child.kind == kind:
            found.append(child)
        if child.kind not in APART and child.kind not in ("article", "body"):
            found += parts(child, kind)
    return found


def in_sequence(nodes: Sequence[Node]) -> bool:
    """Whether they count on from the first label without a gap, so that none was missed when the file was read."""
    last: str | None = None
    for node in nodes:
        if distance(last, node.label, node.kind) != 1:
            return False
        last = node.label
    return bool(nodes)


def _below(nodes: Sequence[Node], above: Standing) -> Iterator[Standing]:
    for node in nodes:
        if node.kind in APART:
            continue
        here = _standing(node, above)
        if node.kind == "article":
            here.scope.articles.setdefault(node.label, []).append(node)
        yield here
        yield from _below(node.children, here)


def _standing(node: Node, above: Standing) -> Standing:
    if node.kind == "body":
        return Standing(node, Scope(kinds=frozenset(ANNEXED), annexed=True))
    around = (*above.around, words_of(above.node)) if above.node.kind else ()
    amends = above.amends or _amends(words_of(node))
    if node.kind == "article":
        return Standing(node, above.scope, article=node, around=(), amends=amends)
    clause = node if node.kind == "clause" else above.clause
    point = node if node.kind == "point" else above.point if node.kind != "clause" else None
    return Standing(node, above.scope, above.article, clause, point, around, amends)


def _amends(words: str) -> bool:
    """Whether a provision changes another text: it begins so, and says which place."""
    return bool(_AMENDS.match(words)) and (names_a_document(words) or bool(_PLACE.search(words)))


def _kinds(title: str, found: Sequence[Standing], main: Scope) -> frozenset[str]:
    """What the draft calls itself: by its title, or else as it does most often."""
    begins = title.strip().lower()
    named = next((kind for kind in sorted(INSTRUMENTS, key=len, reverse=True) if begins.startswith(kind)), "")
    if named:
        return frozenset({named})
    said: dict[str, int] = {}
    for one in found:
        for kind in _OWN.findall(words_of(one.node)) if one.scope is main else ():
            said[kind.lower()] = said.get(kind.lower(), 0) + 1
    return frozenset({max(said, key=lambda kind: said[kind])}) if said else frozenset()
