"""What a text that speaks about a draft cites of it: "khoản 3 Điều 12 dự thảo Nghị quyết"."""

from __future__ import annotations

import re

from consult.outline.references.mentions import ANNEXED, INSTRUMENTS, Mention, mentions, names_a_document

_DRAFT = re.compile(
    rf"(?<!\w)(?:bản\s+)?dự thảo(?:\s+(?:{'|'.join((*INSTRUMENTS, *ANNEXED))}))?(?:\s+này)?", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?<!\w)điều\s+\d", re.IGNORECASE)


def names_an_article(text: str) -> bool:
    """Whether a text names an article by its number, of whatever document."""
    return _ARTICLE.search(text) is not None


def of_the_draft(text: str) -> list[Mention]:
    """What a text certainly cites of the draft itself: the draft is named with it, or no other document is."""
    said = _DRAFT.sub("Dự thảo này", text)
    another = names_a_document(said)
    return [one for one in mentions(said) if one.sure and (one.own or (not one.kind and not another))]
