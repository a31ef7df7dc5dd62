"""What the search form sent, as plain values: nothing in it is an error, what makes no sense does not count."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from consult.search.service import SearchRequest
from consult.search.words import RESULTS, SOURCES, Thing
from consult.text import one_line

LONGEST_WORDS = 1000
LONGEST_SLUG = 100
FEWEST_DIGITS_OF_A_CODE = 15

_CODE = re.compile(r"(?:[\s.–—-]*[0-9])+[\s.–—-]*")


def asked(given: Mapping[str, str]) -> SearchRequest:
    """The question of an address: `q` words, `loai` the kind of thing, `dot` a matter, `nguon` the kind of contributor,
    `ket-qua` what became of it, `nam` the year, `dung` whether nothing but the words typed, `trang` the page."""
    thing, source, result = given.get("loai", ""), given.get("nguon", ""), given.get("ket-qua", "")
    return SearchRequest(
        words=one_line(given.get("q", "")[:LONGEST_WORDS]),
        thing=Thing(thing) if thing in set(Thing) else None,
        matter=given.get("dot", "")[:LONGEST_SLUG],
        page=_number(given.get("trang", ""), 4) or 1,
        source=source if source in SOURCES else "",
        result=result if result in RESULTS else "",
        year=_number(given.get("nam", ""), 4),
        exact=given.get("dung", "") == "1",
    )


def query_of(question: SearchRequest) -> str:
    """The query of the address of this question, its page left out: the same for every way of writing it."""
    parts = {
        "q": question.words,
        "loai": question.thing.value if question.thing else "",
        "dot": question.matter,
        "nguon": question.source,
        "ket-qua": question.result,
        "nam": str(question.year) if question.year else "",
        "dung": "1" if question.exact else "",
    }
    return urlencode({name: value for name, value in parts.items() if value})


def words_of(question: SearchRequest) -> str:
    """The same with the words alone."""
    return query_of(SearchRequest(words=question.words))


def code_in(question: SearchRequest) -> str:
    """The digits of a look-up code typed where words are looked for; empty for anything else."""
    if not _CODE.fullmatch(question.words):
        return ""
    digits = re.sub(r"[^0-9]", "", question.words)
    return digits if len(digits) >= FEWEST_DIGITS_OF_A_CODE else ""


def _number(typed: str, most_digits: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= most_digits else 0
