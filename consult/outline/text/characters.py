"""Characters as every reader hands them on: NFC, plain spaces, line feeds."""

from __future__ import annotations

import re

from consult.text import DIRECTION_MARKS, FILLERS, OVERRIDES, stored

# The capital letters of Vietnamese, for a class of characters.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
# What looks like a blank is one, and what turns a line around stands before no number.
_SPACES = str.maketrans(dict.fromkeys(("\u00a0", "\u202f", "\u2007", *FILLERS), " ") | dict.fromkeys(OVERRIDES, ""))
# What shows nothing and hides the sign behind it: before an opening mark it would be no mark.
UNSEEN = f"{DIRECTION_MARKS}\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Digits above the line, the marks of notes typed as text: beside a number they are no part of it.
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# What is drawn like another sign, as keyboards of other scripts and readers of scans have it.
LIKE_OTHERS = dict(
    zip(
        "ÐðƉɖ０１２３４５６７８９．：）（․。аАсСеЕоОрРхХуіІВНКМТѵ",
        "ĐđĐđ0123456789.:)(..aAcCeEoOpPxXyiIBHKMTv",
        strict=True,
    )
)
# A D with a stroke laid over it is a Đ; where the letters beside it have one too, the words were struck out.
_STRUCK = "[\u0335\u0336]"
_OVERLAID = re.compile(rf"(?<!{_STRUCK})(?P<letter>[Dd]){_STRUCK}(?!\s*[^\W\d_][\u0300-\u0334]*{_STRUCK})")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` in NFC, all that looks like a blank as a plain one, no control characters nor signs that turn a line, no
    white space at its ends."""
    return stored(_with_bars(text.translate(_SPACES)))


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return [_with_bars(line.translate(_SPACES)) for line in _LINE_ENDS.sub("\n", text).split("\n")]


def _with_bars(text: str) -> str:
    if text.isascii():
        return text
    return _OVERLAID.sub(lambda found: "Đ" if found["letter"] == "D" else "đ", text)
