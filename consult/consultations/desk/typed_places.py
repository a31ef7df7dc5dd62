"""Places that an officer types by the words people use for them ("khoản 3 Điều 12"), in forms that need paths."""

import re
from collections.abc import Iterable

from consult.outline.citations import Say, by_words, label, meant
from consult.text import one_line


def paths(typed: str, known: Iterable[str], say: Say) -> list[str]:
    """The paths that were typed, as words or as themselves, with a comma or semicolon between words. What is neither
    stays as it was typed: it is the path of nothing."""
    known_words = by_words((label(path, say), path) for path in known)
    found: list[str] = []
    for part in re.split("[,;]", one_line(typed)):
        path = meant(part, known_words)
        found += [path] if path else part.split()
    return found
