"""The words at the head and foot of every page: told, since a draft may say there which one it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What counts pages says nothing of the text.
_PAGE = re.compile(r"(?:(?:trang|page|tr\.?)\s*:?\s*)?[-–—\s]*\d*[-–—\s]*(?:(?:/|trên|of)\s*\d*)?", re.IGNORECASE)


def words_of_headers(headers: Iterable[list[str]]) -> list[str]:
    """What headers and footers (each as lines) say, each once, without numbers of pages."""
    said = (
        " ".join(word for line in lines for word in line.split() if not _PAGE.fullmatch(line.strip()))
        for lines in headers
    )
    return list(dict.fromkeys(words for words in said if any(sign.isalpha() for sign in words)))
