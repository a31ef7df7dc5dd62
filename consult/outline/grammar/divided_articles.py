"""Articles numbered below articles: "Điều 5.1. …", "Điều 5.2. …".

"Điều 5.1. Chữ" alone is Điều 5 with its first clause glued to it, as converted texts have it. Only in a text where some
"Điều 5.2" begins a line too are these articles of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from consult.outline.blocks import Block, Paragraph
from consult.outline.grammar.markers import Unit

_SECOND = re.compile(r"^[ \t]{0,9}(?:Điều|ĐIỀU)\s+\d{1,4}\.2(?:[.:]|\s+[^\W\d_a-zà-ỹ])", re.MULTILINE)
_NUMBERED = re.compile(r"(?:Điều|ĐIỀU)\s+(?P<label>\d{1,4}\.\d{1,2})(?:\s?[.:]\s*|\s+)(?!\d)")


def divides_articles(blocks: Iterable[Block]) -> bool:
    """Whether a text has articles below articles."""
    texts = (block.text for block in blocks if isinstance(block, Paragraph))
    return any(".2" in text and _SECOND.search(text) for text in texts)


def inner_article(text: str) -> Unit | None:
    """The article below another that begins `text`, None for anything else."""
    matched = _NUMBERED.match(text)
    if matched is None:
        return None
    marker = text[: matched.end()].strip()
    return Unit("article", matched["label"], marker, matched.end(), dotted=marker[-1] in ".:")
