"""Signs that are typed for quotation marks: single ones, apostrophes and accents in pairs, marks of other scripts."""

from __future__ import annotations

import re

_UNSEEN = "\u2060"
_TYPED = re.compile(r"''|``|´´|[‘’‚‹›❝❞〝〞＂″'`´]")
_MEANT = {
    "‘": "“", "`": "“", "``": "“", "❝": "“", "〝": "“", "‚": "„", "‹": "«",
    "’": "”", "´": "”", "´´": "”", "❞": "”", "〞": "”", "›": "»", "'": '"', "''": '"', "＂": '"', "″": '"',
}  # fmt: skip


def as_marks(text: str) -> str:
    """The text with the marks that are meant, sign for sign, so that places stay the same; an apostrophe within a word
    (M’Nông) stays one."""
    return _TYPED.sub(_meant, text) if _TYPED.search(text) else text


def begins_typed(text: str) -> bool:
    """Whether a text begins with such a sign and not with a usual mark."""
    return _TYPED.match(text) is not None


def _meant(matched: re.Match[str]) -> str:
    sign, text = matched[0], matched.string
    start, end = matched.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before.isalpha() and after.isalpha():
        return sign
    return _MEANT[sign] + _UNSEEN * (len(sign) - 1)
