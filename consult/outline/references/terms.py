"""Terms that a draft explains and never uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.outline.references.draft import Standing, words_of
from consult.outline.references.findings import Finding
from consult.outline.tree import Node, Outline
from consult.text import one_line

_EXPLAINS = re.compile(r"giải thích (?:từ ngữ|thuật ngữ)|từ ngữ, thuật ngữ", re.IGNORECASE)
_TERM = re.compile(
    r"\s*+[“\"']?\s*+(?P<term>[^“”\":;.\s][^“”\":;.]{1,119}?)[”\"']?\s*+(?:\([^()]{0,200}\)\s*+)?"
    r"(?:(?<!\w)(?:là|gồm|bao gồm|được hiểu)(?!\w)|:)"
)
_ALSO = re.compile(
    r"\((?:sau đây|dưới đây)?\s*(?:được\s+)?(?:gọi|viết)\s+(?:chung\s+|tắt\s+)?(?:là\s+)?[“\"']?([^()“”\"]{2,80})",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\s(?:trong|của|về|cho|đối với|tại|theo|ở)\s")
_SHORT, _LONG, _MOST = 3, 4, 12  # letters of a name, words of a long term, and of the longest


def unused(outline: Outline, found: Sequence[Standing]) -> Iterator[Finding]:
    """Terms of the article that explains terms which are nowhere else in the draft, its annexes and tables included;
    never certain, since a word may be used in another form."""
    explained = [
        one for one in found if one.node.kind == "clause" and one.article and _EXPLAINS.search(words_of(one.article))
    ]
    said = {one.node.path: _flat(one.node.plain_text()) for one in explained}
    rest = _rest(outline, set(said)) if explained else ""
    for one in explained:
        names = _names(words_of(one.node))
        around = [rest, *(words for path, words in said.items() if path != one.node.path)]
        used = any(form in words for name in names for form in _forms(name) for words in around)
        if names and not used:
            yield Finding("unused_term", one.node.path, False, names[0])


def _names(text: str) -> list[str]:
    found = _TERM.match(text)
    if found is None or len(found["term"].split()) > _MOST:
        return []
    also = [name.strip() for name in _ALSO.findall(text)]
    return [name for name in (found["term"].strip(), *also) if len(name) >= _SHORT]


def _forms(name: str) -> list[str]:
    """A name and, for a long one, what people shorten it to: its first half, and what stands before "của" and the
    like."""
    flat = _flat(name)
    words = flat.split()
    if len(words) < _LONG:
        return [flat]
    head = _TURNS.split(flat, maxsplit=1)[0]
    half = " ".join(words[: -(-len(words) // 2)])
    return [flat, half, *([head] if len(head.split()) > 1 else [])]


def _rest(outline: Outline, own: set[str]) -> str:
    """All words of the draft but those of the explanations."""
    said = [outline.title]

    def gather(node: Node) -> None:
        if node.path in own:
            return
        said.extend((node.heading, node.text, *(cell.text for row in node.rows for cell in row)))
        for child in (*(child for row in node.rows for cell in row for child in cell.children), *node.children):
            gather(child)

    for node in outline.provisions:
        gather(node)
    return _flat(" ".join(said))


def _flat(text: str) -> str:
    return one_line(text).lower()
