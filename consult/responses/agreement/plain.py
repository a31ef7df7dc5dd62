"""Whether somebody only agrees with the draft: every word says so, and nothing else is said."""

import re

from consult.submissions.words import Stance
from consult.text import folded, one_line

LONGEST = 300
"""Letters of a text that is looked at: who writes more says more."""

_AGREES = re.compile(r"\b(nhat tri|dong y|dong tinh|ung ho|tan thanh|thong nhat|hoan nghenh)\b")
_NOTHING_MORE = re.compile(
    r"\bkhong (co )?(y kien|gop y|bo sung|de nghi|kien nghi)( gi| nao)?( khac| them)?( gi| nao)?( ca| het| a)?\b"
)
_SAY_NOTHING_ELSE = """
    toi em chung minh gia dinh ba con nhan dan thon to dan pho xa phuong co quan don vi ca va voi thi la ve doi
    hoan toan rat du thao nghi quyet dinh luat thong tu noi dung cac nhung moi tat nay tren cua quy
    nhu trong theo y kien xin kinh thua gui chao cam on tran trong a da quan diem phuong an chu truong
"""
_BESIDE = frozenset(_SAY_NOTHING_ELSE.split())
_WORD = re.compile(r"\w+|[?]")


def only_agrees(text: str, proposed: str, reason: str, stance: str) -> bool:
    """Whether a comment is plain agreement. What proposes, gives reasons, asks, names a number, denies or holds any
    word that is not known to say nothing else is none: rather one too few."""
    if proposed.strip() or reason.strip() or stance not in ("", Stance.SUPPORT):
        return False
    said = folded(one_line(text))
    if len(said) > LONGEST:
        return False
    rest, nothing_more = _NOTHING_MORE.subn(" ", said)
    rest, agreed = _AGREES.subn(" ", rest)
    if set(_WORD.findall(rest)) - _BESIDE:
        return False
    return bool(agreed or nothing_more or (stance == Stance.SUPPORT and not said.strip()))
