"""The words at the head and foot of every page: told, since a draft may say there which one it is."""

from __future__ import annotations

from collections.abc import Iterable

from consult.outline.text.page_furniture import counts_pages


def words_of_headers(headers: Iterable[list[str]]) -> list[str]:
    """What headers and footers (each as lines) say, each once, without what only counts the pages."""
    said = (" ".join(" ".join(line.split()) for line in lines if not counts_pages(line)) for lines in headers)
    return list(dict.fromkeys(words for words in said if words))
