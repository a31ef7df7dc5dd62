"""Places that an officer types by the words people use for them ("khoản 3 Điều 12"), in forms that need paths."""

import re
from collections.abc import Iterable

from consult.outline.citations import Say, label
from consult.text import folded, one_line


def paths(typed: str, known: Iterable[str], say: Say) -> list[str]:
    """The paths that were typed, as words or as themselves, with a comma or semicolon between words. What is neither
    stays as it was typed: it is the path of nothing."""
    by_words = {folded(label(path, say)): path for path in known}
    found: list[str] = []
    for part in re.split("[,;]", one_line(typed)):
        meant = by_words.get(folded(part).strip())
        found += [meant] if meant else part.split()
    return found
