"""Whether somebody said nothing at all: no letter and no digit, or a word by which forms are tried or left empty. Who
writes that they have no comment has said so, which is noted with plain agreement (`responses/agreement/`)."""

import re

from consult.text import folded, one_line

LONGEST = 12
"""Characters of a text that is looked at: who writes more says more."""

_SAYS = re.compile(r"[^\W_]")
_EMPTY = frozenset({"khong co", "ko co", "k co", "null", "none", "nil", "na", "n/a", "test", "x", "abc"})
"""A lone "không" is none of them: it may be a refusal."""


def says_nothing(text: str, proposed: str, reason: str, stance: str) -> bool:
    """Whether a comment is blank: also without a stance, a proposal and a reason, which say something by themselves."""
    if proposed.strip() or reason.strip() or stance:
        return False
    said = folded(one_line(text)).strip(" .,-–_!/")
    return len(said) <= LONGEST and (_SAYS.search(said) is None or said in _EMPTY)
